// The map's few colours, which map.css holds, spread over the many names of a Protomaps flavour.

const PARTS = {
  sea: ["water", "glacier"],
  land: ["earth", "pedestrian", "hospital", "school", "industrial", "pier", "aerodrome", "zoo", "beach", "sand"],
  green: ["park_a", "park_b", "wood_a", "wood_b", "scrub_a", "scrub_b"],
  building: ["buildings", "runway"],
  road: ["major"],
  line: ["railway"],
  "line-soft": [],
  label: ["city_label", "country_label", "state_label", "ocean_label", "roads_label_major", "roads_label_minor"],
};
const HALOS = ["city_label_halo", "state_label_halo", "roads_label_major_halo", "roads_label_minor_halo"];

/** The colours in force on `element`: its own theme, light or dark, has been decided by the style sheet. */
export function paletteOf(element) {
  const style = getComputedStyle(element);
  return Object.fromEntries(Object.keys(PARTS).map((part) => [part, style.getPropertyValue(`--map-${part}`).trim()]));
}

export function flavour(palette) {
  const colours = Object.entries(PARTS).flatMap(([part, names]) => names.map((name) => [name, palette[part]]));
  const halos = HALOS.map((name) => [name, palette.land]);
  return Object.fromEntries([...colours, ...halos]);
}
