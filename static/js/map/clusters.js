// Asks the server for the images and clusters inside a view.

import { _ } from "../words.js";

const PATIENCE_MS = 20_000;

/** The GeoJSON answer for `bbox` ([W, S, E, N], W > E across ±180°); an error's message is a sentence to show. */
export async function fetchClusters(clustersUrl, bbox, zoom, aborted) {
  const url = new URL(clustersUrl, location.href);
  url.searchParams.set("bbox", bbox.join(","));
  url.searchParams.set("zoom", zoom);
  const signal = AbortSignal.any([aborted, AbortSignal.timeout(PATIENCE_MS)]);
  let response;
  try {
    response = await fetch(url, { signal, headers: { Accept: "application/geo+json, application/json" } });
    if (response.ok) return await response.json();
  } catch (error) {
    throw new Error(
      error.name === "TimeoutError"
        ? _("The server took too long to answer.")
        : _("The images could not be loaded. Is the connection up?"),
    );
  }
  throw new Error(
    response.status === 401 || response.status === 403
      ? _("You may not see these images. Sign in again?")
      : _("The images could not be loaded ({status}).", { status: response.status }),
  );
}
