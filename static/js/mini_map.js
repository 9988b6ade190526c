// The map of the claims on an image's page, which `image.js` loads when its place comes into view.

import { viewClaims } from "./map/claims_view.js";

const root = document.querySelector("[data-mini-map]");

fetch(root.dataset.claimsUrl).then((response) => response.json()).then((found) => {
  root.querySelector(".map").hidden = false;
  viewClaims(root, found);
});
