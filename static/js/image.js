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

// A page that was loaded again at an address which the grid had given itself stands for the grid's entry, too.
const loadedAt = location.pathname;
addEventListener("popstate", () => {
  if (location.pathname !== loadedAt) location.reload();
});
