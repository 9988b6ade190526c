// The map page. Everything that a person wrote is put in as text or attribute, never as HTML.

import { drawPlace } from "./map/area.js";
import { drawBasemap } from "./map/basemap.js";
import { fetchClusters } from "./map/clusters.js";
import { createChosen } from "./map/chosen.js";
import { createLayers } from "./map/layers.js";
import { createMap } from "./map/leaflet_map.js";
import { createList } from "./map/list.js";
import { createPins } from "./map/pins.js";
import { openCluster, openImage } from "./map/popup.js";
import { createPanel } from "./map/panel.js";
import { createRectangle } from "./map/rectangle.js";
import { createSplit } from "./map/split.js";
import { _, number } from "./words.js";
import { turn } from "./map/turn.js";
import { boundsOf, firstView, showAll, bboxOf, keepViewInHash } from "./map/view.js";

const root = document.querySelector("[data-photo-map]");
if (root) requestAnimationFrame(() => setTimeout(start, 0, root));  // the page is painted first

async function start(root) {
  const { clustersUrl, gridUrl } = root.dataset;
  const panel = createPanel(root);
  const map = createMap(root.querySelector(".map"), () => showAll(map, extent));
  await turn();
  const beside = root.dataset.listUrl ? besideMap(map, root) : null;
  const pins = createPins(map, ({ properties }, latLng) => {
    if (beside) beside.open(properties);
    if (properties.count === 1) openImage(map, properties, latLng);
    else if (!beside) openCluster(map, properties, latLng, gridUrl);
  });
  let extent = root.dataset.extent ? boundsOf(JSON.parse(root.dataset.extent)) : null;
  let placed = firstView(map, clustersUrl, root.dataset.extent && JSON.parse(root.dataset.extent));
  let lastFetch = new AbortController();

  async function refresh() {
    lastFetch.abort();
    const fetching = (lastFetch = new AbortController());
    const bbox = bboxOf(map);
    map.getContainer().setAttribute("aria-busy", "true");
    try {
      const found = await fetchClusters(clustersUrl, bbox, map.getZoom(), fetching.signal);
      if (fetching.signal.aborted) return;
      await show(found, bbox);
      if (fetching.signal.aborted) return;
    } catch (error) {
      if (fetching.signal.aborted) return;
      panel.failed(error.message);
    }
    map.getContainer().removeAttribute("aria-busy");
  }

  async function show(found, bbox) {
    extent = found.extent && boundsOf(found.extent);
    if (!placed && extent) {
      placed = true;
      showAll(map, extent);
      return;
    }
    placed = true;
    panel.found(found, bbox, gridUrl);
    beside?.found(found);
    await turn();
    await pins.draw(found.features);
  }

  panel.onRetry(refresh);
  panel.onShowAll(() => showAll(map, extent));
  keepViewInHash(map);
  drawPlace(map, root.dataset);
  map.on("moveend", refresh);
  refresh();
  await turn();
  const drawn = drawBasemap(map, root, panel);
  if (beside) createLayers(root, { images: pins.shown, claims: beside.claimsShown, ...drawn });
}

/** The list, the tray, the chosen image's claims, the handle and the rectangle. */
function besideMap(map, root) {
  const chosen = createChosen(map, root);
  const list = createList(root, chosen.choose, (bounds) => showAll(map, boundsOf(bounds)));
  const tray = root.querySelector('[data-list="tray"]');
  createSplit(root, root.querySelector('[data-list="handle"]'));
  createRectangle(map, root.querySelector('[data-list="rectangle"]'));
  tray.addEventListener("click", () => list.show({ unplaced: true, title: tray.textContent }, { takeFocus: true }));
  list.showWhenSeen();

  function open({ bounds, count }) {
    const title = count === 1 ? _("One image") : _("Images of this place");
    list.show({ bounds, count, title }, { takeFocus: count > 1, first: count === 1 });
  }

  function found({ unplaced }) {
    tray.hidden = !unplaced;
    tray.textContent = _("{count} without a position", { count: number(unplaced) });
  }

  return { open, found, claimsShown: chosen.shown };
}
