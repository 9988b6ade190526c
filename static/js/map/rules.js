// What the base map's painter draws, and how.

import { flavour } from "./palette.js";

export function rules(palette, language) {
  const colours = flavour(palette);
  const areasAndRoads = protomapsL.paintRules(colours).filter(({ dataLayer }) => dataLayer !== "boundaries");
  return {
    paintRules: [...areasAndRoads, ...linesOfOurs(palette)],
    labelRules: protomapsL.labelRules(colours, language),
  };
}

/** Protomaps' own rules draw rivers from zoom 14 only, and the borders of regions as strong as countries'. */
function linesOfOurs(palette) {
  const isRiver = ({ kind }) => kind === "river";
  const isRegion = ({ kind_detail: level }) => level > 2;
  const isCountry = ({ kind_detail: level }) => level <= 2;
  return [
    { ...line("water", isRiver, palette.sea, (zoom) => Math.min(3, zoom / 5)), minzoom: 4, maxzoom: 13 },
    line("boundaries", isRegion, palette["line-soft"], 0.75),
    line("boundaries", isCountry, palette.line, 1),
  ];
}

function line(dataLayer, isWanted, color, width) {
  const symbolizer = new protomapsL.LineSymbolizer({ color, width });
  return { dataLayer, symbolizer, filter: (zoom, feature) => isWanted(feature.props) };
}
