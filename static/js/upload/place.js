// Where the person is: asked on a press, again until it is known to 100 metres, kept with the time of the fix.

import { _, number } from "../words.js";

const GOOD_M = 100;
const PATIENCE_MS = 45_000;
const REFUSALS = {
  1: _("The browser may not tell: allow the position for this page in its settings, then press again."),
  2: _("The device does not know where it is. Under the open sky it is found sooner."),
  3: _("The device did not find its position in time. Under the open sky it is found sooner."),
};

export function createPlace(section, serverNow) {
  const [ask, drop, state] = ["ask", "drop", "state"].map((name) => section.querySelector(`[data-place-${name}]`));
  // The page's clock begins with the server's, because a phone's own may be wrong.
  const begun = { at: Date.parse(serverNow), from: performance.now() };
  let best = null;
  let watching = null;
  let timer = null;
  if (!navigator.geolocation || !isSecureContext) {
    section.hidden = true;
    return { claim: () => ({}) };
  }

  ask.addEventListener("click", () => {
    stop();
    say(_("Looking for your position…"));
    ask.disabled = true;
    watching = navigator.geolocation.watchPosition(found, refused, { enableHighAccuracy: true, maximumAge: 0, timeout: PATIENCE_MS });
    timer = setTimeout(finish, PATIENCE_MS);
  });
  drop.addEventListener("click", () => {
    stop();
    best = null;
    drop.hidden = true;
    ask.textContent = _("Add my position");
    say(_("Left out."));
    ask.focus();
  });

  function found({ coords, timestamp }) {
    const ageMs = Math.max(0, Date.now() - timestamp);
    const fixedAt = new Date(begun.at + performance.now() - begun.from - ageMs);
    if (best && best.accuracy <= coords.accuracy && coords.accuracy > GOOD_M) return;
    best = { latitude: coords.latitude, longitude: coords.longitude, accuracy: coords.accuracy, fixedAt };
    drop.hidden = false;
    if (coords.accuracy <= GOOD_M) finish();
    else say(words() + " " + _("Looking for a better one…"));
  }

  function finish() {
    stop();
    ask.textContent = _("Look again");
    if (!best) say(REFUSALS[3]);
    else if (best.accuracy <= GOOD_M) say(words() + " " + _("It goes along with what you add."));
    else say(words() + " " + _("That is rough; it goes along all the same, with its radius."));
  }

  function refused({ code }) {
    if (best) return finish();
    stop();
    say(REFUSALS[code] ?? REFUSALS[2]);
  }

  function stop() {
    if (watching !== null) navigator.geolocation.clearWatch(watching);
    clearTimeout(timer);
    watching = null;
    ask.disabled = false;
  }

  function words() {
    const radius = best.accuracy < 1000 ? `${Math.ceil(best.accuracy)} m` : `${number(Math.round(best.accuracy / 100) / 10)} km`;
    return _("{position}, within {radius}.", { position: `${best.latitude.toFixed(5)}, ${best.longitude.toFixed(5)}`, radius });
  }

  function say(sentence) {
    state.textContent = sentence;
  }

  return {
    claim: () => best ? {
      latitude: String(best.latitude), longitude: String(best.longitude), accuracy: String(best.accuracy), fixed_at: best.fixedAt.toISOString(),
    } : {},
  };
}
