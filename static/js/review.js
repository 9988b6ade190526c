// The screen of reviewers: keys, zoom, the map of the claims. Each verdict's answer is the next image's page, and takes
// the place of this one.

import { onKeys } from "./keys.js";
import { drawClaimsMap } from "./review/claims_map.js";

let map = null;

function begin() {
  const stage = document.querySelector(".stage");
  stage?.style.setProperty("--ratio", stage.dataset.ratio);
  const root = document.querySelector("[data-review-map]");
  map = root ? drawClaimsMap(root) : null;
  for (const { dataset } of document.querySelectorAll("[data-near]")) {
    const picture = new Image();
    picture.sizes = document.querySelector(".stage img")?.sizes ?? "100vw";
    picture.srcset = dataset.near;
  }
  document.querySelector("[data-zoom]")?.addEventListener("click", zoom);
  document.querySelector("#main").dataset.ready = location.pathname;
}

function zoom(event) {
  event.preventDefault();
  const link = event.currentTarget, box = link.getBoundingClientRect();
  const byPointer = event.detail > 0;
  link.style.setProperty("--at-x", byPointer ? `${((event.clientX - box.x) / box.width) * 100}%` : "50%");
  link.style.setProperty("--at-y", byPointer ? `${((event.clientY - box.y) / box.height) * 100}%` : "50%");
  link.classList.toggle("is-near");
}

onKeys((key, event) => {
  if (event.target.closest(".map") && key !== "Escape" && !/^[a-z0-9]$/.test(key)) return false;
  if (document.querySelector(".htmx-request")) return false; // a verdict is on its way: the next key is the next image's
  const wanted = key === "n" ? "ArrowRight" : key === "k" ? "ArrowLeft" : key;
  if (key === "u") return press(document.querySelector(".said form button") ?? document.querySelector(".verdicts")?.parentElement.querySelector("form button"));
  const target = document.querySelector(`[data-key="${CSS.escape(wanted)}"]`);
  if (key === "c" && target) {
    target.parentElement.open = true;
    document.querySelector("#comment").focus();
    return true;
  }
  if (key === "p" && target) map?.place();
  return press(target);
});

function press(target) {
  target?.click();
  return Boolean(target);
}

// Escape leaves a field, so that keys do things again; Control and Enter approve from the comment.
document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.(".decide :is(input, textarea)")) return;
  if (event.key === "Escape") event.target.blur();
  if (event.key === "Enter" && event.ctrlKey) document.querySelector('[data-key="a"]').click();
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if ([409, 422].includes(detail.xhr.status)) Object.assign(detail, { shouldSwap: true, isError: false });
  if (detail.shouldSwap) map?.remove();
});
document.addEventListener("htmx:afterSettle", () => {
  if (!document.querySelector("main.review")) return location.reload();
  begin();
  document.querySelector("#main").focus({ preventScroll: true });
});
// Pages are asked for anew, because somebody else may have decided; no style attribute is copied, which the policy forbids.
if (window.htmx) Object.assign(htmx.config, { historyCacheSize: 0, attributesToSettle: [], defaultSettleDelay: 0 });
begin();
