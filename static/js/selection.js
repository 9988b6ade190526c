// Ticking images: by mouse, with Shift for a range, with x; a press on a picture ticks while the bar is open.

import { onKeys } from "./keys.js";
import { _, number } from "./words.js";

const form = document.querySelector("[data-selection]");
if (form) start(form);

function start(form) {
  const bar = form.querySelector("[data-selection-bar]");
  const [count, all, none] = ["count", "all", "none"].map((name) => bar.querySelector(`[data-${name}]`));
  let last = null;
  none.hidden = false;

  const ticks = () => [...form.querySelectorAll(".tile-tick")];
  const ticked = () => ticks().filter(({ checked }) => checked).length;

  function changed() {
    const chosen = ticked();
    if (chosen || all.checked) bar.open = true;
    count.textContent = all.checked ? _("All selected") : _("{count} selected", { count: number(chosen) });
    for (const button of bar.querySelectorAll("button[name]")) button.disabled = !chosen && !all.checked;
  }

  function tick(box, checked, isRange) {
    const boxes = ticks();
    const [from, to] = [isRange && last ? boxes.indexOf(last) : boxes.indexOf(box), boxes.indexOf(box)];
    for (const each of boxes.slice(Math.min(from, to), Math.max(from, to) + 1)) each.checked = checked;
    last = box;
    changed();
  }

  function clear() {
    for (const box of ticks()) box.checked = false;
    all.checked = bar.open = false;
    last = null;
    changed();
  }

  form.addEventListener("click", (event) => {
    const box = event.target.closest(".tile-tick");
    if (box) return tick(box, box.checked, event.shiftKey);
    const tile = bar.open && event.target.closest(".tile");
    if (!tile || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const own = tile.querySelector(".tile-tick");
    tick(own, event.shiftKey || !own.checked, event.shiftKey);
  });
  all.addEventListener("change", changed);
  none.addEventListener("click", clear);
  bar.addEventListener("toggle", changed);
  onKeys((key, event) => {
    const tile = document.activeElement?.closest("#tiles > li");
    if (key.toLowerCase() === "x" && tile) {
      const box = tile.querySelector(".tile-tick");
      tick(box, event.shiftKey || !box.checked, event.shiftKey);
      return true;
    }
    if (key !== "Escape" || !bar.open) return false;
    clear();
    return true;
  });
  if (ticked()) changed();  // a browser that goes back remembers the ticks
}
