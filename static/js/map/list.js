// The list beside the map: the images of a cell, of the tray, or all of them. Arrow keys, j and k walk through it.

import { _, number } from "../words.js";

/** `choose(id)` is called for each image that becomes the chosen one, `closer(bounds)` to look closer at a cell. */
export function createList(root, choose, closer) {
  const part = (name) => root.querySelector(`[data-list="${name}"]`);
  const list = part("images");
  let asked = 0;
  let chosen = null;
  let cell = null;

  /** Shows the images of a box ([W, S, E, N]), or those without a position, or all; chooses the first if so wanted. */
  async function show({ bounds, unplaced = false, title, count }, { takeFocus = false, first = false } = {}) {
    const turn = ++asked;
    part("title").textContent = title ?? _("All images");
    part("count").textContent = count === undefined ? "" : number(count);
    cell = bounds;
    part("closer").hidden = !(count > 1);
    part("all").hidden = !bounds && !unplaced;
    const url = new URL(root.dataset.listUrl, location.href);
    if (bounds) url.searchParams.set("bbox", bounds.join(","));
    if (unplaced) url.searchParams.set("position", "without");
    const body = await fetched(url);
    if (turn !== asked) return;
    list.replaceChildren(...body);
    list.role = list.querySelector("[role=option]") ? "listbox" : "group"; // a listbox without options is none
    list.scrollTop = 0;
    mark(null);
    if (takeFocus) list.focus({ preventScroll: true });
    if (first) pick(list.querySelector("[role=option]"));
  }

  /** All images, unless others are asked for before the list comes into view. */
  function showWhenSeen() {
    new IntersectionObserver((entries, observer) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      if (!asked) show({});
    }).observe(list);
  }

  async function fetched(url) {
    list.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(url, { headers: { Accept: "text/html" } });
      if (!response.ok) throw new Error();
      const { body } = new DOMParser().parseFromString(await response.text(), "text/html");
      return [...body.children];
    } catch {
      const sorry = document.createElement("li");
      sorry.className = "map-list-words";
      sorry.textContent = _("The images could not be loaded.");
      return [sorry];
    } finally {
      list.removeAttribute("aria-busy");
    }
  }

  function mark(option) {
    chosen?.setAttribute("aria-selected", "false");
    chosen = option;
    chosen?.setAttribute("aria-selected", "true");
    if (chosen) list.setAttribute("aria-activedescendant", chosen.id);
    else list.removeAttribute("aria-activedescendant");
  }

  function pick(option) {
    if (!option || option === chosen) return;
    mark(option);
    option.scrollIntoView({ block: "nearest" });
    choose(option.dataset.image);
  }

  function step(by) {
    const options = [...list.querySelectorAll("[role=option]")];
    const next = chosen ? options.indexOf(chosen) + by : 0;
    pick(options[Math.max(0, Math.min(options.length - 1, next))]);
  }

  list.addEventListener("click", ({ target }) => pick(target.closest("[role=option]")));
  list.addEventListener("dblclick", () => chosen && location.assign(chosen.dataset.page));
  list.addEventListener("keydown", (event) => {
    const { key } = event;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (key === "Enter" && chosen) location.assign(chosen.dataset.page);
    else if (key === "ArrowDown" || key === "j") step(1);
    else if (key === "ArrowUp" || key === "k") step(-1);
    else if (key === "Home") step(-Infinity);
    else if (key === "End") step(Infinity);
    else return;
    event.preventDefault();
  });
  part("closer").addEventListener("click", () => closer(cell));
  part("all").addEventListener("click", () => show({}, { takeFocus: true }));
  return { show, showWhenSeen };
}
