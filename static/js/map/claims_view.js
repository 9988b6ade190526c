// A small map of one image's claims, close enough to tell those apart that mean a place.

import { drawBasemap } from "./basemap.js";
import { drawClaims } from "./claims.js";

const CLOSE_M = 1_000, LABEL_PX = 48;
const STREETS = 16, REGION = 8; // our own base map knows coasts and towns, no streets
const PANEL = { credit() {}, coarse() {} };

/** `found` as `drawClaims` takes it; an address says a region at best, so that others decide what is looked at. */
export function viewClaims(root, found) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(root.querySelector(".map"), { attributionControl: false, zoomControl: true, maxZoom: 18, fadeAnimation: !still, zoomAnimation: !still, scrollWheelZoom: false });
  const near = found.claims.filter(({ source }) => source !== "ip");
  const looked = near.length ? near : found.claims;
  map.setView([25, 0], 1);
  if (looked.length) lookAt(map, L.latLngBounds(looked.map(({ latitude, longitude }) => [latitude, longitude])), root.dataset.tilesUrl);
  drawBasemap(map, root, PANEL);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  drawClaims(map, { ...found, distances: found.distances.filter((distance) => isLong(map, found.claims, distance)) });
  return map;
}

/** Claims that agree are shown in their region, so that one sees where in the world; others as close as they fit. */
function lookAt(map, bounds, tilesUrl) {
  const isClose = map.distance(bounds.getSouthWest(), bounds.getNorthEast()) < CLOSE_M;
  map.fitBounds(bounds, { maxZoom: isClose && !tilesUrl ? REGION : STREETS, padding: [40, 40], animate: false });
}

/** Where two lie on one another, the words between them would hide both. */
function isLong(map, claims, { between }) {
  const [one, other] = between.map((name) => {
    const { latitude, longitude } = claims.find(({ source }) => source === name);
    return map.latLngToContainerPoint([latitude, longitude]);
  });
  return one.distanceTo(other) > LABEL_PX;
}
