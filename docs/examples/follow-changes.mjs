// Keeps a mirror of every record in mirror.json up to date: run it again, or in a loop with wait=30.
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const { EVIDENT_URL, EVIDENT_TOKEN } = process.env;
let mirror = existsSync("mirror.json")
  ? JSON.parse(readFileSync("mirror.json", "utf8"))
  : { cursor: "", images: {} };
for (let hasMore = true; hasMore; ) {
  const query = new URLSearchParams({ cursor: mirror.cursor, limit: "500" });
  const answer = await fetch(`${EVIDENT_URL}/api/v1/image_syncs/changes?${query}`, {
    headers: { Authorization: `Bearer ${EVIDENT_TOKEN}` },
  });
  if (answer.status === 410) {
    // away for more than 30 days, or the token sees other albums now
    mirror = { cursor: "", images: {} };
    continue;
  }
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  const page = await answer.json();
  for (const gone of page.deleted) delete mirror.images[gone.id];
  for (const record of page.upserted) mirror.images[record.id] = record;
  mirror.cursor = page.cursor;
  hasMore = page.has_more;
  writeFileSync("mirror.json", JSON.stringify(mirror));
}
console.log(`${Object.keys(mirror.images).length} images`);
