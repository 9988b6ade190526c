// Long work in pieces: between two of them the browser answers a tap, scrolls or paints.

let last = Promise.resolve();

/** Settles when it is the caller's turn; each caller gets a task of its own. */
export function turn() {
  last = last.then(() => new Promise((go) => { setTimeout(go); }));
  return last;
}
