// Arrow keys go to the neighbours, Escape to the grid.

const isRightToLeft = getComputedStyle(document.documentElement).direction === "rtl";
const mirrored = { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" };

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest("input, textarea, select, details[open] summary, [contenteditable]")) return;
  const key = (isRightToLeft && mirrored[event.key]) || event.key;
  document.querySelector(`[data-key="${CSS.escape(key)}"]`)?.click();
});
