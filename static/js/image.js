// The keys of an image's page; the pictures beside it are fetched before they are asked for.

import { onKeys } from "./keys.js";

const ALONE_MS = 300;

onKeys((key) => {
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  target?.click();
  if (key === "e") target?.closest("[data-edit][open]")?.querySelector("input:not([type=hidden])").focus();
  return Boolean(target);
});

// First the picture that is looked at, then its neighbours, in the size that this screen takes.
addEventListener("load", () => setTimeout(() => {
  for (const { dataset } of document.querySelectorAll("[data-near]")) {
    const picture = new Image();
    picture.sizes = document.querySelector(".stage img")?.sizes ?? "100vw";
    picture.srcset = dataset.near;
  }
}, ALONE_MS));

// The map of the claims, and the library that draws it, are loaded when its place comes into view.

const miniMap = document.querySelector("[data-mini-map]");

if (miniMap) {
  new IntersectionObserver((entries, observer) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    loadMap(miniMap.dataset).catch(() => {});  // the words beside it say the same
  }).observe(miniMap);
}

async function loadMap({ styles, scripts, start }) {
  await Promise.all(styles.split(" ").map((href) => loaded("link", { rel: "stylesheet", href })));
  for (const src of scripts.split(" ")) await loaded("script", { src });
  await loaded("script", { type: "module", src: start });
}

function loaded(name, properties) {
  return new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement(name), properties, { onload: resolve, onerror: reject }));
  });
}

// A page that was loaded again at an address which the grid had given itself stands for the grid's entry, too.
const loadedAt = location.pathname;
addEventListener("popstate", () => {
  if (location.pathname !== loadedAt) location.reload();
});
