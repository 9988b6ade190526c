// A photograph opens over the grid; its address is that of its page, so that links, reload and the back button work.

import { createInfo } from "./lightbox/info.js";
import { readyForMore } from "./more.js";
import { _ } from "./words.js";

const LONGEST = 1920;
const LOAD_AHEAD = 12;
const grid = document.querySelector("[data-lightbox]");
if (grid) watch(grid);

function watch(grid) {
  let viewer = null;
  let isLoadingMore = false;
  const gridUrl = withoutHash(location.href);
  const gridTitle = document.title;
  const links = () => [...grid.querySelectorAll(":scope > li > a")].filter((link) => link.querySelector("img"));

  grid.addEventListener("pointerover", load, { once: true, passive: true });
  grid.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link?.querySelector("img") || event.defaultPrevented) return;
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(link, true);
  });
  addEventListener("popstate", () => {
    const link = links().find(({ href }) => href === location.href);
    if (viewer && link) viewer.goTo(links().indexOf(link));
    else if (viewer) viewer.close();
    else if (link) open(link, false);
    else if (withoutHash(location.href) !== gridUrl) location.reload();
  });
  document.addEventListener("htmx:afterSettle", () => {
    isLoadingMore = false;
    const items = viewer?.options.dataSource;
    items?.push(...links().slice(items.length).map(itemOf));
  });
  for (const failure of ["htmx:sendError", "htmx:responseError"]) document.addEventListener(failure, () => { isLoadingMore = false; });

  // The link is new with every page, and until it has settled it would leave for the next.
  async function loadMore() {
    if (isLoadingMore || !document.querySelector("#more a")) return;
    isLoadingMore = true;
    await readyForMore().catch(() => {});
    if (window.htmx) document.querySelector("#more a").click();
    else isLoadingMore = false;
  }

  async function open(link, isNew) {
    const { default: PhotoSwipe } = await load();
    if (viewer) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    viewer = new PhotoSwipe({
      dataSource: links().map(itemOf),
      index: links().indexOf(link),
      showHideAnimationType: calm ? "none" : "zoom",
      zoomAnimationDuration: calm ? 0 : 250,
      bgOpacity: 1,
      loop: false,
      preload: [1, 2],
      padding: { top: 0, bottom: 0, left: 0, right: 0 },
      arrowPrevTitle: _("Previous photograph"),
      arrowNextTitle: _("Next photograph"),
      closeTitle: _("Back to the grid"),
      zoomTitle: _("Zoom"),
    });
    const info = createInfo(viewer);
    viewer.on("uiRegister", () => info.register());
    viewer.on("change", () => {
      const { element } = viewer.currSlide.data;
      history.replaceState({ isOverGrid: true }, "", element.href);
      document.title = labelOf(element);
      if (viewer.currIndex + LOAD_AHEAD > viewer.getNumItems()) loadMore();
    });
    viewer.on("destroy", () => {
      const last = viewer.currSlide.data.element;
      viewer = null;
      document.title = gridTitle;
      if (history.state?.isOverGrid) history.back();
      last.focus({ preventScroll: true });
      last.scrollIntoView({ block: "nearest" });
    });
    if (isNew) history.pushState({ isOverGrid: true }, "", link.href);
    viewer.init();
  }

  let loading = null;
  function load() {
    if (!loading) {
      for (const href of [grid.dataset.lightboxStyle, grid.dataset.ownStyle]) {
        document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
      }
      loading = import(grid.dataset.lightbox);
    }
    return loading;
  }
}

function withoutHash(url) {
  return url.split("#")[0];
}

function itemOf(link) {
  const picture = link.querySelector("img");
  const [width, height] = [Number(picture.getAttribute("width")), Number(picture.getAttribute("height"))];
  const scale = Math.min(1, LONGEST / Math.max(width, height));
  const sizes = picture.srcset.split(", ");
  return {
    element: link,
    src: sizes[sizes.length - 1].split(" ")[0],
    srcset: picture.srcset,
    msrc: picture.currentSrc || picture.src,
    width: Math.round(width * scale),
    height: Math.round(height * scale),
    alt: labelOf(link),
  };
}

function labelOf(link) {
  return link.querySelector(".tile-label").textContent;
}
