// The claims of one image on a map: a colour and a shape each, with the circle that holds the place 95 times of 100.

import { drawPlace } from "../map/area.js";
import { drawBasemap } from "../map/basemap.js";

const COLOURS = { exif: "#1b6fd0", html: "#c2410c", ip: "#6d28d9", manual: "#17594a" };
const FARTHEST_ZOOM = 16;
const PANEL = { credit() {}, coarse() {} };

/** Gives `place()`, which lets somebody put the image on the map, and `remove()`. */
export function drawClaims(root) {
  root.hidden = false;
  document.querySelector("[data-plot]")?.setAttribute("hidden", "");
  document.querySelector("[data-map-words]")?.removeAttribute("hidden");
  const container = root.querySelector(".map");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(container, { attributionControl: false, zoomControl: true, maxZoom: 18, fadeAnimation: !still, zoomAnimation: !still, scrollWheelZoom: false });
  const pins = JSON.parse(root.dataset.pins);
  const near = pins.filter(({ source }) => source !== "ip");
  const looked = near.length ? near : pins;
  map.setView([25, 0], 1);
  if (looked.length) map.fitBounds(L.latLngBounds(looked.map(({ at }) => at)), { maxZoom: FARTHEST_ZOOM, padding: [40, 40], animate: false });
  drawBasemap(map, root, PANEL);
  drawPlace(map, root.dataset);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  for (const pin of pins) drawPin(map, pin);
  if (near.length > 1) L.polyline(near.map(({ at }) => at), { color: "#555", weight: 1.5, dashArray: "2 6", interactive: false }).addTo(map);
  placing(map, container);
  return { place: () => lookAt(container), remove: () => map.remove() };
}

function drawPin(map, { source, label, at, radius_m: radius }) {
  const color = COLOURS[source];
  if (radius && source !== "ip") L.circle(at, { radius, color, weight: 1, fillOpacity: 0.1, interactive: false }).addTo(map);
  const mark = document.createElement("span");
  mark.className = `claim-mark claim-mark--${source}`;
  L.marker(at, { icon: L.divIcon({ html: mark, className: "", iconSize: [16, 16] }), title: label, keyboard: false, interactive: false }).addTo(map);
}

function placing(map, container) {
  const byHand = () => document.querySelector("[data-by-hand]");
  const fields = ["latitude", "longitude"].map((id) => document.getElementById(id));
  let chosen = null;
  const put = ({ lat, lng }) => {
    if (!fields[0]) return;
    const point = L.latLng(lat, lng).wrap();
    byHand().checked = true;
    fields[0].value = point.lat.toFixed(6);
    fields[1].value = point.lng.toFixed(6);
    chosen?.remove();
    chosen = L.circleMarker([lat, lng], { radius: 9, color: COLOURS.manual, weight: 3, interactive: false }).addTo(map);
  };
  map.on("click", ({ latlng }) => put(latlng));
  container.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== container) return;
    event.preventDefault();
    put(map.getCenter());
  });
  for (const radio of document.querySelectorAll(".trust [type=radio]")) {
    radio.addEventListener("change", () => container.classList.toggle("is-placing", byHand().checked));
  }
}

function lookAt(container) {
  container.scrollIntoView({ block: "center" });
  container.focus({ preventScroll: true });
}
