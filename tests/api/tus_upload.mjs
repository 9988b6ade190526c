// Uploads a file with tus-js-client, aborts it half-way, and lets a second upload find and resume it.
// node tus_upload.mjs ENDPOINT AUTHORIZATION FILE CHUNK_BYTES; prints {"resumed": offset, "result": …}

import { createReadStream, statSync } from "node:fs";
import tus from "tus-js-client";

const [endpoint, authorization, path, chunkBytes] = process.argv.slice(2);
const size = statSync(path).size;
const options = {
  endpoint,
  chunkSize: Number(chunkBytes),
  uploadSize: size,
  headers: { Authorization: authorization },
  metadata: { filename: "Brücke.jpg", filetype: "image/jpeg", tags: "js,tus" },
  retryDelays: [0, 100, 500],
};

const url = await new Promise((resolve, reject) => {
  const upload = new tus.Upload(createReadStream(path), {
    ...options,
    onError: reject,
    onSuccess: () => reject(new Error("it ended before it could be interrupted")),
    onChunkComplete: async (_chunk, accepted) => {
      if (accepted < size / 2) return;
      await upload.abort();
      resolve(upload.url);
    },
  });
  upload.start();
});

await new Promise((resolve, reject) => {
  const offsets = [];
  const upload = new tus.Upload(createReadStream(path), {
    ...options,
    uploadUrl: url,
    onError: reject,
    onProgress: (sent) => offsets.push(sent),
    onSuccess: ({ lastResponse }) => {
      console.log(JSON.stringify({ resumed: offsets[0], result: lastResponse.getHeader("Upload-Result") }));
      resolve();
    },
  });
  upload.start();
});
