// What scripts say, in the page's language: `_("{count} selected", { count })`.

const said = typeof sentences === "undefined" ? {} : sentences;  // stands before all modules of a page (web/scripts.py)

export function _(sentence, values = {}) {
  const words = said[sentence] ?? sentence;
  return words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export const language = document.documentElement.lang;

let numbers = null;

/** A number as the language writes it; what knows how is made when the first is written, for that takes long. */
export function number(value) {
  numbers ??= new Intl.NumberFormat(language);
  return numbers.format(value);
}
