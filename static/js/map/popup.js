// What opens on a pin: an image's card, a closer look at a cluster, or a card for images that lie on one spot.

import { stillness } from "./leaflet_map.js";
import { picture } from "./pins.js";
import { boundsOf, nearestCopy } from "./view.js";
import { _, number } from "../words.js";

const SAME_SPOT_DEG = 1e-6; // a tenth of a metre
const ROUND_SPOT_DEG = 1e-5; // a spot's box in the grid's address, wide enough to survive rounding

export function openImage(map, { preview, thumbnail, title, taken, album, url }, latLng) {
  const more = [taken, album].filter(Boolean).join(" · ");
  openCard(map, latLng, card(preview || thumbnail, title || _("Untitled image"), more, url, _("Open the image")));
}

/** Looks closer at a cluster; where that would part nothing, a card leads to the same images as a grid. */
export function openCluster(map, { bounds, count, thumbnail, preview }, latLng, gridUrl) {
  const [west, south, east, north] = bounds ?? [latLng.lng, latLng.lat, latLng.lng, latLng.lat];
  const oneSpot = Math.abs(east - west) < SAME_SPOT_DEG && Math.abs(north - south) < SAME_SPOT_DEG;
  if (!oneSpot && map.getZoom() < map.getMaxZoom()) return lookCloser(map, boundsOf([west, south, east, north]));
  const url = new URL(gridUrl, location.href);
  const box = [west - ROUND_SPOT_DEG, south - ROUND_SPOT_DEG, east + ROUND_SPOT_DEG, north + ROUND_SPOT_DEG];
  url.searchParams.set("bbox", box.map((degrees) => degrees.toFixed(6)).join(","));
  const title = _("{count} images", { count: number(count) });
  openCard(map, latLng, card(preview || thumbnail, title, _("At one spot"), url.href, _("Show them as a grid")));
}

function lookCloser(map, bounds) {
  const middle = bounds.getCenter();
  const zoom = Math.max(map.getZoom() + 1, map.getBoundsZoom(bounds, false, L.point(96, 96)));
  const target = nearestCopy(map, [middle.lng, middle.lat]);
  map.setView(target, Math.min(zoom, map.getMaxZoom()), { animate: !stillness.matches });
}

function openCard(map, latLng, content) {
  const cameFrom = document.activeElement;
  const popup = L.popup({ maxWidth: 320, minWidth: 0, autoPanPadding: [12, 12], offset: [0, -18] });
  popup.setLatLng(latLng).setContent(content);
  popup.once("remove", () => giveFocusBack(map, popup, cameFrom));
  popup.openOn(map);
  content.querySelector("a")?.focus({ preventScroll: true });
}

/** Unless the focus has gone elsewhere since; a removed element leaves it with the body. */
function giveFocusBack(map, popup, cameFrom) {
  const focused = document.activeElement;
  if (focused !== document.body && !popup.getElement()?.contains(focused)) return;
  const known = cameFrom?.isConnected && cameFrom !== document.body;
  (known ? cameFrom : map.getContainer()).focus({ preventScroll: true });
}

function card(imageUrl, title, more, url, invitation) {
  const card = element("div", "pin-card");
  const text = element("div", "pin-card-text");
  text.append(element("p", "pin-card-title", title));
  if (more) text.append(element("p", "pin-card-more", more));
  if (isWebAddress(url)) text.append(link(url, invitation));
  if (imageUrl) card.append(picture(imageUrl));
  card.append(text);
  return card;
}

function link(url, words) {
  const link = element("a", "", words);
  link.href = url;
  return link;
}

function element(name, className, text = "") {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}

export function isWebAddress(url) {
  return Boolean(url) && URL.canParse(url, location.href) && /^https?:$/.test(new URL(url, location.href).protocol);
}
