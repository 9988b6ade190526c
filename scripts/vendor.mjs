// Fills static/vendor from node_modules: the files that pages load, each package beside its licence.
// Run after `npm ci --omit=dev`. The folder is made anew each time and is never committed.

import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const MODULES = join(ROOT, "node_modules");
const VENDOR = join(ROOT, "static", "vendor");

// `within` names the packages whose code is compiled into the copied file: their licences travel with it.
const PACKAGES = [
  { name: "leaflet", files: ["dist/leaflet.js", "dist/leaflet.css"] },
  {
    name: "protomaps-leaflet",
    files: ["dist/protomaps-leaflet.js"],
    within: [
      "@mapbox/point-geometry", "@mapbox/vector-tile", "@protomaps/basemaps", "color2k", "fflate",
      "pbf", "pmtiles", "potpack", "quickselect", "rbush",
    ],
  },
  { name: "htmx.org", files: ["dist/htmx.min.js"], folder: "htmx" },
  { name: "photoswipe", files: ["dist/photoswipe.esm.min.js", "dist/photoswipe.css"] },
  { name: "uppy", files: ["dist/uppy.min.mjs"], within: bundled("uppy") },
];

rmSync(VENDOR, { recursive: true, force: true });
for (const { name, files, folder = name, within = [] } of PACKAGES) {
  const target = join(VENDOR, folder);
  mkdirSync(target, { recursive: true });
  for (const file of files) copyFileSync(join(MODULES, name, file), join(target, basename(file)));
  writeFileSync(join(target, "LICENSES.txt"), [name, ...within].map(licence).join("\n\n"));
  console.log(`${folder}: ${files.map((file) => basename(file)).join(", ")}`);
}

/** Every package that this one needs, and those that they need: what a file with all of them compiled in may hold. */
function bundled(name) {
  const found = new Set();
  const waiting = [name];
  while (waiting.length) {
    const { dependencies = {} } = JSON.parse(readFileSync(join(MODULES, waiting.pop(), "package.json"), "utf8"));
    for (const needed of Object.keys(dependencies)) {
      if (found.has(needed) || !existsSync(join(MODULES, needed))) continue;
      found.add(needed);
      waiting.push(needed);
    }
  }
  return [...found].sort();
}

/** A package's name, version and licence text; where it ships no text, the licence that it declares. */
function licence(name) {
  const home = join(MODULES, name);
  if (!existsSync(home)) throw new Error(`${name} is not installed: run npm ci first`);
  const { version, license } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
  const file = readdirSync(home).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(join(home, file), "utf8").trim() : `Licence: ${license}`;
  return `${name} ${version}\n\n${text}\n`;
}
