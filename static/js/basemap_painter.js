// The base map's painter, a worker: a page that draws the world itself answers nobody meanwhile.

import { rules } from "./map/rules.js";

const TILE_PX = 256;
const LABELS_REACH_PX = 16; // over a tile's edge
const TILES_LABELLED = 16;
const wanted = new Map(); // by key the tiles that the page shows
let view, labelers, scratch, paintRules, ratio, language;

const tasks = {
  /** Opens a PMTiles archive; tells the page what is in it. */
  async open({ library, url, ...look }) {
    importScripts(library); // protomapsL
    scratch = new OffscreenCanvas(1, 1).getContext("2d");
    ({ ratio, language } = look);
    const archive = new protomapsL.PmtilesSource(url, true).p;
    const header = await archive.getHeader();
    view = protomapsL.sourcesToViews({ url: archive, maxDataZoom: header.maxZoom }).get("");
    tasks.colour(look);
    const corners = [[header.minLat, header.minLon], [header.maxLat, header.maxLon]];
    postMessage({ lastZoom: header.maxZoom, corners });
  },

  /** Paints with these colours from now on, also what is there. */
  colour({ palette }) {
    if (!view) return;
    const { paintRules: paints, labelRules } = rules(palette, language);
    paintRules = paints;
    labelers = new protomapsL.Labelers(scratch, labelRules, TILES_LABELLED, paintAgain);
    paintAgain(wanted.keys());
  },

  draw({ key, coords }) {
    wanted.set(key, coords);
    paint(key);
  },

  drop({ key }) {
    wanted.delete(key);
  },
};

addEventListener("message", ({ data: { task, ...more } }) => tasks[task](more)?.catch(tell));

function tell(error) {
  if (error.name !== "NetworkError") reportError(error); // that one means that the page is being left
}

/** Labels run over tiles' edges: those of another tile may change what this one shows. */
function paintAgain(keys) {
  for (const key of keys) if (wanted.has(key)) paint(key);
}

async function paint(key) {
  const coords = wanted.get(key);
  let tile;
  try {
    tile = await view.getDisplayTile(coords);
  } catch (error) {
    if (error.name !== "AbortError") console.warn(error);
    return;
  }
  if (wanted.get(key) !== coords) return; // gone meanwhile
  const bitmap = painted(coords, new Map([["", [tile]]]));
  postMessage({ key, bitmap }, [bitmap]);
}

function painted({ x, y, z }, tiles) {
  labelers.add(z, tiles);
  const canvas = new OffscreenCanvas(TILE_PX * ratio, TILE_PX * ratio);
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  const origin = { x: TILE_PX * x, y: TILE_PX * y };
  const box = {
    minX: origin.x - LABELS_REACH_PX,
    minY: origin.y - LABELS_REACH_PX,
    maxX: origin.x + TILE_PX + LABELS_REACH_PX,
    maxY: origin.y + TILE_PX + LABELS_REACH_PX,
  };
  protomapsL.paint(context, z, tiles, labelers.getIndex(z), paintRules, box, origin, false);
  return canvas.transferToImageBitmap();
}
