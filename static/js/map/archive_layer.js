// A layer of tiles that a worker paints from a PMTiles archive.

import { paletteOf } from "./palette.js";

/** The layer, once it is known what the archive holds, and its last zoom; `isExtract`: it knows only a part of the world. */
export function openArchive(map, root, url, isExtract) {
  const painter = new Worker(root.dataset.painterUrl);
  map.on("unload", () => painter.terminate());
  painter.postMessage({
    task: "open",
    library: new URL(root.dataset.libraryUrl, location.href).href,
    url: new URL(url, location.href).href,
    palette: paletteOf(root),
    ratio: devicePixelRatio,
    language: document.documentElement.lang || "en",
  });
  onThemeChange(() => painter.postMessage({ task: "colour", palette: paletteOf(root) }));
  return new Promise((resolve, reject) => {
    painter.onerror = ({ message }) => reject(new Error(`The base map is not drawn: ${message}`));
    painter.onmessage = ({ data: { lastZoom, corners } }) =>
      resolve({ lastZoom, layer: paintedBy(painter, { maxZoom: map.getMaxZoom(), bounds: isExtract ? corners : undefined }) });
  });
}

function paintedBy(painter, options) {
  const layer = L.gridLayer(options);
  const shown = new Map(); // by key a tile's canvases: more than one where the world is seen twice
  const keys = new WeakMap();
  const waiting = new Map(); // by canvas what is to be called when it has been painted

  layer.createTile = ({ x, y, z }, done) => {
    const key = [x, y, z].join(":");
    const canvas = L.DomUtil.create("canvas", "leaflet-tile");
    keys.set(canvas, key);
    waiting.set(canvas, done);
    shown.set(key, [...(shown.get(key) ?? []), canvas]);
    painter.postMessage({ task: "draw", key, coords: { x, y, z } });
    return canvas;
  };
  layer.on("tileunload", ({ tile }) => {
    const key = keys.get(tile), others = shown.get(key).filter((canvas) => canvas !== tile);
    waiting.delete(tile);
    if (others.length) return void shown.set(key, others);
    shown.delete(key);
    painter.postMessage({ task: "drop", key });
  });
  painter.onmessage = ({ data: { key, bitmap } }) => {
    for (const canvas of shown.get(key) ?? []) {
      put(bitmap, canvas);
      waiting.get(canvas)?.(null, canvas);
      waiting.delete(canvas);
    }
    bitmap.close();
  };
  return layer;
}

function put(bitmap, canvas) {
  canvas.width = bitmap.width; // which also clears it
  canvas.height = bitmap.height;
  canvas.getContext("2d").drawImage(bitmap, 0, 0);
}

function onThemeChange(act) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", act);
  const attributes = { attributeFilter: ["data-theme"] };
  new MutationObserver(act).observe(document.documentElement, attributes);
}
