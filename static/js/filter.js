// The filter's forms: empty fields stay out of the address, the fold closes as menus do, and a tag is completed
// from all there are.

for (const form of document.querySelectorAll("form[data-lean]")) {
  form.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) if (!value.trim()) formData.delete(name);
  });
}

const fold = document.querySelector(".filter-fold");

document.addEventListener("click", ({ target }) => {
  if (fold?.open && !fold.contains(target)) fold.open = false;
});

fold?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !fold.open) return;
  event.stopPropagation();
  fold.open = false;
  fold.querySelector("summary").focus();
});

const box = document.querySelector("[data-tag-box]");
if (box) completeTags(box, box.querySelector("input[list]"), box.querySelector("datalist"));

function completeTags(form, field, list) {
  let asked = "";
  let timer = 0;

  field.addEventListener("input", ({ inputType }) => {
    const isChosen = !inputType || inputType === "insertReplacementText";
    if (isChosen && offered().includes(field.value)) return form.requestSubmit();
    clearTimeout(timer);
    timer = setTimeout(ask, 120);
  });

  function offered() {
    return [...list.options].map((option) => option.value);
  }

  async function ask() {
    asked = field.value;
    const address = new URL(form.dataset.tagBox, location.href);
    address.searchParams.set("q", asked.replace(/\\([\\,])/g, "$1"));
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (answer.ok && field.value === asked) show(await answer.json());
    } catch {
      // what the page brought along is still offered
    }
  }

  function show(names) {
    list.replaceChildren(...names.map(({ value, count }) => new Option(count.toLocaleString(), value)));
  }
}
