// The files on their way, by Uppy: in pieces, a few at a time, remembered over a reload.

import { _ } from "../words.js";

const AT_ONCE = 3;
const PIECE_BYTES = 8 * 1024 * 1024;
const REMEMBERED_FILE_BYTES = 200 * 1024 * 1024;
const REMEMBERED_BYTES = 2 * 1024 * 1024 * 1024;

export async function createQueue({ album, endpoint, token, mostBytes, uppy: module }, { changed }) {
  const { Uppy, Tus, GoldenRetriever } = await import(module);
  const uppy = new Uppy({ id: `album-${album}`, logger: { debug() {}, warn() {}, error() {} } });
  const outcomes = new Map();
  const restored = new Set();
  const uploads = new Map(); // by address of an upload, what the server said at its end
  let paused = false;

  uppy.use(Tus, {
    endpoint,
    limit: AT_ONCE,
    chunkSize: PIECE_BYTES,
    retryDelays: [500, 1000, 3000, 5000, 10000, 20000, 40000],
    removeFingerprintOnSuccess: true,
    onBeforeRequest: (request) => request.setHeader("Authorization", `Bearer ${token}`),
    onAfterResponse: (request, response) => {
      token = response.getHeader("X-token") ?? token;
      const result = response.getHeader("Upload-Result");
      if (!result) return;
      const url = response.getHeader("Location") ?? request.getURL();
      uploads.set(new URL(url, location).pathname, {
        result, ids: (response.getHeader("Upload-Images") ?? "").split(",").filter(Boolean),
      });
    },
    onShouldRetry: (error, attempt, options, usual) => {
      const status = error.originalResponse?.getStatus();
      if (status === 401 || status === 507) return false;
      return usual(error);
    },
  });
  uppy.use(GoldenRetriever, {
    indexedDB: { maxFileSize: REMEMBERED_FILE_BYTES, maxTotalSize: REMEMBERED_BYTES },
  });

  uppy.on("file-added", (file) => { restored.delete(file.id); changed(file, { state: "waiting" }); });
  // What a reload cut off waits to be begun again, and goes on where it was.
  uppy.on("restored", () => {
    uppy.setState({ currentUploads: {}, recoveredState: null });
    for (const file of uppy.getFiles()) {
      if (file.progress.uploadComplete) {
        uppy.removeFile(file.id);
        continue;
      }
      uppy.setFileState(file.id, { error: null, progress: { ...file.progress, uploadStarted: null } });
      restored.add(file.id);
      changed(file, { state: file.isGhost ? "lost" : "waiting" });
    }
    changed();
  });
  uppy.on("upload-progress", (file, { bytesUploaded, bytesTotal }) => {
    outcomes.delete(file.id);
    changed(file, { state: "sending", share: bytesTotal ? bytesUploaded / bytesTotal : 0 });
  });
  uppy.on("upload-success", (file, { uploadURL }) => {
    const end = uploads.get(new URL(uploadURL, location).pathname) ?? { result: "added", ids: [] };
    settle(file, { state: end.result, ids: end.ids });
  });
  uppy.on("upload-error", (file, error, response) => settle(file, refusal(error, response)));

  function settle(file, outcome) {
    outcomes.set(file.id, outcome);
    restored.delete(file.id);
    changed(file, outcome);
  }

  function add(chosen) {
    const refused = [];
    for (const { file, path } of chosen) {
      if (file.size === 0) refused.push({ name: path, sentence: _("This file is empty.") });
      else if (file.size > Number(mostBytes)) refused.push({ name: path, sentence: _("This file is larger than the gallery takes.") });
      else {
        try {
          uppy.addFile({ name: file.name, type: file.type, data: file, source: "chosen", meta: { relativePath: path } });
        } catch {
          // the same file was chosen before; it has its row already
        }
      }
    }
    return refused;
  }

  function start(particulars) {
    const said = Object.fromEntries(Object.entries(particulars).filter(([, value]) => value !== ""));
    for (const file of uppy.getFiles()) if (file.isGhost) uppy.removeFile(file.id);
    for (const file of waiting()) uppy.setFileMeta(file.id, said);
    uppy.upload().catch(() => {}); // each file's own error is told at its row
    changed();
  }

  function waiting() {
    return uppy.getFiles().filter((file) => !file.isGhost && !file.progress.uploadStarted && !file.progress.uploadComplete && !file.error);
  }

  function sums() {
    const files = uppy.getFiles();
    const ended = (state) => [...outcomes.values()].filter((outcome) => outcome.state === state).length;
    const running = files.filter((file) => file.progress.uploadStarted && !outcomes.has(file.id));
    return {
      all: files.length,
      waiting: waiting().length,
      running: running.length,
      restored: restored.size,
      added: ended("added"),
      there: ended("already-there"),
      refused: ended("refused"),
      failed: ended("failed"),
      sentBytes: files.reduce((sum, file) => sum + (Number(file.progress.bytesUploaded) || 0), 0),
      allBytes: files.filter((file) => file.progress.uploadStarted).reduce((sum, file) => sum + file.size, 0),
    };
  }

  return {
    add,
    start,
    sums,
    remove: (id) => { restored.delete(id); uppy.removeFile(id); },
    retry: () => {
      for (const [id, outcome] of outcomes) if (outcome.state === "failed") outcomes.delete(id);
      uppy.retryAll().catch(() => {});
    },
    togglePause: () => {
      paused = !paused;
      if (paused) uppy.pauseAll();
      else uppy.resumeAll();
      return paused;
    },
  };
}

// What the server refused will be refused again; anything else may pass the next time.
function refusal(error, response) {
  const status = response?.status ?? 0;
  const sentence = sentenceOf(response?.body?.xhr);
  if (status === 401) return { state: "failed", sentence: _("You are signed out. Load the page again and sign in; nothing is lost.") };
  if (status === 507) return { state: "failed", sentence: sentence || _("The server's disk is full.") };
  if (status === 429 || status === 0 || status >= 500) return { state: "failed", sentence: sentence || _("The network or the server did not answer.") };
  return { state: "refused", sentence: sentence || _("The server refused it ({status}).", { status }) };
}

function sentenceOf(request) {
  try {
    const { detail, error } = JSON.parse(request.responseText);
    return detail ?? error ?? "";
  } catch {
    return "";
  }
}
