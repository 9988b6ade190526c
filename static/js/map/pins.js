// Images and clusters on the map, each a button. Those that stay in view stay the same element, so focus survives.

import { _, language, number } from "../words.js";
import { turn } from "./turn.js";
import { nearestCopy } from "./view.js";

const MOST_MS = 10; // of work before the browser may paint, which costs it more than all pins together

/** `open(feature, latLng)` is called for a click, a tap, Enter or Space. */
export function createPins(map, open) {
  const shown = new Map();
  const unseen = new Map(); // by marker the address of its picture: those are asked for when all pins are in place
  let drawing = 0;

  async function draw(features) {
    const mine = ++drawing;
    let begun = performance.now();
    const wanted = new Map(features.map((feature) => [keyOf(feature), feature]));
    for (const [key, marker] of shown) if (!wanted.has(key)) remove(key, marker);
    for (const [key, feature] of wanted) {
      const latLng = nearestCopy(map, feature.geometry.coordinates);
      if (shown.has(key)) shown.get(key).setLatLng(latLng);
      else add(key, feature, latLng);
      if (performance.now() - begun < MOST_MS) continue;
      await turn();
      begun = performance.now();
      if (mine !== drawing) return; // others are wanted by now
    }
    turn().then(showPictures);
  }

  function add(key, feature, latLng) {
    const marker = pin(map, feature, latLng, open);
    shown.set(key, marker);
    if (feature.properties.thumbnail) unseen.set(marker, feature.properties.thumbnail);
  }

  function showPictures() {
    for (const [marker, url] of unseen) marker.getElement().querySelector("img").src = url;
    unseen.clear();
  }

  function remove(key, marker) {
    const focused = marker.getElement()?.contains(document.activeElement);
    marker.getElement()?.querySelector("img").removeAttribute("src"); // the next view does not wait for it
    marker.remove();
    shown.delete(key);
    unseen.delete(marker);
    if (focused) map.getContainer().focus({ preventScroll: true });
  }

  function show(visible) {
    map.getPane("markerPane").classList.toggle("is-hidden", !visible);
  }

  return { draw, shown: show };
}

const keyOf = ({ geometry, properties }) =>
  [properties.id, properties.count, properties.worst_flag, properties.review, ...geometry.coordinates].join(" ");

function pin(map, feature, latLng, open) {
  const { count } = feature.properties;
  const size = count > 1 ? Math.min(64, 46 + 4 * Math.floor(Math.log10(count))) : 44;
  const button = buttonFor(feature.properties, size);
  const icon = L.divIcon({ html: button, className: "", iconSize: [size, size] });
  const marker = flat(L.marker(latLng, {
    icon, keyboard: false, riseOnHover: true, riseOffset: 20_000, zIndexOffset: Math.min(count, 9999),
  }));
  marker.on("click", () => open(feature, marker.getLatLng()));
  // A keyboard's click has no detail. Leaflet would drop it after a drag, whose end it cannot tell from this.
  button.addEventListener("click", (event) => {
    if (event.detail !== 0) return;
    event.stopPropagation();
    open(feature, marker.getLatLng());
  });
  button.addEventListener("focus", () => {
    if (!button.matches(":focus-visible")) return;
    marker.setZIndexOffset(20_000);
    map.panInside(marker.getLatLng(), { padding: [48, 48], animate: false });
  });
  button.addEventListener("blur", () => marker.setZIndexOffset(Math.min(count, 9999)));
  return marker.addTo(map);
}

/** Put in place in two dimensions: Leaflet's third makes each a layer, and a browser is slow at hundreds of layers. */
function flat(marker) {
  const setPos = marker._setPos;
  marker._setPos = (point) => {
    setPos.call(marker, point);
    marker.getElement().style.transform = `translate(${point.x}px, ${point.y}px)`;
  };
  return marker;
}

/** What the ring says, gravest first; a verdict stands before the doubts that it has decided about. */
const RINGS = [
  ["rejected", ({ review }) => review === "rejected", "×", () => _("rejected")],
  ["approved", ({ review }) => review === "approved", "✓", () => _("approved")],
  ["conflict", ({ worst_flag: flag }) => flag === "conflict", "!", () => _("a conflict")],
  ["doubt", ({ worst_flag: flag }) => flag === "doubt", "?", () => _("a doubt")],
  ["open", ({ review }) => ["needs_info", "changed", "awaits_second"].includes(review), "…", () => _("under review")],
];

const ringOf = (properties) => RINGS.find(([, holds]) => holds(properties));

function buttonFor(properties, size) {
  const { count, title } = properties;
  const button = document.createElement("button");
  button.type = "button";
  button.className = count > 1 ? "pin pin--cluster" : "pin";
  button.setAttribute("aria-label", count > 1 ? _("{count} images", { count: number(count) }) : title || _("Untitled image"));
  button.append(picture("", size));
  const ring = ringOf(properties);
  if (ring) addRing(button, ring);
  if (count > 1) button.append(badge(count));
  return button;
}

function addRing(button, [name, , sign, say]) {
  button.classList.add(`pin--${name}`);
  button.setAttribute("aria-label", `${button.getAttribute("aria-label")}, ${say()}`);
  const mark = document.createElement("span");
  mark.className = "pin-sign";
  mark.setAttribute("aria-hidden", "true");
  mark.textContent = sign;
  button.append(mark);
}

export function picture(url, size) {
  const image = document.createElement("img");
  image.alt = "";
  image.decoding = "async";
  image.draggable = false;
  if (size) image.width = image.height = size;
  if (url) image.src = url;
  return image;
}

function badge(count) {
  const badge = document.createElement("span");
  badge.className = "pin-count";
  badge.setAttribute("aria-hidden", "true");
  badge.textContent = short(count);
  return badge;
}

const short = (count) =>
  count < 10_000 ? number(count) : new Intl.NumberFormat(language, { notation: "compact" }).format(count);
