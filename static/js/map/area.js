// An expected place as an outline on a map. It is a GeoJSON Point with `radius_m`, or a Polygon that may cross ±180°.

const STYLE = { className: "expected-place", weight: 2, interactive: false };

/** The outline's layer, on the world's copy that is nearest to the middle of the view. */
export function outlineOf(map, { type, coordinates, radius_m: radius }) {
  const [first, ...others] = type === "Point" ? [coordinates] : coordinates[0];
  let east = first[0] + 360 * Math.round((map.getCenter().lng - first[0]) / 360);
  const points = [[first[1], east]];
  for (const [lng, lat] of others) points.push([lat, (east += turn(lng - east))]);
  return type === "Point" ? L.circle(points[0], { ...STYLE, radius }) : L.polygon(points, STYLE);
}

/** The same turn in degrees, the shorter way. */
function turn(degrees) {
  return ((((degrees + 180) % 360) + 360) % 360) - 180;
}

/** Draws the place that the page states in `data-place`, if there is one, and again where the map goes round the world. */
export function drawPlace(map, { place }) {
  if (!place) return;
  let outline = null;
  const draw = () => {
    outline?.remove();
    outline = outlineOf(map, JSON.parse(place)).addTo(map);
  };
  let world = NaN;
  const follow = () => {
    const now = Math.round(map.getCenter().lng / 180);
    if (now !== world) draw();
    world = now;
  };
  map.on("moveend", follow);
  if (map._loaded) follow();
}
