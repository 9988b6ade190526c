// The library that appends pages is loaded when somebody scrolls, or the end of the first one is near.

let loading = null;

export function readyForMore() {
  const more = document.querySelector("#more");
  if (!more?.dataset.library) return Promise.resolve();
  loading ??= new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: more.dataset.library, onload: resolve, onerror: reject });
    document.head.append(script);
  });
  return loading;
}

const more = document.querySelector("#more");
if (more) {
  addEventListener("scroll", () => readyForMore().catch(() => {}), { once: true, passive: true });
  new IntersectionObserver((entries, observer) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    observer.disconnect();
    readyForMore().catch(() => {});  // the link leads on all the same
  }, { rootMargin: "50%" }).observe(more);
}
