// Renditions as sharp's documentation shows them: node sharp_peer.mjs set|small FOLDER ROUNDS FILE…
// `small` is one of 200 × 200.
// Prints the CPU seconds (user and system, all threads) of one file.
import sharp from "sharp";

const [what, folder, rounds, ...files] = process.argv.slice(2);

async function set(file) {
  const viewed = await sharp(file)
    .rotate()
    .resize(1920, 1920, { fit: "inside", withoutEnlargement: true })
    .jpeg({ quality: 85 })
    .toBuffer();
  const grid = { quality: 80, chromaSubsampling: "4:4:4" };
  await sharp(viewed).toFile(`${folder}/1920.jpg`);
  await sharp(viewed).resize(300, null, { withoutEnlargement: true }).jpeg(grid).toFile(`${folder}/300.jpg`);
  for (const side of [200, 100]) {
    await sharp(viewed).resize(side, side).jpeg(grid).toFile(`${folder}/${side}.jpg`);
  }
}

async function small(file) {
  await sharp(file).rotate().resize(200, 200).jpeg({ quality: 80 }).toBuffer();
}

const make = { set, small }[what];
sharp.concurrency(1);
sharp.cache(false);
for (const file of files) await make(file);
const before = process.cpuUsage();
for (let round = 0; round < Number(rounds); round += 1) {
  for (const file of files) await make(file);
}
const spent = process.cpuUsage(before);
console.log((spent.user + spent.system) / 1e6 / (Number(rounds) * files.length));
