// The sum of it all: how many, how far, how long still.

import { _, number } from "../words.js";

const SPEAK_EVERY_MS = 5000;

export function createProgress(section) {
  const at = (name) => section.querySelector(`[data-${name}]`);
  const [sum, bar, words, spoken] = ["sum", "bar", "sum-words", "spoken"].map(at);
  const [pause, retry, album] = ["pause", "retry", "album-link"].map(at);
  let began = null;
  let lastSpoken = 0;
  let isPaused = false;

  function show(sums) {
    if (!sums.all) return;
    section.hidden = false;
    const ended = sums.added + sums.there + sums.refused + sums.failed;
    sum.hidden = !sums.running && !ended;
    if (sums.running && began === null) began = { at: performance.now(), bytes: sums.sentBytes };
    if (!sums.running) began = null;
    bar.max = Math.max(sums.allBytes, 1);
    bar.value = sums.running ? sums.sentBytes : bar.max;
    words.textContent = [...outcomes(sums, ended), sums.running && !isPaused ? timeLeft(sums) : ""].filter(Boolean).join(" ");
    pause.hidden = !sums.running;
    retry.hidden = !sums.failed || sums.running > 0;
    album.hidden = sums.running > 0 || !(sums.added + sums.there);
    speak(sums.running === 0);
  }

  function outcomes(sums, ended) {
    const parts = [
      sums.running ? _("{done} of {count} done.", { done: number(ended), count: number(ended + sums.running) }) : "",
      sums.added ? _("{count} added.", { count: number(sums.added) }) : "",
      sums.there ? _("{count} already here.", { count: number(sums.there) }) : "",
      sums.refused ? _("{count} refused.", { count: number(sums.refused) }) : "",
      sums.failed ? _("{count} not sent.", { count: number(sums.failed) }) : "",
    ];
    return isPaused ? [_("Paused."), ...parts] : parts;
  }

  function timeLeft(sums) {
    const seconds = (performance.now() - began.at) / 1000;
    const speed = (sums.sentBytes - began.bytes) / seconds;
    if (seconds < 2 || !(speed > 0)) return "";
    const left = (sums.allBytes - sums.sentBytes) / speed;
    if (left < 60) return _("Less than a minute left.");
    const minutes = Math.round(left / 60);
    return minutes < 90 ? _("About {minutes} min left.", { minutes }) : _("About {hours} h left.", { hours: Math.round(minutes / 60) });
  }

  function speak(now) {
    if (!now && performance.now() - lastSpoken < SPEAK_EVERY_MS) return;
    lastSpoken = performance.now();
    if (spoken.textContent !== words.textContent) spoken.textContent = words.textContent;
  }

  return {
    show,
    paused: (value) => {
      isPaused = value;
      began = null;
      pause.textContent = value ? _("Go on") : _("Pause");
    },
    onPause: (action) => pause.addEventListener("click", action),
    onRetry: (action) => retry.addEventListener("click", action),
  };
}
