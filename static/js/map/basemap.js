// What lies under the images: the world drawn from our own archive, or the tiles that the operator named.

import { flavour, paletteOf } from "./palette.js";
import { turn } from "./turn.js";

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
  drawArchive(map, world, root, basemapUrl, false).then((lastZoom) => {
    const tell = () => panel.coarse(!tilesUrl && map.getZoom() > lastZoom + COARSE_BEYOND);
    map.on("zoomend", tell);
    tell();
  }, console.warn);
  if (tilesUrl) drawArchive(map, tiles, root, tilesUrl, true).catch(console.warn);
  return switches;
}

const isArchive = (url) => new URL(url, location.href).pathname.endsWith(".pmtiles");

/** Draws a PMTiles archive in the page's colours, and again whenever they change; gives its last zoom. */
async function drawArchive(map, group, root, url, isExtract) {
  const archive = new protomapsL.PmtilesSource(new URL(url, location.href).href, true).p;
  const header = await archive.getHeader();
  const corners = [[header.minLat, header.minLon], [header.maxLat, header.maxLon]];
  const layer = protomapsL.leafletLayer({
    url: archive,
    maxDataZoom: header.maxZoom,
    maxZoom: map.getMaxZoom(),
    bounds: isExtract ? corners : undefined,
    attribution: "",
    ...rules(root),
  });
  Object.defineProperty(layer, "tasks", { get: () => [turn()] }); // before each tile it waits for these promises
  if (!map.getPane("tilePane")) return header.maxZoom; // the map is gone meanwhile
  layer.addTo(group);
  onThemeChange(() => {
    Object.assign(layer, rules(root));
    layer.clearLayout();
    layer.rerenderTiles();
  });
  return header.maxZoom;
}

function rules(root) {
  const palette = paletteOf(root);
  const colours = flavour(palette);
  const areasAndRoads = protomapsL.paintRules(colours).filter(({ dataLayer }) => dataLayer !== "boundaries");
  return {
    paintRules: [...areasAndRoads, ...linesOfOurs(palette)],
    labelRules: protomapsL.labelRules(colours, document.documentElement.lang || "en"),
  };
}

/** Protomaps' own rules draw rivers from zoom 14 only, and the borders of regions as strong as countries'. */
function linesOfOurs(palette) {
  const isRiver = ({ kind }) => kind === "river";
  const isRegion = ({ kind_detail: level }) => level > 2;
  const isCountry = ({ kind_detail: level }) => level <= 2;
  return [
    { ...line("water", isRiver, palette.sea, (zoom) => Math.min(3, zoom / 5)), minzoom: 4, maxzoom: 13 },
    line("boundaries", isRegion, palette["line-soft"], 0.75),
    line("boundaries", isCountry, palette.line, 1),
  ];
}

function line(dataLayer, isWanted, color, width) {
  const symbolizer = new protomapsL.LineSymbolizer({ color, width });
  return { dataLayer, symbolizer, filter: (zoom, feature) => isWanted(feature.props) };
}

function onThemeChange(act) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", act);
  const attributes = { attributeFilter: ["data-theme"] };
  new MutationObserver(act).observe(document.documentElement, attributes);
}
