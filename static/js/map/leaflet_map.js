// A Leaflet map with the options that the page states, without motion for those who want none.

import { _ } from "../words.js";

export const stillness = matchMedia("(prefers-reduced-motion: reduce)");

export function createMap(container, onShowAll) {
  const moves = !stillness.matches;
  const map = L.map(container, {
    ...JSON.parse(container.dataset.options),
    center: JSON.parse(container.dataset.center),
    attributionControl: false, // the credits stand in the bar below, as text
    zoomControl: false,
    inertia: moves,
    zoomAnimation: moves,
    fadeAnimation: false, // it would have every tile composed anew in each frame while pins come
    markerZoomAnimation: moves,
  });
  L.control.zoom({ zoomInText: "+", zoomOutText: "−" }).addTo(map);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  allControl(onShowAll).addTo(map);
  closeOnEscape(map);
  // Leaflet hears of the window's size only, and the words below the map take more room as they come.
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(container);
  return map;
}

function allControl(onShowAll) {
  const control = L.control({ position: "topleft" });
  control.onAdd = () => {
    const bar = L.DomUtil.create("div", "leaflet-bar");
    const button = L.DomUtil.create("button", "map-all", bar);
    button.type = "button";
    button.textContent = _("All");
    button.setAttribute("aria-label", _("All: show every image"));
    button.addEventListener("click", onShowAll);
    L.DomEvent.disableClickPropagation(bar);
    return bar;
  };
  return control;
}

/** Leaflet hears Escape only while the map itself has the focus, not a link inside a popup. */
function closeOnEscape(map) {
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key === "Escape") map.closePopup();
  });
}
