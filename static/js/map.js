// The map page. Everything that a person wrote is put in as text or attribute, never as HTML.

import { drawBasemap } from "./map/basemap.js";
import { fetchClusters } from "./map/clusters.js";
import { createMap } from "./map/leaflet_map.js";
import { createPins } from "./map/pins.js";
import { openCluster, openImage } from "./map/popup.js";
import { createPanel } from "./map/panel.js";
import { boundsOf, firstView, showAll, bboxOf, keepViewInHash } from "./map/view.js";

const root = document.querySelector("[data-photo-map]");
if (root) start(root);

function start(root) {
  const { clustersUrl, gridUrl } = root.dataset;
  const panel = createPanel(root);
  const map = createMap(root.querySelector(".map"), () => showAll(map, extent));
  const pins = createPins(map, ({ geometry, properties }, latLng) => {
    if (properties.count > 1) openCluster(map, properties, latLng, gridUrl);
    else openImage(map, properties, latLng);
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
  }

  panel.onRetry(refresh);
  panel.onShowAll(() => showAll(map, extent));
  drawBasemap(map, root, panel);
  keepViewInHash(map);
  map.on("moveend", refresh);
  refresh();
}
