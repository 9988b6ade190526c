// The handle between map and list: dragged, or moved with the arrow keys.

const LEAST = 20;
const MOST = 70;
const STEP = 4;

export function createSplit(root, handle) {
  const share = () => Number(handle.getAttribute("aria-valuenow"));

  function divide(percent) {
    const kept = Math.round(Math.max(LEAST, Math.min(MOST, percent)));
    root.style.setProperty("--map-list-share", `${kept}%`);
    handle.setAttribute("aria-valuenow", kept);
  }

  function isRightToLeft() {
    return getComputedStyle(root).direction === "rtl";
  }

  handle.addEventListener("pointerdown", (event) => {
    handle.setPointerCapture(event.pointerId);
    event.preventDefault();
    handle.focus();
  });
  handle.addEventListener("pointermove", ({ pointerId, clientX }) => {
    if (!handle.hasPointerCapture(pointerId)) return;
    const { left, right, width } = root.getBoundingClientRect();
    divide(((isRightToLeft() ? clientX - left : right - clientX) / width) * 100);
  });
  handle.addEventListener("keydown", (event) => {
    const wider = isRightToLeft() ? "ArrowRight" : "ArrowLeft";
    const narrower = isRightToLeft() ? "ArrowLeft" : "ArrowRight";
    if (event.key === wider) divide(share() + STEP);
    else if (event.key === narrower) divide(share() - STEP);
    else if (event.key === "Home") divide(LEAST);
    else if (event.key === "End") divide(MOST);
    else return;
    event.preventDefault();
  });
}
