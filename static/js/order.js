// Arranging: by drag, or Alt with arrows. What the page shows is put right at once and taken back if the server refuses.

import { _ } from "./words.js";

const list = document.querySelector("[data-order]");
const said = document.querySelector("[data-order-said]");
let dragged = null;

list?.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-image]");
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  dragged.classList.add("is-dragged");
});
list?.addEventListener("dragover", (event) => {
  if (!dragged) return;
  event.preventDefault();
  mark(event.target.closest("[data-image]"));
});
list?.addEventListener("dragend", () => {
  dragged?.classList.remove("is-dragged");
  mark(null);
  dragged = null;
});
list?.addEventListener("drop", (event) => {
  event.preventDefault();
  const target = event.target.closest("[data-image]");
  if (dragged && target && target !== dragged) put(dragged, target);
});

list?.addEventListener("keydown", (event) => {
  const item = event.target.closest("[data-image]");
  if (!event.altKey || !item) return;
  const isRightToLeft = getComputedStyle(list).direction === "rtl";
  const later = event.key === (isRightToLeft ? "ArrowLeft" : "ArrowRight");
  const earlier = event.key === (isRightToLeft ? "ArrowRight" : "ArrowLeft");
  if (!later && !earlier) return;
  event.preventDefault();
  const target = earlier ? item.previousElementSibling : item.nextElementSibling?.nextElementSibling;
  if (target) put(item, target).then(() => item.focus());
  else if (later && item.nextElementSibling) item.querySelector("[value=later]").click();
});

function mark(target) {
  list.querySelector(".is-target")?.classList.remove("is-target");
  if (target !== dragged) target?.classList.add("is-target");
}

async function put(item, target) {
  const was = item.nextElementSibling;
  target.before(item);
  const body = new URLSearchParams({ csrf_token: list.dataset.csrf, image: item.dataset.image, before: target.dataset.image });
  try {
    const answer = await fetch(location.pathname, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) throw new Error(answer.status);
    said.textContent = _("{label} stands before {other} now.", { label: item.dataset.label, other: target.dataset.label });
  } catch {
    list.insertBefore(item, was);
    said.textContent = _("It could not be moved. Load the page again.");
  }
}
