// The boxes that show and hide what lies on the map.

/** `act` by a layer's name is called with whether it shall be seen. */
export function createLayers(root, act) {
  for (const box of root.querySelectorAll("[data-layer]")) {
    const tell = () => act[box.dataset.layer](box.checked);
    box.addEventListener("change", tell);
    tell(); // a browser remembers boxes when a page is loaded again
  }
}
