// What lies under the images: the world drawn from our own archive, or the tiles that the operator named.

import { openArchive } from "./archive_layer.js";

const COARSE_BEYOND = 3; // zoom levels past the archive's last

/** Gives by layer a function that shows or hides it. */
export function drawBasemap(map, root, panel) {
  const { basemapUrl, tilesUrl, tilesAttribution } = root.dataset;
  const world = L.layerGroup().addTo(map);
  const tiles = L.layerGroup().addTo(map);
  const shown = (layer) => (visible) => void (visible ? layer.addTo(map) : layer.remove());
  const switches = { basemap: shown(world), tiles: shown(tiles) };
  if (tilesUrl) panel.credit("tiles-credit", tilesAttribution);
  if (tilesUrl && !isArchive(tilesUrl)) {
    L.tileLayer(tilesUrl, { maxZoom: map.getMaxZoom() }).addTo(tiles);
    return switches;
  }
  panel.credit("basemap-credit");
  openArchive(map, root, basemapUrl, false).then(({ layer, lastZoom }) => {
    layer.addTo(world);
    const tell = () => panel.coarse(!tilesUrl && map.getZoom() > lastZoom + COARSE_BEYOND);
    map.on("zoomend", tell);
    tell();
  }, console.warn);
  if (tilesUrl) openArchive(map, root, tilesUrl, true).then(({ layer }) => layer.addTo(tiles), console.warn);
  return switches;
}

const isArchive = (url) => new URL(url, location.href).pathname.endsWith(".pmtiles");
