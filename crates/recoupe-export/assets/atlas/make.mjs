// Makes world.bin from the 1:10m countries of Natural Earth (npm: world-atlas), see README.md beside this file.
//
// Format, all numbers unsigned LEB128 unless said otherwise, signed ones zigzag:
//   "RCPATLAS" · version 1 · units per degree
//   arcs: count, then per arc: points, then x y of the first point and differences of the others (signed)
//   countries: count, then per country: two letters (ISO 3166 alpha-2, "--" where it has none), rings,
//     per ring: arcs, then signed arc numbers (~n: arc n backwards)
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { filter, filterWeight, presimplify, simplify } from "topojson-simplify";

const UNITS = 1000;
const require = createRequire(import.meta.url);
let topo = JSON.parse(readFileSync(require.resolve("world-atlas/countries-10m.json"), "utf8"));
delete topo.objects.land;
topo = presimplify(topo);
topo = simplify(topo, Number(process.env.AREA ?? 6e-5)); // square degrees of the triangles left out
topo = filter(topo, filterWeight(topo, 4e-4)); // islets that no report at this scale shows

const bytes = [];
const u = (n) => { while (n > 127) { bytes.push((n & 127) | 128); n = Math.floor(n / 128); } bytes.push(n); };
const s = (n) => u(n < 0 ? -2 * n - 1 : 2 * n);
for (const c of "RCPATLAS") bytes.push(c.charCodeAt(0));
u(1); u(UNITS);

const arcs = topo.arcs.map((arc) => {
  const out = [];
  for (const [x, y] of arc) {
    const p = [Math.round(x * UNITS), Math.round(y * UNITS)];
    const q = out.at(-1);
    if (!q || q[0] !== p[0] || q[1] !== p[1]) out.push(p);
  }
  return out;
});
u(arcs.length);
let points = 0;
for (const arc of arcs) {
  points += arc.length;
  u(arc.length);
  let [px, py] = [0, 0];
  for (const [x, y] of arc) { s(x - px); s(y - py); [px, py] = [x, y]; }
}
const region = (id) => {
  try { return new Intl.Locale(`und-${id}`).region.match(/^[A-Z]{2}$/)?.[0] ?? "--"; } catch { return "--"; }
};
const countries = topo.objects.countries.geometries.map((g) => ({
  code: g.id ? region(g.id) : "--",
  rings: g.type === "Polygon" ? g.arcs : g.type === "MultiPolygon" ? g.arcs.flat() : [],
})).filter((c) => c.rings.length).sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
u(countries.length);
for (const c of countries) {
  bytes.push(c.code.charCodeAt(0), c.code.charCodeAt(1));
  u(c.rings.length);
  for (const ring of c.rings) { u(ring.length); for (const a of ring) s(a); }
}
writeFileSync(new URL("world.bin", import.meta.url), Buffer.from(bytes));
console.log(`${arcs.length} arcs, ${points} points, ${countries.length} countries, ${bytes.length} bytes`);
console.log(countries.map((c) => c.code).join(" "));
