// The page of an album's expected place: a click on the map fills the form's fields, and the fields draw the outline.

import { outlineOf } from "./map/area.js";
import { drawBasemap } from "./map/basemap.js";
import { boundsOf, showAll } from "./map/view.js";
import { stillness } from "./map/leaflet_map.js";

const PANEL = { credit() {}, coarse() {} };
const form = document.querySelector("[data-place]");
if (form) start(form, form.querySelector("[data-place-map]"));

function start(form, root) {
  root.hidden = false;
  for (const words of form.querySelectorAll("[data-place-words]")) words.hidden = false;
  const container = root.querySelector(".map"), moves = !stillness.matches;
  const map = L.map(container, { attributionControl: false, maxZoom: 18, fadeAnimation: moves, zoomAnimation: moves, inertia: moves });
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  map.setView([25, 0], 2);
  let shown = null;

  function draw() {
    shown?.remove();
    shown = L.layerGroup().addTo(map);
    const area = areaOf(form);
    const outline = area && outlineOf(map, area).addTo(shown);
    for (const [lat, lng] of pointsOf(form)) {
      const near = lng + 360 * Math.round((map.getCenter().lng - lng) / 360);
      L.circleMarker([lat, near], { className: "expected-corner", radius: 5, weight: 2, interactive: false }).addTo(shown);
    }
    return outline;
  }

  const outline = draw();
  const fit = (area) => map.fitBounds(area.getBounds(), { padding: [40, 40], animate: false });
  if (outline) fit(outline);
  else if (root.dataset.extent) showAll(map, boundsOf(JSON.parse(root.dataset.extent)), { animate: false });
  draw();
  drawBasemap(map, root, PANEL);
  form.addEventListener("input", draw);
  form.addEventListener("change", () => {
    const changed = draw();
    if (changed && !map.getBounds().contains(changed.getBounds())) fit(changed);
  });

  function put(latlng) {
    const { lat, lng } = latlng.wrap(), { latitude, longitude, corners } = form.elements;
    const [north, east] = [Math.max(-90, Math.min(90, lat)), lng].map((degrees) => degrees.toFixed(6));
    if (isPolygon(form)) corners.value = `${corners.value.trimEnd()}\n${north}, ${east}`.trimStart();
    else [latitude.value, longitude.value] = [north, east];
    draw();
  }

  map.on("click", ({ latlng }) => put(latlng));
  container.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== container) return;
    event.preventDefault();
    put(map.getCenter());
  });
  form.querySelector('[data-corner="back"]').addEventListener("click", () => {
    form.elements.corners.value = form.elements.corners.value.trimEnd().split("\n").slice(0, -1).join("\n");
    draw();
  });
}

function isPolygon({ elements }) {
  return elements.kind.value === "polygon";
}

/** The form's points that can be read, as [latitude, longitude]. */
function pointsOf({ elements }) {
  const { kind, latitude, longitude, corners } = elements;
  const lines = kind.value === "polygon" ? corners.value.trim().split("\n") : [`${latitude.value} ${longitude.value}`];
  const pairs = lines.map((line) => line.trim().split(/[,;\s]+/));
  return pairs.filter((pair) => pair.length === 2 && pair.every((part) => part)).map((pair) => pair.map(Number)).filter(([lat, lng]) => Math.abs(lat) <= 90 && Math.abs(lng) <= 180);
}

function areaOf(form) {
  const points = pointsOf(form).map(([lat, lng]) => [lng, lat]);
  if (isPolygon(form)) return points.length > 1 ? { type: "Polygon", coordinates: [[...points, points[0]]] } : null;
  const radius_m = Number(form.elements.radius_m.value);
  return points.length && radius_m > 0 ? { type: "Point", coordinates: points[0], radius_m } : null;
}
