// The map page. Everything that a person wrote is put in as text or attribute, never as HTML.

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
import { _, language } from "./words.js";
import { boundsOf, firstView, showAll, bboxOf, keepViewInHash } from "./map/view.js";

const root = document.querySelector("[data-photo-map]");
if (root) start(root);

function start(root) {
  const { clustersUrl, gridUrl } = root.dataset;
  const panel = createPanel(root);
  const map = createMap(root.querySelector(".map"), () => showAll(map, extent));
  const beside = root.dataset.listUrl ? besideMap(map, root) : null;
  const pins = createPins(map, ({ properties }, latLng) => {
    if (beside) beside.open(properties);
    if (properties.count === 1) openImage(map, properties, latLng);
    else if (!beside) openCluster(map, properties, latLng, gridUrl);
  });
  let extent = null;
  let placed = firstView(map, clustersUrl);
  let lastFetch = new AbortController();

  async function refresh() {
    lastFetch.abort();
    const fetching = (lastFetch = new AbortController());
    const bbox = bboxOf(map);
    map.getContainer().setAttribute("aria-busy", "true");
    try {
      const found = await fetchClusters(clustersUrl, bbox, map.getZoom(), fetching.signal);
      if (fetching.signal.aborted) return;
      show(found, bbox);
    } catch (error) {
      if (fetching.signal.aborted) return;
      panel.failed(error.message);
    }
    map.getContainer().removeAttribute("aria-busy");
  }

  function show(found, bbox) {
    extent = found.extent && boundsOf(found.extent);
    if (!placed && extent) {
      placed = true;
      showAll(map, extent);
      return;
    }
    placed = true;
    pins.draw(found.features);
    panel.found(found, bbox, gridUrl);
    beside?.found(found);
  }

  panel.onRetry(refresh);
  panel.onShowAll(() => showAll(map, extent));
  const drawn = drawBasemap(map, root, panel);
  if (beside) createLayers(root, { images: pins.shown, claims: beside.claimsShown, ...drawn });
  keepViewInHash(map);
  map.on("moveend", refresh);
  refresh();
}

/** The list, the tray, the chosen image's claims, the handle and the rectangle. */
function besideMap(map, root) {
  const chosen = createChosen(map, root);
  const list = createList(root, chosen.choose, (bounds) => showAll(map, boundsOf(bounds)));
  const tray = root.querySelector('[data-list="tray"]');
  createSplit(root, root.querySelector('[data-list="handle"]'));
  createRectangle(map, root.querySelector('[data-list="rectangle"]'));
  tray.addEventListener("click", () => list.show({ unplaced: true, title: tray.textContent }, { takeFocus: true }));
  list.show({});

  function open({ bounds, count }) {
    const title = count === 1 ? _("One image") : _("Images of this place");
    list.show({ bounds, count, title }, { takeFocus: count > 1, first: count === 1 });
  }

  function found({ unplaced }) {
    tray.hidden = !unplaced;
    tray.textContent = _("{count} without a position", { count: new Intl.NumberFormat(language).format(unplaced) });
  }

  return { open, found, claimsShown: chosen.shown };
}
