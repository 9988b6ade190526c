// The person's menu: the choice of light or dark, and closing as menus do.

const menu = document.querySelector("[data-menu]");
const themes = document.querySelector("[data-theme-switch]");

if (themes) {
  themes.hidden = false;
  const chosen = document.documentElement.dataset.theme ?? "auto";
  themes.querySelector(`[value="${chosen}"]`).checked = true;
  themes.addEventListener("change", ({ target }) => choose(target.value));
}

function choose(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // the choice holds for this page
  }
}

document.addEventListener("click", ({ target }) => {
  if (menu?.open && !menu.contains(target)) menu.open = false;
});

menu?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  event.stopPropagation();
  menu.open = false;
  menu.querySelector("summary").focus();
});
