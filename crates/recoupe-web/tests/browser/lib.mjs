// What the test and the tour have in common: the command, a server, a browser that listens.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = fileURLToPath(new URL("../../../../", import.meta.url));
export const recoupe = resolve(root, process.env.RECOUPE ?? "target/ci/recoupe");
export const example = (name) => join(root, "examples/idlib-2020", name);
export const examples = ["deux-rives.txt", "echo-du-detroit.txt", "fanal.txt", "gazette-transalpine.html", "quotidien-des-ports.txt", "radio-nevaria.txt"];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export function assert(ok, message) { if (!ok) throw new Error(message); }
export function same(is, should, what) { assert(JSON.stringify(is) === JSON.stringify(should), `${what}: ${JSON.stringify(is)}, not ${JSON.stringify(should)}`); }

const folders = [];
const running = new Set();

/** An empty folder that is gone afterwards. */
export function folder() {
  const dir = mkdtempSync(join(tmpdir(), "recoupe-web-"));
  folders.push(dir);
  return dir;
}

/** Runs the command in a folder; returns what it prints, throws where it fails. */
export function run(dir, args, input) {
  return execFileSync(recoupe, args, { cwd: dir, input, encoding: "utf8", stdio: ["pipe", "pipe", "pipe"] });
}

/** A new workspace, with the pages of the example if asked for. */
export function workspace(filled = true) {
  const dir = folder();
  run(dir, ["init"]);
  if (filled) {
    execFileSync(recoupe, ["add", "-q", "-w", join(dir, "recoupe.db"), "examples/idlib-2020"], { cwd: root, stdio: "pipe" });
    run(dir, ["update", "-q"]);
  }
  return dir;
}

/** Serves the workspace of a folder; ready when it says its address. */
export function serve(dir, { port = 0, args = [], as = "ines" } = {}) {
  const child = spawn(recoupe, ["serve", "--listen", `127.0.0.1:${port}`, "--as", as, ...args], { cwd: dir, stdio: ["ignore", "ignore", "pipe"] });
  running.add(child);
  let said = "";
  let asked = false;
  child.stderr.setEncoding("utf8");
  const ended = new Promise((done) => child.once("exit", (code, signal) => {
    running.delete(child);
    if (!asked) complaints.push(`recoupe serve ended by itself: ${code ?? signal} ${said}`);
    done(code ?? signal);
  }));
  const end = (signal = "SIGTERM") => { asked = true; child.kill(signal); return ended; };
  return new Promise((done, failed) => {
    child.stderr.on("data", (text) => {
      said += text;
      const url = /http:\/\/[^/\s]+/.exec(said)?.[0];
      if (url) done({ url, port: Number(new URL(url).port), dir, end });
    });
    ended.then((code) => failed(new Error(`recoupe serve ended with ${code}: ${said}`)));
  });
}

const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--font-render-hinting=none"];
export const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags });

/** Everything that was heard from all pages and should not have been. */
export const complaints = [];
/** How many answers were looked at. */
export const looked = { answers: 0 };

/** A person with a browser of their own. `refused` are the statuses that a step provokes on purpose. */
export async function person(server, { width = 1280, height = 900, script = true, scheme = "light", locale = "en-GB", bypass = false, scale = 1 } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, javaScriptEnabled: script, colorScheme: scheme, locale, bypassCSP: bypass, reducedMotion: "reduce", deviceScaleFactor: scale });
  const page = await context.newPage();
  page.setDefaultTimeout(5000);
  const refused = new Set();
  const home = () => server.url;
  const complain = (what) => complaints.push(`${page.url().replace(home(), "")}: ${what}`);
  page.on("request", (r) => { if (!r.url().startsWith(`${home()}/`) && !/^(data|blob):/.test(r.url())) complain(`asks elsewhere: ${r.url()}`); });
  page.on("response", (r) => {
    if (!r.url().startsWith(`${home()}/`)) return;
    looked.answers += 1;
    const h = r.headers();
    if (!/default-src 'none'/.test(h["content-security-policy"] ?? "")) complain(`no policy: ${r.url()}`);
    if (h["x-content-type-options"] !== "nosniff") complain(`may be sniffed: ${r.url()}`);
    if (r.status() >= 400 && !refused.has(r.status())) complain(`${r.status()}: ${r.url()}`);
  });
  page.on("console", (m) => { if (m.type() === "error" && !/Failed to load resource: the server responded with a status of/.test(m.text())) complain(m.text()); });
  page.on("pageerror", (e) => complain(e.message));
  page.on("dialog", (d) => { complain(`a dialog: ${d.message()}`); return d.dismiss(); });
  const go = (path) => page.goto(home() + path);
  const json = async (path) => { const answer = await context.request.get(home() + path); assert(answer.ok(), `${path}: ${answer.status()}`); return answer.json(); };
  const path = () => { const u = new URL(page.url()); return u.pathname; };
  return { page, context, refused, go, json, path, close: () => context.close() };
}

/** What axe finds serious on the page as it is shown now. */
export async function accessible(page, rules) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const found = await page.evaluate((rules) => axe.run(document, { resultTypes: ["violations"], runOnly: rules ?? ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] }), rules);
  const serious = found.violations.filter((v) => v.impact === "serious" || v.impact === "critical");
  // WCAG 2.5.8 leaves out targets inside a sentence; axe takes a paragraph that is one claim from end to end for no sentence.
  for (const v of serious) v.nodes = v.nodes.filter((n) => !(v.id === "target-size" && /^<a [^>]*class="cl /.test(n.html)));
  return serious.filter((v) => v.nodes.length).map((v) => `${v.id} (${v.nodes.length}): ${v.nodes.slice(0, 3).map((n) => `${n.html.slice(0, 160)} ${n.any[0]?.message ?? n.all[0]?.message ?? ""}`).join("\n  ")}`);
}

/** Ends what is left and clears up. */
export async function finish() {
  await browser.close();
  for (const child of running) child.kill("SIGKILL");
  for (const dir of folders) rmSync(dir, { recursive: true, force: true });
}
