// Brings photo.jpg into the album, with where the device said it was.
import { openAsBlob } from "node:fs";

const { EVIDENT_URL, EVIDENT_TOKEN, EVIDENT_ALBUM } = process.env;
const form = new FormData();
form.set("tags", "inspection,north side");
form.set("title", "Crack in the third pier");
form.set("location", JSON.stringify({ latitude: 48.8619, longitude: 2.3364, accuracy: 12.5 }));
form.set("file", await openAsBlob("photo.jpg"), "photo.jpg");
const answer = await fetch(`${EVIDENT_URL}/api/v1/albums/${encodeURIComponent(EVIDENT_ALBUM)}/images`, {
  method: "POST",
  headers: { Authorization: `Bearer ${EVIDENT_TOKEN}` },
  body: form,
});
if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
const [image] = await answer.json(); // 201: it is new; 200: the album has this file already
console.log(image.id);
