// One row a file. Names are put in as text, never as HTML.

import { _, number } from "../words.js";

const WORDS = { waiting: _("Not sent yet"), lost: _("Choose it again"), added: _("Added"), "already-there": _("Already here") };

export function createRows(list, { imagePath }) {
  const rows = new Map();
  let remove = () => {};

  list.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-remove]");
    if (!button) return;
    const row = button.closest("li");
    const next = (row.nextElementSibling ?? row.previousElementSibling)?.querySelector("button, a");
    rows.delete(row.dataset.id);
    row.remove();
    remove(row.dataset.id);
    next?.focus();
  });

  function rowOf(file) {
    const known = rows.get(file.id);
    if (known) return known;
    const row = document.createElement("li");
    row.dataset.id = file.id;
    const name = element("span", "upload-name");
    name.append(element("bdi", "", file.meta?.relativePath || file.name));
    const size = element("span", "upload-size soft", sizeWords(file.size));
    row.append(name, size, element("span", "upload-state"));
    list.append(row);
    rows.set(file.id, row);
    return row;
  }

  function show(file, { state, share = 0, ids = [], sentence = "" }) {
    const row = rowOf(file);
    const place = row.querySelector(".upload-state");
    if (state === "sending" && row.dataset.state === "sending") {
      place.querySelector("progress").value = share;
      return;
    }
    row.dataset.state = state;
    row.className = `upload-row upload-row--${state}`;
    place.replaceChildren(...contents(file, state, share, ids, sentence));
  }

  function contents(file, state, share, ids, sentence) {
    if (state === "sending") {
      const bar = document.createElement("progress");
      bar.value = share;
      bar.setAttribute("aria-label", _("Sending {name}", { name: file.name }));
      return [bar];
    }
    if (state === "waiting" || state === "lost") return [element("span", "soft", WORDS[state]), removeButton(file.name)];
    if (state === "failed") return [element("span", "", _("Not sent: {sentence}", { sentence }))];
    if (state === "refused") return [element("span", "", _("Refused: {sentence}", { sentence }))];
    if (!ids.length) return [element("span", "", WORDS[state])];
    const link = element("a", "", ids.length > 1 ? _("{outcome}, {count} pages", { outcome: WORDS[state], count: ids.length }) : WORDS[state]);
    link.href = imagePath.replace(/-$/, encodeURIComponent(ids[0]));
    return [link];
  }

  function removeButton(name) {
    const button = element("button", "upload-remove", _("Leave out"));
    button.type = "button";
    button.dataset.remove = "";
    button.setAttribute("aria-label", _("Leave out {name}", { name }));
    return button;
  }

  return {
    show,
    refuse: (name, sentence) => show({ id: `refused ${name}`, name, size: null }, { state: "refused", sentence }),
    onRemove: (action) => { remove = action; },
  };
}

function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function sizeWords(bytes) {
  if (bytes === null) return "";
  if (bytes < 1e6) return `${number(Math.max(1, Math.round(bytes / 1e3)))} ${_("kB")}`;
  return `${number(Math.round(bytes / 1e5) / 10)} ${_("MB")}`;
}
