// How files are chosen: by a dialog, as a folder, with the camera, or dropped.

const IGNORED = /^(\.|thumbs\.db$|desktop\.ini$)/i;

export function watchChoices(form, chosen) {
  form.querySelector("#folder").webkitdirectory = true;
  const inputs = ["files", "folder", "camera"].map((id) => form.querySelector(`#${id}`));
  for (const input of inputs) {
    input.tabIndex = -1;
    input.setAttribute("aria-hidden", "true");
    const take = () => {
      chosen([...input.files].filter(isWanted).map(named));
      input.value = "";
    };
    input.addEventListener("change", take);
    if (input.files.length) take(); // somebody was quicker than this script
  }
  for (const button of form.querySelectorAll("[data-choose]")) {
    button.addEventListener("click", () => form.querySelector(`#${button.dataset.choose}`).click());
  }
  watchDrops(form.querySelector("[data-drop]"), chosen);
}

// Files may be dropped anywhere on the page; the frame shows that they will be taken.
function watchDrops(frame, chosen) {
  let depth = 0;
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  addEventListener("dragenter", (event) => hasFiles(event) && frame.classList.toggle("is-over", ++depth > 0));
  addEventListener("dragleave", (event) => hasFiles(event) && frame.classList.toggle("is-over", --depth > 0));
  addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
  addEventListener("drop", async (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    frame.classList.remove("is-over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const found = await Promise.all(entries.map((entry) => filesIn(entry, "")));
    chosen(found.flat().filter(({ file }) => isWanted(file)));
  });
}

async function filesIn(entry, path) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject)).catch(() => null);
    return file ? [{ file, path: path + file.name }] : [];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    // a reader gives a hundred entries at most, and none when it is done
    const entries = await new Promise((resolve, reject) => reader.readEntries(resolve, reject)).catch(() => []);
    if (!entries.length) return found;
    found.push(...(await Promise.all(entries.map((inner) => filesIn(inner, `${path}${entry.name}/`)))).flat());
  }
}

function named(file) {
  return { file, path: file.webkitRelativePath || file.name };
}

function isWanted(file) {
  return !IGNORED.test(file.name);
}
