// Menus close as menus do, and the person's holds the choice of light or dark.

const themes = document.querySelector("[data-theme-switch]");

if (themes) {
  const chosen = document.documentElement.dataset.theme ?? "auto";
  themes.querySelector(`[value="${chosen}"]`).checked = true;
  themes.addEventListener("change", ({ target }) => choose(target.value));
}

function choose(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  const age = theme === "auto" ? 0 : 365 * 24 * 3600;
  document.cookie = `theme=${theme}; path=/; max-age=${age}; samesite=lax`;
}

document.addEventListener("click", ({ target }) => {
  for (const menu of document.querySelectorAll("[data-menu][open]")) if (!menu.contains(target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest("[data-menu][open]");
  if (!menu) return;
  event.preventDefault();
  menu.open = false;
  menu.querySelector("summary").focus();
});

if (isSecureContext) navigator.serviceWorker?.register("/service-worker.js").catch(() => {});  // without it all works but the offline page
