// A tag that is asked for comes into view where the tags scroll sideways.

document.querySelector(".chip--with, .chip--without")?.scrollIntoView({ block: "nearest", inline: "center" });

// After more tiles are put in, somebody who pressed the button goes on from the first new one.

let lastTile = null;
let wasPressed = false;

document.addEventListener("htmx:beforeSwap", () => {
  lastTile = document.querySelector("#tiles > li:last-child");
  wasPressed = document.activeElement?.closest("#more") !== null;
});

document.addEventListener("htmx:afterSettle", () => {
  if (wasPressed) lastTile?.nextElementSibling?.querySelector("a")?.focus({ preventScroll: true });
  wasPressed = false;
});
