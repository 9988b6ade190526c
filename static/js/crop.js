// The frame on the picture and the four numbers say the same; whichever is changed, the other follows.

const form = document.querySelector("[data-crop]");
const stage = form?.querySelector("[data-stage]");
if (stage) start(form, stage);

function start(form, stage) {
  const frame = stage.querySelector("[data-frame]");
  const [whole, size] = [form.querySelector("[data-whole]"), { w: Number(form.dataset.width), h: Number(form.dataset.height) }];
  const fields = Object.fromEntries(["x", "y", "w", "h"].map((name) => [name, form.elements[name]]));
  let drag = null;

  const read = () => Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, Math.round(Number(value)) || 0]));

  function write(wanted) {
    const w = clamp(wanted.w, 1, size.w);
    const h = clamp(wanted.h, 1, size.h);
    const box = { w, h, x: clamp(wanted.x, 0, size.w - w), y: clamp(wanted.y, 0, size.h - h) };
    for (const name in box) fields[name].value = Math.round(box[name]);
    draw();
  }

  function draw() {
    const { x, y, w, h } = read();
    const shares = { x: x / size.w, y: y / size.h, w: w / size.w, h: h / size.h };
    for (const name in shares) stage.style.setProperty(`--${name}`, percent(shares[name]));
  }

  stage.addEventListener("pointerdown", (event) => {
    const corner = event.target.dataset.corner ?? (event.target === frame ? "move" : null);
    if (!corner) return;
    event.preventDefault();
    frame.focus();
    drag = { corner, from: event, box: read(), scale: size.w / stage.clientWidth };
    stage.setPointerCapture(event.pointerId);
  });
  stage.addEventListener("pointermove", (event) => {
    if (!drag) return;
    write(dragged(drag, (event.clientX - drag.from.clientX) * drag.scale, (event.clientY - drag.from.clientY) * drag.scale, size));
  });
  for (const end of ["pointerup", "pointercancel"]) stage.addEventListener(end, () => { drag = null; });

  frame.addEventListener("keydown", (event) => {
    const step = Math.max(1, Math.round(size.w / 100));
    const [dx, dy] = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key] ?? [0, 0];
    if (!dx && !dy) return;
    event.preventDefault();
    const box = read();
    write(event.shiftKey ? { ...box, w: box.w + dx, h: box.h + dy } : { ...box, x: box.x + dx, y: box.y + dy });
  });
  form.addEventListener("input", draw);
  whole.addEventListener("click", () => write({ x: 0, y: 0, ...size }));
  whole.hidden = frame.hidden = false;
  draw();
}

function dragged({ corner, box }, dx, dy, size) {
  if (corner === "move") return { ...box, x: box.x + dx, y: box.y + dy };
  const right = box.x + box.w;
  const bottom = box.y + box.h;
  const left = corner.endsWith("w") ? clamp(box.x + dx, 0, right - 1) : box.x;
  const top = corner.startsWith("n") ? clamp(box.y + dy, 0, bottom - 1) : box.y;
  const newRight = corner.endsWith("e") ? clamp(right + dx, left + 1, size.w) : right;
  const newBottom = corner.startsWith("s") ? clamp(bottom + dy, top + 1, size.h) : bottom;
  return { x: left, y: top, w: newRight - left, h: newBottom - top };
}

function clamp(number, least, most) {
  return Math.min(Math.max(number, least), most);
}

function percent(share) {
  return `${share * 100}%`;
}
