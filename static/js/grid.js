// The grid by keyboard, and what is seen of it.

import { onKeys } from "./keys.js";
import "./more.js";

// A tag that is asked for comes into view where the tags scroll sideways.

document.querySelector(".chip--with, .chip--without")?.scrollIntoView({ block: "nearest", inline: "center" });

// More tiles are put in where room was kept for them; somebody who pressed the button goes on from the first new one.

let lastTile = null;
let wasPressed = false;

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!detail.shouldSwap) return;
  for (const room of document.querySelectorAll("#tiles > .grid-room")) room.remove();
  lastTile = document.querySelector("#tiles > li:last-child");
  wasPressed = document.activeElement?.closest("#more") !== null;
});

document.addEventListener("htmx:afterSettle", () => {
  if (wasPressed) lastTile?.nextElementSibling?.querySelector("a")?.focus({ preventScroll: true });
  wasPressed = false;
});

// Arrows go from picture to picture; up and down to the one that stands nearest in the next row.

const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

onKeys((key) => {
  const links = [...document.querySelectorAll("#tiles > li > a")];
  const here = links.indexOf(document.activeElement?.closest("#tiles > li")?.querySelector("a"));
  if (!links.length || !/^Arrow/.test(key)) return false;
  const next = here < 0 ? (key === "ArrowRight" ? links[0] : null) : key in STEPS ? links[here + STEPS[key]] : inRow(links, here, key === "ArrowDown");
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
  return Boolean(next);
});

function inRow(links, here, isDown) {
  const from = links[here].getBoundingClientRect();
  const middle = from.left + from.width / 2;
  const boxes = (isDown ? links.slice(here + 1) : links.slice(0, here).reverse()).map((link) => [link, link.getBoundingClientRect()]);
  const top = boxes.find(([, box]) => Math.abs(box.top - from.top) > 1)?.[1].top;
  const row = boxes.filter(([, box]) => Math.abs(box.top - top) <= 1);
  const distance = ([, box]) => Math.max(box.left - middle, middle - box.right, 0);
  return row.sort((one, other) => distance(one) - distance(other))[0]?.[0];
}

// How large the pictures are is kept for this browser, and known to the server before the next page is laid out.

const density = document.querySelector("[data-density-switch]");

density?.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  if (button.value) document.documentElement.dataset.density = button.value;
  else delete document.documentElement.dataset.density;
  document.cookie = `density=${button.value}; path=/; max-age=${button.value ? 365 * 24 * 3600 : 0}; samesite=lax`;
  for (const each of density.querySelectorAll("button")) each.setAttribute("aria-pressed", String(each === button));
});
