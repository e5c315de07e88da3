// Opens a report in Chromium and checks what only a browser can tell: node check.mjs [REPORT.html]
// Without a name, it is the one that `cargo xtask test` writes to out/browser.
// CHROMIUM names the browser, /usr/bin/chromium by default.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const made = new URL("../../../../out/browser/index.html", import.meta.url);
const url = process.argv[2] ? pathToFileURL(resolve(process.argv[2])).href : made.href;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags });

let passed = 0;
const failed = [];
async function check(name, run) {
  try { await run(); passed += 1; console.log(`ok   ${name}`); } catch (e) { failed.push(name); console.log(`FAIL ${name}\n     ${String(e.message ?? e).split("\n").slice(0, 12).join("\n     ")}`); }
}
function assert(ok, message) { if (!ok) throw new Error(message); }

/** A page with the report in it, and every request and complaint it made. */
async function open({ width = 1280, height = 900, script = true, scheme = "light", media = null, bypass = false } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, javaScriptEnabled: script, colorScheme: scheme, bypassCSP: bypass });
  const page = await context.newPage();
  const heard = { requests: [], errors: [] };
  page.on("request", (r) => { if (!/^(file|data):/.test(r.url())) heard.requests.push(r.url()); });
  page.on("console", (m) => { if (m.type() === "error") heard.errors.push(m.text()); });
  page.on("pageerror", (e) => heard.errors.push(e.message));
  if (media) await page.emulateMedia({ media });
  await page.goto(url);
  return { page, heard, close: () => context.close() };
}

await check("loads nothing and complains of nothing", async () => {
  const { page, heard, close } = await open();
  await page.waitForTimeout(200);
  assert(heard.requests.length === 0, `requests: ${heard.requests}`);
  assert(heard.errors.length === 0, `errors: ${heard.errors}`);
  await close();
});

await check("has its main parts, in order", async () => {
  const { page, close } = await open();
  const levels = await page.$$eval("h1, h2, h3, h4", (hs) => hs.map((h) => Number(h.localName[1])));
  assert(levels[0] === 1 && levels.filter((l) => l === 1).length === 1, "one h1, first");
  for (let i = 1; i < levels.length; i += 1) assert(levels[i] - levels[i - 1] <= 1, `a heading is skipped at ${i}: ${levels.slice(i - 1, i + 1)}`);
  for (const part of ["header.top", "nav", "main", "footer", "#contradictions", "#days", "#pages"]) assert(await page.$(part), `${part} is missing`);
  await close();
});

await check("the embedded fonts are used", async () => {
  const { page, close } = await open();
  const ok = await page.evaluate(() => document.fonts.ready.then(() => document.fonts.check('17px "Recoupe Serif"') && document.fonts.check('15px "Recoupe Sans"')));
  assert(ok, "fonts did not load");
  await close();
});

await check("a value opens to its sentence by keyboard alone, without scripts too", async () => {
  for (const script of [true, false]) {
    const { page, close } = await open({ script });
    const cell = page.locator("article.incident > details[open] details.cell > summary").first();
    if (await cell.count() === 0) { await page.locator("article.incident > details > summary").first().press("Enter"); }
    const first = page.locator("article.incident details.cell > summary:visible").first();
    await first.focus();
    await page.keyboard.press("Enter");
    const quote = page.locator("article.incident details.cell[open] blockquote").first();
    await quote.waitFor({ state: "visible", timeout: 3000 });
    assert((await quote.innerText()).length > 10, "an empty sentence");
    assert(await first.getAttribute("title"), "no sentence on hover");
    await close();
  }
});

await check("tables have a caption, column and row heads", async () => {
  const { page, close } = await open();
  const bad = await page.$$eval("table", (ts) => ts.filter((t) => !t.caption?.textContent.trim() || !t.querySelector("th[scope=col]") || !t.querySelector("th[scope=row]")).map((t) => t.className));
  assert(bad.length === 0, `tables: ${bad}`);
  await close();
});

for (const width of [320, 390, 768, 1280, 1920]) {
  await check(`nothing is wider than the screen at ${width} px`, async () => {
    const { page, close } = await open({ width });
    await page.evaluate(() => { for (const d of document.querySelectorAll("details")) d.open = true; });
    await page.waitForTimeout(150);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert(wide <= 0, `${wide} px too wide`);
    await close();
  });
}

await check("a link into a folded page opens it", async () => {
  const { page, close } = await open();
  const target = await page.$$eval("#pages [id^=c]", (es) => es[0]?.id);
  if (target) {
    await page.goto(`${url}#${target}`);
    await page.waitForTimeout(150);
    assert(await page.evaluate((id) => document.getElementById(id).closest("details").open, target), `#${target} stays folded`);
  }
  await close();
});

await check("j and k walk through the incidents", async () => {
  const { page, close } = await open();
  await page.keyboard.press("j");
  const at = () => page.evaluate(() => document.activeElement.closest("article.incident")?.id);
  const first = await at();
  assert(first, "j does not reach an incident");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  assert(await at() === first, "k does not go back");
  await close();
});

for (const scheme of ["light", "dark"]) {
  await check(`accessible (axe, WCAG 2.2 AA), ${scheme}`, async () => {
    const { page, close } = await open({ scheme, bypass: true });
    // What is off the screen has only a guessed place until it is laid out; targets there would seem to cover each other.
    await page.addStyleTag({ content: "*, ::details-content { content-visibility: visible !important; }" });
    await page.evaluate(() => { for (const d of document.querySelectorAll("details")) d.open = true; });
    await page.addScriptTag({ content: axe });
    const found = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] }));
    // WCAG 2.5.8 leaves out targets inside a sentence. axe takes a paragraph that is one claim from end to end for no sentence.
    const inline = (v, n) => v.id === "target-size" && /^<a [^>]*class="cl /.test(n.html);
    for (const v of found.violations) v.nodes = v.nodes.filter((n) => !inline(v, n));
    const list = found.violations.filter((v) => v.nodes.length).map((v) => `${v.id} (${v.nodes.length}): ${v.help}\n  ${v.nodes.slice(0, 3).map((n) => `${n.html.slice(0, 160)} ${n.any[0]?.message ?? n.all[0]?.message ?? ""}`).join("\n  ")}`);
    assert(list.length === 0, list.join("\n"));
    await close();
  });
}

await check("prints without a sideways cut", async () => {
  const { page, close } = await open({ width: 720, media: "print" });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert(wide <= 0, `${wide} px too wide`);
  const pdf = await page.pdf({ format: "A4" });
  assert(pdf.length > 10_000, "an empty PDF");
  await close();
});

await browser.close();
console.log(`\n${passed} passed, ${failed.length} failed`);
process.exit(failed.length ? 1 : 0);
