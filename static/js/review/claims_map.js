// The map beside an image under review, on which it can be placed by hand.

import { drawPlace } from "../map/area.js";
import { COLOURS } from "../map/claims.js";
import { viewClaims } from "../map/claims_view.js";

/** Gives `place()`, which lets somebody put the image on the map, and `remove()`. */
export function drawClaimsMap(root) {
  root.hidden = false;
  document.querySelector("[data-plot]")?.setAttribute("hidden", "");
  document.querySelector("[data-map-words]")?.removeAttribute("hidden");
  const container = root.querySelector(".map");
  const map = viewClaims(root, JSON.parse(root.dataset.claims));
  drawPlace(map, root.dataset);
  placing(map, container);
  return { place: () => lookAt(container), remove: () => map.remove() };
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
  container.scrollIntoView({ block: "nearest" }); // beside the dossier it is in view already
  container.focus({ preventScroll: true });
}
