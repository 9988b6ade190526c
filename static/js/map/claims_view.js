// A small map of one image's claims, close enough to tell those apart that mean a place.

import { drawBasemap } from "./basemap.js";
import { drawClaims } from "./claims.js";

const FARTHEST_ZOOM = 16;
const PANEL = { credit() {}, coarse() {} };

/** `found` as `drawClaims` takes it; an address says a region at best, so that others decide what is looked at. */
export function viewClaims(root, found) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(root.querySelector(".map"), { attributionControl: false, zoomControl: true, maxZoom: 18, fadeAnimation: !still, zoomAnimation: !still, scrollWheelZoom: false });
  const near = found.claims.filter(({ source }) => source !== "ip");
  const looked = near.length ? near : found.claims;
  map.setView([25, 0], 1);
  if (looked.length) map.fitBounds(L.latLngBounds(looked.map(({ latitude, longitude }) => [latitude, longitude])), { maxZoom: FARTHEST_ZOOM, padding: [40, 40], animate: false });
  drawBasemap(map, root, PANEL);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  drawClaims(map, found);
  return map;
}
