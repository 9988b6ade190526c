// Single keys do things unless somebody is typing; in a right-to-left page the arrows are mirrored.

const MIRRORED = { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" };

export function onKeys(act) {
  const isRightToLeft = document.documentElement.dir === "rtl";
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, details[open] > summary, [contenteditable], dialog, .pswp")) return;
    if (act((isRightToLeft && MIRRORED[event.key]) || event.key, event)) event.preventDefault();
  });
}
