// Where the map looks: first view, address bar, and boxes that may cross ±180°.

import { stillness } from "./leaflet_map.js";

const HASH = /^#map=(\d+)\/(-?[\d.]+)\/(-?[\d.]+)$/;
const EDGE_PX = 24; // half an image: one whose point lies just outside still shows

/** Leaflet's bounds for [W, S, E, N]; W > E crosses ±180°. */
export function boundsOf([west, south, east, north]) {
  return L.latLngBounds([south, west], [north, east < west ? east + 360 : east]);
}

/** The view as [W, S, E, N] in degrees; W > E across ±180°, and -180, 180 for a whole turn or more. */
export function bboxOf(map) {
  const box = map.getPixelBounds();
  const southWest = map.unproject(box.getBottomLeft().add([-EDGE_PX, EDGE_PX]));
  const northEast = map.unproject(box.getTopRight().add([EDGE_PX, -EDGE_PX]));
  const wholeTurn = northEast.lng - southWest.lng >= 360;
  const [west, east] = wholeTurn ? [-180, 180] : [southWest.lng, northEast.lng].map(wrapped);
  return [west, Math.max(-90, southWest.lat), east, Math.min(90, northEast.lat)].map((degrees) => +degrees.toFixed(6));
}

const wrapped = (lng) => ((((lng + 180) % 360) + 360) % 360) - 180;

/** The point's copy of the world that is nearest to the middle of the view. */
export function nearestCopy(map, [lng, lat]) {
  return L.latLng(lat, lng + 360 * Math.round((map.getCenter().lng - lng) / 360));
}

/** Sets the view from the address bar, the page's own bbox or `extent`; false when none says where to look. */
export function firstView(map, clustersUrl, extent) {
  if (viewFromHash(map)) return true;
  const asked = new URL(clustersUrl, location.href).searchParams.get("bbox")?.split(",").map(Number);
  const bbox = asked?.length === 4 && asked.every(Number.isFinite) ? asked : extent;
  if (!bbox) return false;
  showAll(map, boundsOf(bbox), { animate: false });
  return true;
}

/** Fits the view to `bounds`, to the whole world when they are null. */
export function showAll(map, bounds, { animate = !stillness.matches } = {}) {
  const everything = bounds ?? L.latLngBounds([-55, -170], [70, 170]);
  map.fitBounds(everything, { padding: [44, 44], maxZoom: 17, animate });
}

/** Writes every view to the address bar, and follows it when somebody edits it or goes back. */
export function keepViewInHash(map) {
  map.on("moveend", () => {
    const { lat, lng } = map.getCenter().wrap();
    const digits = Math.max(1, Math.ceil(map.getZoom() / 3));
    const hash = `#map=${map.getZoom()}/${lat.toFixed(digits)}/${lng.toFixed(digits)}`;
    history.replaceState(history.state, "", hash);
  });
  addEventListener("hashchange", () => viewFromHash(map));
}

function viewFromHash(map) {
  const found = HASH.exec(location.hash);
  if (!found) return false;
  const [zoom, lat, lng] = found.slice(1).map(Number);
  if (!(Math.abs(lat) <= 90 && Math.abs(lng) <= 180)) return false;
  map.setView([lat, lng], Math.min(zoom, map.getMaxZoom()), { animate: false });
  return true;
}
