// A screenshot with at most 256 colours: a third of the bytes, and no difference that one sees on text and lines.
import { deflateSync, inflateSync } from "node:zlib";

const crcs = Uint32Array.from({ length: 256 }, (_, n) => { for (let i = 0; i < 8; i += 1) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1; return n >>> 0; });
function chunk(name, data) {
  const out = Buffer.alloc(data.length + 12);
  out.writeUInt32BE(data.length, 0);
  out.write(name, 4, "latin1");
  data.copy(out, 8);
  let crc = 0xffffffff;
  for (const b of out.subarray(4, data.length + 8)) crc = crcs[(crc ^ b) & 255] ^ (crc >>> 8);
  out.writeUInt32BE((crc ^ 0xffffffff) >>> 0, data.length + 8);
  return out;
}

/** Width, height and the pixels as 0xRRGGBB of a PNG with eight bits a channel. */
function decoded(png) {
  let [width, height, channels] = [0, 0, 0];
  const parts = [];
  for (let at = 8; at < png.length; ) {
    const [size, name] = [png.readUInt32BE(at), png.toString("latin1", at + 4, at + 8)];
    const data = png.subarray(at + 8, at + 8 + size);
    if (name === "IHDR") {
      [width, height, channels] = [data.readUInt32BE(0), data.readUInt32BE(4), { 2: 3, 6: 4 }[data[9]]];
      if (data[8] !== 8 || !channels || data[12]) throw new Error("a screenshot of another kind than expected");
    }
    if (name === "IDAT") parts.push(data);
    at += size + 12;
  }
  const raw = inflateSync(Buffer.concat(parts));
  const line = width * channels;
  const now = Buffer.alloc(line * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (line + 1)];
    for (let x = 0; x < line; x += 1) {
      const a = x >= channels ? now[y * line + x - channels] : 0;
      const b = y ? now[(y - 1) * line + x] : 0;
      const c = y && x >= channels ? now[(y - 1) * line + x - channels] : 0;
      const p = a + b - c;
      const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
      const guess = [0, a, b, (a + b) >> 1, pa <= pb && pa <= pc ? a : pb <= pc ? b : c][filter];
      now[y * line + x] = raw[y * (line + 1) + 1 + x] + guess;
    }
  }
  const pixels = Uint32Array.from({ length: width * height }, (_, i) => (now[i * channels] << 16) | (now[i * channels + 1] << 8) | now[i * channels + 2]);
  return { width, height, pixels };
}

/** The colours that stand for all: boxes of them are halved where they are widest, weighed by how many pixels they have. */
function palette(counts) {
  const parts = (c) => [c >> 16, (c >> 8) & 255, c & 255];
  const boxes = [[...counts].map(([c, n]) => ({ c: parts(c), n }))];
  const spread = (box) => [0, 1, 2].map((k) => { const v = box.map((x) => x.c[k]); return Math.max(...v) - Math.min(...v); });
  const weight = (box) => (box.length < 2 ? -1 : Math.max(...spread(box)) * Math.log2(2 + box.reduce((s, x) => s + x.n, 0)));
  while (boxes.length < 256) {
    const at = boxes.map(weight).reduce((best, w, i, all) => (w > all[best] ? i : best), 0);
    if (boxes[at].length < 2) break;
    const s = spread(boxes[at]);
    const k = s.indexOf(Math.max(...s));
    const box = boxes[at].sort((p, q) => p.c[k] - q.c[k]);
    boxes.splice(at, 1, box.slice(0, box.length >> 1), box.slice(box.length >> 1));
  }
  // The colour that most pixels of a box have, so that paper and ink stay what they are.
  return boxes.map((box) => box.reduce((best, x) => (x.n > best.n ? x : best)).c);
}

export function smaller(png) {
  const { width, height, pixels } = decoded(png);
  const counts = new Map();
  for (const p of pixels) counts.set(p, (counts.get(p) ?? 0) + 1);
  const colours = palette(counts);
  const index = new Map();
  for (const p of counts.keys()) {
    let best = [0, Infinity];
    colours.forEach(([r, g, b], i) => {
      const far = 2 * ((p >> 16) - r) ** 2 + 4 * (((p >> 8) & 255) - g) ** 2 + 3 * ((p & 255) - b) ** 2;
      if (far < best[1]) best = [i, far];
    });
    index.set(p, best[0]);
  }
  const raw = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) raw[y * (width + 1) + 1 + x] = index.get(pixels[y * width + x]);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), chunk("IHDR", head), chunk("PLTE", Buffer.from(colours.flat())), chunk("IDAT", deflateSync(raw, { level: 9 })), chunk("IEND", Buffer.alloc(0))]);
}
