// The words around the map: status, errors, emptiness, credits and the way to the grid.

import { isWebAddress } from "./popup.js";
import { _, number } from "../words.js";

const images = (count) => (count === 1 ? _("1 image") : _("{count} images", { count: number(count) }));

export function createPanel(root) {
  const part = (name) => root.querySelector(`[data-map="${name}"]`);
  const show = (name, visible) => part(name).toggleAttribute("hidden", !visible);

  function message(text, { error = false, button = "" } = {}) {
    part("message-text").textContent = text;
    part("message").classList.toggle("is-error", error);
    show("message", text);
    for (const name of ["retry", "show-all"]) show(name, name === button);
  }

  return {
    onRetry: (act) => part("retry").addEventListener("click", act),
    onShowAll: (act) => part("show-all").addEventListener("click", act),
    coarse: (visible) => show("coarse", visible),

    failed(sentence) {
      part("status").textContent = sentence;
      message(sentence, { error: true, button: "retry" });
    },

    found({ features, total, unplaced }, bbox, gridUrl) {
      say(part("status"), statusOf(total, unplaced));
      part("area").href = areaOf(gridUrl, bbox);
      show("area", features.length);
      if (!total) message(emptinessOf(unplaced));
      else if (!features.length) message(_("No image lies in this part of the map."), { button: "show-all" });
      else message("");
    },

    credit(name, html) {
      if (html) part(name).replaceChildren(...plainCredit(html), ". ");
      show(name, true);
    },
  };
}

/** Only new words are put in: a polite region would read the same ones out again after every move. */
function say(status, words) {
  if (status.textContent !== words) status.textContent = words;
}

function statusOf(total, unplaced) {
  return _("{images} on the map", { images: images(total) }) + (unplaced ? `, ${_("{count} without a position", { count: number(unplaced) })}` : "");
}

function emptinessOf(unplaced) {
  if (!unplaced) return _("No images here yet, or none that fit the filter.");
  return unplaced === 1 ? _("The one image has no position.") : _("None of the {images} has a position.", { images: images(unplaced) });
}

function areaOf(gridUrl, bbox) {
  const url = new URL(gridUrl, location.href);
  url.searchParams.set("bbox", bbox.join(","));
  return url.href;
}

/** A tile provider's credit is HTML by custom: its text and its web links are kept, nothing else. */
function plainCredit(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const silent of body.querySelectorAll("script, style")) silent.remove();
  return [...body.childNodes].map((node) => {
    const href = node.nodeName === "A" && node.getAttribute("href");
    if (!href || !isWebAddress(href)) return node.textContent;
    const link = document.createElement("a");
    link.href = href;
    link.textContent = node.textContent;
    return link;
  });
}
