// The upload page: chosen files go to the server in pieces, which survives a lost network and a reload.

import { watchChoices } from "./upload/choice.js";
import { createPlace } from "./upload/place.js";
import { createProgress } from "./upload/progress.js";
import { createQueue } from "./upload/queue.js";
import { createRows } from "./upload/rows.js";
import { _, number } from "./words.js";

const form = document.querySelector("[data-upload]");
if (form) start(form);

function start(form) {
  const rows = createRows(document.querySelector("[data-list]"), form.dataset);
  const progress = createProgress(document.querySelector("[data-progress]"));
  const place = createPlace(form.querySelector("[data-place]"), form.dataset.now);
  const button = form.querySelector("[data-start]");
  const words = form.querySelector("[data-start-words]");
  let queue = null;
  const ready = createQueue(form.dataset, { changed });

  function changed(file, outcome) {
    if (file) rows.show(file, outcome);
    if (!queue) return;
    const sums = queue.sums();
    progress.show(sums);
    button.textContent = sums.waiting ? _("Add {photographs}", { photographs: count(sums.waiting) }) : _("Add them");
    button.disabled = sums.waiting === 0;
    words.textContent = sums.restored ? _("Chosen before the page was loaded again.") : "";
  }

  // Files may be chosen before the library is there.
  watchChoices(form, async (files) => {
    const refused = (await ready).add(files);
    for (const { name, sentence } of refused) rows.refuse(name, sentence);
    changed();
  });
  rows.onRemove((id) => { queue.remove(id); changed(); });
  progress.onPause(() => progress.paused(queue.togglePause()));
  progress.onRetry(() => queue.retry());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    (await ready).start({ tags: form.elements.tags.value, ...place.claim() });
    document.querySelector("[data-progress]").scrollIntoView({ block: "nearest" });
  });
  addEventListener("beforeunload", (event) => {
    if (queue?.sums().running) event.preventDefault();
  });
  ready.then((created) => {
    queue = created;
    changed();
  });
}

function count(files) {
  return files === 1 ? _("1 photograph") : _("{count} photographs", { count: number(files) });
}
