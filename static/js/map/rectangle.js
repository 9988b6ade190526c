// A rectangle drawn on the map becomes the filter's box in the address; Enter takes what is in view.

import { bboxOf } from "./view.js";

export function createRectangle(map, button) {
  const container = map.getContainer();
  let from = null;
  let drawn = null;

  function turn(on) {
    button.setAttribute("aria-pressed", on);
    container.classList.toggle("is-drawing", on);
    map.dragging[on ? "disable" : "enable"]();
    drawn?.remove();
    from = drawn = null;
  }

  const isOn = () => button.getAttribute("aria-pressed") === "true";

  button.addEventListener("click", () => {
    turn(!isOn());
    if (isOn()) container.focus({ preventScroll: true });
  });
  map.on("mousedown", ({ latlng }) => {
    if (!isOn()) return;
    from = latlng;
    drawn = L.rectangle([from, from], { className: "map-rectangle", weight: 2, interactive: false }).addTo(map);
  });
  map.on("mousemove", ({ latlng }) => drawn?.setBounds([from, latlng]));
  map.on("mouseup", ({ latlng }) => {
    if (!from) return;
    const bounds = L.latLngBounds(from, latlng);
    const { x, y } = map.latLngToContainerPoint(from).subtract(map.latLngToContainerPoint(latlng));
    turn(false);
    if (Math.abs(x) > 4 && Math.abs(y) > 4) filterBy(bounds);
  });
  container.addEventListener("keydown", (event) => {
    if (!isOn() || event.target !== container) return;
    if (event.key === "Escape") turn(false);
    if (event.key === "Enter") go(bboxOf(map));
  });
}

function filterBy(bounds) {
  const wide = bounds.getEast() - bounds.getWest() >= 360;
  const [west, east] = wide ? [-180, 180] : [bounds.getWest(), bounds.getEast()].map((lng) => L.latLng(0, lng).wrap().lng);
  go([west, Math.max(-90, bounds.getSouth()), east, Math.min(90, bounds.getNorth())]);
}

function go(box) {
  const url = new URL(location.href);
  url.hash = "";
  url.searchParams.set("bbox", box.map((degrees) => +degrees.toFixed(6)).join(","));
  location.assign(url);
}
