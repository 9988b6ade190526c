// The claims of one image on any Leaflet map: a colour and a shape for each source, the circle that holds the true
// place 95 times of 100, and lines that say how far apart they are.

export const COLOURS = { exif: "#1b6fd0", html: "#c2410c", ip: "#6d28d9", manual: "#17594a" };
const SIZE = 16;

/** Draws `claims` ([{source, name, latitude, longitude, radius_95_m}], radius null where a circle would say nothing) and
 *  `distances` ([{between: [source, source], words}]); gives the layer, whose `remove()` takes all away. */
export function drawClaims(map, { claims, distances = [] }) {
  const layer = L.layerGroup();
  const points = new Map(claims.map((claim) => [claim.source, near(map, claim)]));
  for (const { source, radius_95_m: radius } of claims) {
    const color = COLOURS[source];
    if (radius) layer.addLayer(L.circle(points.get(source), { radius, color, weight: 1.5, fillOpacity: 0.1, interactive: false }));
  }
  for (const { between, words } of distances) layer.addLayer(way(between.map((source) => points.get(source)), words));
  for (const { source, name } of claims) layer.addLayer(mark(points.get(source), source, name));
  return layer.addTo(map);
}

function near(map, { latitude, longitude }) {
  return L.latLng(latitude, longitude + 360 * Math.round((map.getCenter().lng - longitude) / 360));
}

function way(points, words) {
  const line = L.polyline(points, { className: "claim-way", weight: 2, dashArray: "2 6", interactive: false });
  return line.bindTooltip(() => text(words), { permanent: true, direction: "center", className: "claim-distance" });
}

function mark(point, source, name) {
  const icon = L.divIcon({ html: claimMark(source), className: "", iconSize: [SIZE, SIZE] });
  return L.marker(point, { icon, title: name, keyboard: false, interactive: false, zIndexOffset: 30_000 });
}

/** The shape that stands for a source, on maps and in legends. */
export function claimMark(source) {
  const mark = document.createElement("span");
  mark.className = `claim-mark claim-mark--${source}`;
  mark.setAttribute("aria-hidden", "true");
  return mark;
}

function text(words) {
  const element = document.createElement("span");
  element.textContent = words;
  return element;
}
