// The list of keys, and the key that leads to the search.

import { onKeys } from "./keys.js";

const sheet = document.querySelector("[data-keys]");
const opener = document.querySelector("[data-keys-open]");
if (opener) {
  opener.hidden = false;
  opener.addEventListener("click", () => sheet.showModal());
}
sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());

onKeys((key) => {
  if (key === "?") sheet.showModal();
  else if (key !== "/") return false;
  else document.querySelector("input[type=search]")?.focus();
  return true;
});
