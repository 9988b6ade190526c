// Keeps the record of every image that the token may see in images.json.
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";

const { EVIDENT_URL, EVIDENT_TOKEN } = process.env;
const answer = await fetch(`${EVIDENT_URL}/api/v1/image_syncs`, {
  headers: { Authorization: `Bearer ${EVIDENT_TOKEN}` },
});
if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
await pipeline(answer.body, createWriteStream("images.json"));
