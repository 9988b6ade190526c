// The chosen image: its claims on the map and in words beside it.

import { _ } from "../words.js";
import { claimMark, drawClaims } from "./claims.js";
import { stillness } from "./leaflet_map.js";
import { nearestCopy } from "./view.js";

/** `choose(id)` draws the image's claims and lets the map go to it; `shown(visible)` is for the layers. */
export function createChosen(map, root) {
  const part = (name) => root.querySelector(`[data-list="${name}"]`);
  let layer = null;
  let isShown = true;
  let asked = 0;

  async function choose(id) {
    const turn = ++asked;
    const response = await fetch(root.dataset.claimsUrl.replace("/-/", `/${encodeURIComponent(id)}/`));
    if (turn !== asked || !response.ok) return;
    const found = await response.json();
    layer?.remove();
    layer = drawClaims(map, found);
    if (!isShown) layer.remove();
    describe(found);
    if (found.position) lookAt(found.position);
  }

  function lookAt([latitude, longitude]) {
    const point = nearestCopy(map, [longitude, latitude]);
    const zoom = Math.max(map.getZoom(), 13);
    if (map.getZoom() === zoom) map.panInside(point, { padding: [80, 80], animate: !stillness.matches });
    else map.setView(point, zoom, { animate: !stillness.matches });
  }

  function describe({ title, url, claims, distances }) {
    const link = part("chosen-link");
    link.textContent = title;
    link.href = url;
    const rows = claims.map(({ source, name, radius }) => row([claimMark(source), name], radius));
    const pairs = distances.map(({ names, words }) => row([names.join(" – ")], words));
    const nothing = claims.length ? [] : [row([_("Nothing says where it was taken.")], "")];
    part("chosen-claims").replaceChildren(...rows, ...pairs, ...nothing);
    part("chosen").hidden = false;
  }

  function shown(visible) {
    isShown = visible;
    if (layer && visible) layer.addTo(map);
    else layer?.remove();
  }

  return { choose, shown };
}

function row(words, more) {
  const item = document.createElement("li");
  const first = document.createElement("span");
  first.append(...words);
  const last = document.createElement("span");
  last.textContent = more;
  item.append(first, last);
  return item;
}
