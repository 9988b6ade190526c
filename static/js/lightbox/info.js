// The label under a photograph, and what its page says of it, beside it.

import { _ } from "../words.js";

export function createInfo(viewer) {
  const panel = Object.assign(document.createElement("aside"), { className: "pswp-info", hidden: true });
  panel.setAttribute("aria-label", _("Information"));
  let shown = "";
  let fetching = new AbortController();

  async function fill() {
    const { href } = viewer.currSlide.data.element;
    if (panel.hidden || shown === href) return;
    shown = href;
    fetching.abort();
    fetching = new AbortController();
    const { signal } = fetching;
    panel.replaceChildren(closer(), Object.assign(document.createElement("p"), { className: "pswp-info-wait", textContent: _("Loading…") }));
    try {
      const answer = await fetch(href, { signal });
      const text = (await answer.text()).replace(/<style.*?<\/style>/gs, "");  // its nonce is of another page
      const page = new DOMParser().parseFromString(text, "text/html");
      const dossier = page.querySelector("#dossier");
      if (!dossier) throw new Error(`${answer.status}`);
      dossier.querySelector(".crumbs")?.remove();  // the grid under it says where it is
      panel.replaceChildren(closer(), document.importNode(dossier, true));
    } catch {
      if (signal.aborted) return;
      shown = "";
      panel.querySelector(".pswp-info-wait").textContent = _("The information did not come. Close this and open it again.");
    }
  }

  function toggle(isOpen = panel.hidden) {
    panel.hidden = !isOpen;
    fill();
    if (isOpen) panel.querySelector("button").focus();
    else viewer.element.focus();
  }

  function closer() {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button pswp-info-close", textContent: _("Close") });
    button.addEventListener("click", () => toggle(false));
    return button;
  }

  function register() {
    viewer.ui.registerElement({
      name: "label",
      className: "pswp-label",
      appendTo: "root",
      onInit: (element) => viewer.on("change", () => {
        const label = document.createElement("bdi");
        label.textContent = viewer.currSlide.data.alt;
        element.replaceChildren(label);
      }),
    });
    viewer.ui.registerElement({
      name: "info", className: "pswp-button", order: 9, isButton: true, title: _("Information (i)"), ariaLabel: _("Information"), html: "i", onClick: () => toggle(),
    });
    viewer.element.append(panel);
    viewer.element.setAttribute("aria-label", _("Photograph"));
    // what is done in the panel is not meant for the photograph under it
    for (const name of ["pointerdown", "pointermove", "pointerup", "wheel", "click"]) panel.addEventListener(name, (event) => event.stopPropagation());
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") toggle(false);
      event.stopPropagation();
    });
    viewer.on("keydown", ({ originalEvent: event, preventDefault }) => {
      if (panel.contains(event.target)) return preventDefault();
      if (event.key === "i") toggle();
      if (event.key === "i") event.preventDefault();
    });
    viewer.on("change", fill);
  }

  return { register };
}
