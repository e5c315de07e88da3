// Works with `recoupe serve` in Chromium as people do: RECOUPE=target/debug/recoupe node story.mjs [FILTER]
// RECOUPE names the command, target/ci/recoupe by default; CHROMIUM the browser, /usr/bin/chromium by default.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { accessible, assert, complaints, example, examples, finish, looked, person, run, same, serve, workspace } from "./lib.mjs";

let passed = 0;
const failed = [];
const begun = Date.now();
const only = process.argv[2];

/** One step; what the browser complains of meanwhile is a failure too. */
async function check(name, step) {
  if (only && !name.includes(only)) return;
  complaints.length = 0;
  const start = Date.now();
  try {
    await step();
    same(complaints, [], "complaints");
    passed += 1;
    console.log(`ok   ${name} (${Date.now() - start} ms)`);
  } catch (e) {
    failed.push(name);
    console.log(`FAIL ${name} (${Date.now() - start} ms)\n     ${String(e.stack ?? e).split("\n").slice(0, 14).join("\n     ")}${complaints.length ? `\n     heard: ${complaints.slice(0, 5).join("\n            ")}` : ""}`);
  }
}

const text = (page, selector = "main") => page.locator(selector).first().innerText();
const status = (page) => text(page, "[role=status]");
/** Which element has the focus, in a word. */
const focus = (page) => page.evaluate(() => { const e = document.activeElement; return e.id || e.getAttribute("href") || e.className || e.localName; });
/** Presses Tab until the focus is where it should be. */
async function tabTo(page, selector, most = 80) {
  for (let i = 0; i < most; i += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((s) => document.activeElement.matches(s), selector)) return;
  }
  throw new Error(`Tab does not reach ${selector} in ${most} steps; it is on ${await focus(page)}`);
}
/** Does what leads to another page, and waits until that is there. */
async function leads(page, to, act) {
  await Promise.all([page.waitForURL(to, { waitUntil: "load" }), act()]);
}
/** Does what takes a decision back, and waits until that is recorded. */
async function again(page, act) {
  const before = page.url();
  await leads(page, (u) => u.href !== before && u.searchParams.get("said") === "recorded", act);
}
/** Rows of a table as RFC 4180 has them. */
function csv(source) {
  const rows = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|$)/gy;
  for (let m; cell.lastIndex < source.length && (m = cell.exec(source)); ) {
    rows.at(-1).push(m[1]?.replaceAll('""', '"') ?? m[2]);
    if (m[3] !== "," && cell.lastIndex < source.length) rows.push([]);
  }
  const [head, ...body] = rows;
  for (const r of body) same(r.length, head.length, `cells of ${r[0]}`);
  return body.map((r) => Object.fromEntries(head.map((h, i) => [h, r[i]])));
}

// ---- The whole story, by one person on her own machine ----

const mine = workspace(false);
const server = await serve(mine);
const ines = await person(server);
const { page } = ines;
/** Incidents by what they are, whatever their names. */
const incidents = async (who = ines) => (await who.json("/incidents.json?all=1")).items;
const strike = async (who = ines) => (await incidents(who)).find((x) => x.type === "airstrike" && x.killed?.low === 2);
let contested;

await check("an empty workspace says what to do", async () => {
  await ines.go("/");
  assert(/no page here yet/.test(await text(page)), "the first page does not say that it is empty");
  await leads(page, "**/add", () => page.locator("main").getByRole("link", { name: "Add" }).click());
});

await check("pages are added from files, with what is known about them", async () => {
  await page.locator("input[type=file]").setInputFiles(example("echo-du-detroit.txt"));
  await page.getByLabel("Outlet").fill("L’Écho du Détroit");
  await page.getByLabel("Published on").fill("2020-02-20");
  await page.getByLabel("Address").fill("https://echodudetroit.example/2020/idlib");
  await leads(page, "**/pages/1?said=added", () => page.getByRole("button", { name: "Add and compare" }).click());
  same(await status(page), "Page added and compared.", "what is said");
  assert(/L’Écho du Détroit · 20 February 2020 · French · \d+ claims/.test(await text(page, ".under")), await text(page, ".under"));
  const others = examples.filter((f) => f !== "echo-du-detroit.txt");
  for (const [added, known] of [["5 pages added", "0 already there"], ["0 pages added", "5 already there"]]) {
    await ines.go("/add");
    await page.locator("input[type=file]").setInputFiles(others.map(example));
    await page.getByRole("button", { name: "Add and compare" }).click();
    await page.getByText(`${added} · ${known}`).waitFor();
  }
  same((await ines.json("/pages.json")).total, 6, "pages");
});

await check("a page can be pasted, an empty form and a picture are refused with a word", async () => {
  await ines.go("/add");
  await page.getByLabel("or pasted text").fill("Communiqué\n\nQuatre personnes ont été blessées mardi 3 mars 2020 par un tir de roquette à Alep, a annoncé la police.");
  await leads(page, "**/pages/7?said=added", () => page.getByRole("button", { name: "Add and compare" }).click());
  const claims = (await ines.json("/pages/7.json")).claims;
  assert(claims.some((c) => c.tolls?.some((t) => t.kind === "wounded" && t.min === 4)), "the four wounded were not read");
  ines.refused.add(400);
  await ines.go("/add");
  await page.getByRole("button", { name: "Add and compare" }).click();
  same(await text(page, "h1"), "No file and no text.", "what is said of an empty form");
  await ines.go("/add");
  await page.locator("input[type=file]").setInputFiles([{ name: "photo.jpg", mimeType: "image/jpeg", buffer: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 0, 0, 0, 0]) }]);
  await page.getByRole("button", { name: "Add and compare" }).click();
  await page.getByText("photo.jpg: is not text").waitFor();
  ines.refused.clear();
});

await check("the overview puts what contradicts first; j and Enter open it", async () => {
  await ines.go("/");
  const first = page.locator(".front section").first();
  same(await first.locator("h2").innerText(), "What contradicts", "the first part");
  await page.keyboard.press("j");
  const link = first.locator("li a.what").first();
  assert(await link.evaluate((e) => e === document.activeElement), `j leads to ${await focus(page)}`);
  await leads(page, "**/incidents/i*", () => page.keyboard.press("Enter"));
  contested = ines.path().split("/").pop();
  same((await ines.json(`/incidents/${contested}.json`)).incident.standing ?? "contested", "contested", "its standing");
  assert(/contested/.test(await text(page, ".under")), "the head does not say that it is contested");
});

await check("accounts stand side by side; a cell opens to its sentence by keyboard", async () => {
  const heads = await page.locator("table.compare th[scope=col] .voice").allInnerTexts();
  assert(heads.length >= 3, `voices: ${heads}`);
  assert(await page.locator("table.compare tr.clashing th[scope=row]").count() > 0, "no row is marked as contradicting");
  await tabTo(page, "details.cell > summary");
  const cell = page.locator("details.cell", { has: page.locator("summary:focus") });
  assert(!(await cell.locator("blockquote").first().isVisible()), "the sentence is there before it is asked for");
  await page.keyboard.press("Enter");
  const quote = page.locator("details.cell[open] blockquote").first();
  await quote.waitFor({ state: "visible" });
  assert((await quote.locator("q").innerText()).length > 20, "an empty sentence");
  assert(/^\/pages\/\d+#c/.test(await quote.locator("cite a").getAttribute("href")), "no way to the page");
  await page.keyboard.press("Enter");
  await quote.waitFor({ state: "hidden" });
});

await check("a claim is split off by keyboard, and z undoes it", async () => {
  const before = (await ines.json(`/incidents/${contested}.json`)).incident.claims;
  assert(before.length > 1, "one claim only");
  await page.keyboard.press("x");
  await page.locator("details.split[open]").waitFor();
  await tabTo(page, "details.split input[type=checkbox]");
  await page.keyboard.press("Space");
  const gone = await page.locator("details.split input:checked").getAttribute("value");
  await tabTo(page, "details.split input[name=reason]");
  await page.keyboard.type("another village");
  await tabTo(page, "details.split button");
  await leads(page, "**/incidents/*said=recorded*", () => page.keyboard.press("Enter"));
  assert(/Decision recorded/.test(await status(page)), await status(page));
  const after = (await ines.json(`${ines.path()}.json`)).incident.claims;
  assert(!(before.includes(gone) && after.includes(gone) && after.length === before.length), "the claim is still there");
  const holding = await Promise.all((await incidents()).map(async (x) => (await ines.json(`/incidents/${x.id}.json`)).incident.claims));
  const home = holding.find((c) => c.includes(gone));
  assert(home && before.some((c) => !home.includes(c)), "it went nowhere");
  await again(page, () => page.keyboard.press("z"));
  same((await ines.json(`/incidents/${contested}.json`)).incident.claims, before, "claims after undoing");
});

await check("a toll is corrected on the page of a claim, and the incident shows it", async () => {
  const { id } = await strike();
  await ines.go(`/incidents/${id}`);
  await page.keyboard.press("e");
  await page.locator("details.correct[open]").waitFor();
  const link = page.locator("details.correct a", { hasText: "2 killed" }).first();
  const href = await link.getAttribute("href");
  await leads(page, `**${href}`, () => link.click());
  const form = page.locator("form", { has: page.locator("legend", { hasText: /^killed/i }) });
  same(await form.getByLabel("at least").inputValue(), "2", "the figure that was read");
  await form.getByLabel("at least").fill("3");
  await form.getByLabel("at most").fill("3");
  await leads(page, "**said=recorded*", () => form.getByRole("button", { name: "Correct" }).click());
  assert(/Decision recorded/.test(await status(page)), await status(page));
  const toll = (await ines.json(`${href}.json`)).claim.tolls.find((t) => t.kind === "killed");
  same([toll.min, toll.max], [3, 3], "the figure now");
  assert(/corrected by ines/.test(await text(page)), "it does not say who corrected");
  const now = (await incidents()).find((x) => x.id === id);
  same([now.killed.low, now.killed.high, now.standing], [2, 3, "differs"], "the incident");
  await ines.go(`/incidents/${id}`);
  assert(/2–3 killed|2 to 3 killed/.test(await text(page, ".under")), await text(page, ".under"));
  // what is no number is refused, and nothing is recorded
  const log = (await ines.json("/history.json")).total;
  ines.refused.add(400);
  await ines.go(href);
  await form.getByLabel("at least").fill("three");
  await form.getByRole("button", { name: "Correct" }).click();
  await page.getByRole("heading", { name: "This is not a number." }).waitFor();
  ines.refused.clear();
  same((await ines.json("/history.json")).total, log, "entries of the log");
});

await check("c confirms, and the decision stands on the page and in the log", async () => {
  const { id } = await strike();
  await ines.go(`/incidents/${id}`);
  await leads(page, "**said=recorded*", () => page.keyboard.press("c"));
  assert(/somebody decided/.test(await text(page, ".under")), "the head does not say so");
  assert(/confirm/i.test(await text(page, "section[aria-labelledby=h-past]")), "no decision is listed");
  const [last] = (await ines.json("/history.json")).items;
  same([last.decision.kind, last.author], ["confirm", "ines"], "the last entry");
});

await check("same, different and unsure have keys, which decide only about the line where one is", async () => {
  await ines.go(`/incidents/${contested}`);
  const first = page.locator("section[aria-labelledby=h-candidates] li").first();
  await page.keyboard.press("s");
  same([await page.locator("form[data-sent]").count(), await focus(page)], [0, await first.locator("a.what").getAttribute("href")], "what s does where one is in no line");
  for (const [key, kind] of [["d", "different"], ["u", "unsure"], ["s", "merge"]]) {
    await ines.go(`/incidents/${contested}`);
    const log = (await ines.json("/history.json")).total;
    const lines = page.locator("section[aria-labelledby=h-candidates] li");
    await lines.nth(1).locator("a.what").focus();
    await leads(page, "**said=*", () => page.keyboard.press(key));
    const { items, total } = await ines.json("/history.json");
    same([total - log, items[0].decision.kind], [1, kind], `what ${key} records`);
    await again(page, () => page.keyboard.press("z"));
    same((await ines.json("/history.json")).items[0].decision.revoke, items[0].decision.id, "what z takes back");
  }
});

let edition;
await check("a dossier is published, opens again after a reload, and holds the correction", async () => {
  await ines.go("/publish");
  await page.getByLabel("Title").fill("Idlib, February 2020");
  await page.getByLabel("Note").fill("First edition");
  await leads(page, "**/published/1", () => page.getByRole("button", { name: "Publish" }).click());
  await page.reload();
  same(await text(page, "h1"), "Idlib, February 2020", "its title");
  edition = (await ines.context.request.get(`${server.url}/published/1/dossier.json`));
  const bytes = await edition.body();
  const digest = createHash("sha256").update(bytes).digest("hex");
  assert((await text(page)).includes(digest), "the digest shown is not that of the dossier");
  await leads(page, "**/published/1/index.html", () => page.getByRole("link", { name: "Read the dossier" }).click());
  same(await text(page, "h1"), "Idlib, February 2020", "the title of the report");
  assert(await page.locator("article.incident").count() > 10, "the report has no incidents");
  const dossier = JSON.parse(bytes);
  assert(dossier.claims.some((c) => c.corrected?.toll || Object.keys(c.corrected ?? {}).length > 0), "the correction is not in the dossier");
  // a second edition says what changed against the first, and the first stays as it was
  await ines.go("/publish");
  await page.getByLabel("Title").fill("Idlib again");
  await leads(page, "**/published/2", () => page.getByRole("button", { name: "Publish" }).click());
  assert(/No incident changed/.test(await text(page)), "nothing changed, and it does not say so");
  same(createHash("sha256").update(await (await ines.context.request.get(`${server.url}/published/1/dossier.json`)).body()).digest("hex"), digest, "the first edition");
});

await check("CSV and GeoJSON of the edition are read back", async () => {
  const dossier = await edition.json();
  const table = csv(await (await ines.context.request.get(`${server.url}/published/1/incidents.csv`)).text());
  same(new Set(table.map((r) => r.incident ?? r.id)).size, dossier.incidents.length, "incidents in the table");
  const row = table.find((r) => (r.incident ?? r.id) === contested);
  same([row.type, row.standing], ["airstrike", "contested"], "the row of the contradiction");
  const claims = csv(await (await ines.context.request.get(`${server.url}/published/1/claims.csv`)).text());
  assert(claims.every((r) => /^sha256:[0-9a-f]{64}@\d+-\d+$/.test(r.anchor)), "a claim without its place on the page");
  const geo = await (await ines.context.request.get(`${server.url}/published/1/incidents.geojson`)).json();
  same(geo.type, "FeatureCollection", "the kind of file");
  const spots = geo.features.filter((f) => f.geometry?.type === "Point").map((f) => f.geometry.coordinates);
  assert(spots.length > 10, `${spots.length} places`);
  assert(spots.every(([lon, lat]) => Math.abs(lon) <= 180 && Math.abs(lat) <= 90), "coordinates off the earth");
  assert(spots.some(([lon, lat]) => Math.abs(lon - 36.63) < 0.05 && Math.abs(lat - 35.93) < 0.05), "Idlib is not where it is");
  for (const [file, head] of [["dossier.xlsx", "PK"], ["brief.md", "#"]]) {
    const body = await (await ines.context.request.get(`${server.url}/published/1/${file}`)).body();
    same(body.subarray(0, head.length).toString(), head, `the first bytes of ${file}`);
  }
});

await check("the log is whole: on its page and by the command, while it is served", async () => {
  await ines.go("/history");
  await leads(page, "**/history?verify=1", () => page.getByRole("link", { name: "verify the chain" }).click());
  same(await text(page, ".said p"), "The chain is intact.", "what is said");
  const head = await text(page, ".said code");
  const said = run(mine, ["log", "verify", "--lang", "en", "--holds", head]);
  const { total } = await ines.json("/history.json");
  assert(said.includes(String(total)), `${total} entries, and the command says: ${said}`);
  const lines = (await (await ines.context.request.get(`${server.url}/history.jsonl`)).text()).trim().split("\n");
  assert(lines.map((l) => JSON.parse(l)).filter((l) => l.kind).length >= total, `${lines.length} lines`);
});

await check("without JavaScript: reading, deciding, undoing, correcting", async () => {
  const plain = await person(server, { script: false });
  const p = plain.page;
  await plain.go("/");
  await leads(p, "**/incidents/i*", () => p.locator(".front section").first().locator("a.what").first().click());
  const at = plain.path();
  await p.locator("details.cell > summary").first().press("Enter");
  await p.locator("details.cell[open] blockquote").first().waitFor({ state: "visible" });
  const log = async () => (await plain.json("/history.json")).items;
  await p.locator(".actions .reason input").first().fill("read twice");
  await leads(p, "**said=recorded*", () => p.getByRole("button", { name: "Confirm" }).click());
  same(await log().then(([l]) => [l.decision.kind, l.decision.reason]), ["confirm", "read twice"], "the last entry");
  await again(p, () => p.getByRole("button", { name: "Undo" }).click());
  same((await log())[0].decision.kind, "revoke", "the last entry");
  const before = (await plain.json(`${at}.json`)).incident.claims;
  await plain.go(at);
  await p.locator("details.split > summary").click();
  await p.locator("details.split input[type=checkbox]").last().check();
  await leads(p, "**said=recorded*", () => p.locator("details.split button").click());
  assert((await plain.json(`${plain.path()}.json`)).incident.claims.length < before.length, "nothing was split off");
  await again(p, () => p.getByRole("button", { name: "Undo" }).click());
  same((await plain.json(`${at}.json`)).incident.claims, before, "claims after undoing");
  await plain.go(at);
  await p.locator("details.correct > summary").click();
  await leads(p, "**/pages/*/claims/*", () => p.locator("details.correct a").first().click());
  const claim = plain.path();
  const form = p.locator("form", { has: p.locator("input[name=field][value=background]") });
  await form.locator("select").selectOption("true");
  await leads(p, "**said=recorded*", () => form.getByRole("button").click());
  same((await plain.json(`${claim}.json`)).claim.background, true, "the corrected field");
  await again(p, () => p.getByRole("button", { name: "Undo" }).click());
  same((await plain.json(`${claim}.json`)).claim.background, false, "the field after undoing");
  await plain.go("/search?q=Neirab");
  assert(await p.locator(".hits mark").count() > 0, "nothing is found");
  await plain.close();
});

// ---- Every page of the interface ----

/** Pages of the interface, one of each kind. */
async function everywhere() {
  const { id } = await strike();
  const shown = await ines.json(`/incidents/${id}.json`);
  const claim = shown.claims[0].id;
  const numbers = (await ines.json("/pages.json")).items.map((p) => p.page);
  let at;
  for (const n of numbers) if ((await ines.json(`/pages/${n}.json`)).claims.some((c) => c.id === claim)) at = n;
  const party = (await ines.json("/parties.json")).items[0].id;
  const ledgers = ["agreements", "control", "displacement", "relations", "sites", "names", "origins"].map((l) => `/ledgers/${l}`);
  return ["/", "/incidents", `/incidents/${id}`, `/incidents/${contested}?said=recorded&undo=d-1`, "/review", ...ledgers, "/parties", `/parties/${party}`, "/pages", `/pages/${at}`,
    `/pages/${at}/claims/${claim}`, "/search", "/search?q=Idlib", "/history?verify=1", "/publish", "/published/2", "/add", "/people", "/api"];
}

await check("axe finds nothing serious on any page, light and dark, wide and narrow; nothing is wider than the screen", async () => {
  const trouble = [];
  const look = async (paths, p) => {
    for (const path of paths) {
      await p.go(path);
      // What is folded counts too, and what is off the screen has its true place only once it is laid out.
      await p.page.addStyleTag({ content: "*, ::details-content { content-visibility: visible !important; }" });
      await p.page.evaluate(() => { for (const d of document.querySelectorAll("details")) d.open = true; });
      const levels = await p.page.$$eval("main :is(h1, h2, h3, h4)", (hs) => hs.map((h) => Number(h.localName[1])));
      if (levels[0] !== 1 || levels.filter((l) => l === 1).length !== 1) trouble.push(`${path}: not one h1, first: ${levels}`);
      for (const v of await accessible(p.page)) trouble.push(`${path}, 1280 px, light: ${v}`);
      await p.page.emulateMedia({ colorScheme: "dark" });
      for (const v of await accessible(p.page, ["color-contrast"])) trouble.push(`${path}, 1280 px, dark: ${v}`);
      await p.page.setViewportSize({ width: 390, height: 844 });
      for (const v of await accessible(p.page)) trouble.push(`${path}, 390 px, dark: ${v}`);
      const wide = await p.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) trouble.push(`${path}: ${wide} px wider than 390`);
      await p.page.emulateMedia({ colorScheme: "light" });
      await p.page.setViewportSize({ width: 1280, height: 900 });
    }
    await p.close();
  };
  const all = await everywhere();
  const two = await Promise.all([person(server, { bypass: true }), person(server, { bypass: true, locale: "fr-FR" })]);
  await Promise.all(two.map((p, i) => look(all.filter((_, n) => n % 2 === i), p)));
  assert(trouble.length === 0, `\n${trouble.join("\n")}`);
});

await check("a keyboard is enough: skip link, j, k, Enter, /, ?, and the focus is seen", async () => {
  await ines.go("/incidents");
  await page.keyboard.press("Tab");
  same(await focus(page), "#main", "the first stop");
  const skip = await page.locator("a.skip").boundingBox();
  assert(skip && skip.x >= 0 && skip.y >= 0 && skip.width > 40, "the skip link is not seen");
  await page.keyboard.press("Enter");
  assert(await page.evaluate(() => document.activeElement.id === "main" || location.hash === "#main"), "it does not skip");
  const links = await page.locator("[data-stop] a.what").evaluateAll((as) => as.map((a) => a.getAttribute("href")));
  for (const [key, n] of [["j", 0], ["j", 1], ["j", 2], ["k", 1]]) {
    await page.keyboard.press(key);
    same(await focus(page), links[n], `where ${key} leads`);
  }
  await leads(page, `**${links[1]}`, () => page.keyboard.press("Enter"));
  await page.keyboard.press("?");
  const help = page.locator("dialog#keys");
  await help.waitFor({ state: "visible" });
  assert(/undo the last decision/.test(await help.innerText()), "the help does not help");
  await page.keyboard.press("Escape");
  await help.waitFor({ state: "hidden" });
  await page.keyboard.press("/");
  same(await focus(page), "q", "where / leads");
  await page.keyboard.type("Neirab cdjsx?");
  same(await page.locator("#q").inputValue(), "Neirab cdjsx?", "keys while typing");
  await page.locator("#q").fill("Neirab");
  await leads(page, "**/search?q=Neirab", () => page.keyboard.press("Enter"));
  assert(await page.locator(".hits mark").count() > 0, "nothing is found");
  // n goes through the queue
  const queue = (await ines.json("/review.json")).items.map((x) => x.id);
  assert(queue.length >= 2, `${queue.length} to decide`);
  await ines.go(`/incidents/${queue[0]}`);
  await leads(page, `**/incidents/${queue[1]}`, () => page.keyboard.press("n"));
  // each stop of an incident's page shows where one is
  await ines.go(`/incidents/${contested}`);
  const stops = new Set();
  for (let i = 0; i < 200; i += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const e = document.activeElement;
      if (e === document.body) return null;
      const s = getComputedStyle(e);
      e.dataset.seen = (Number(e.dataset.seen) || 0) + 1;
      const seen = (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 1) || e.closest("svg");
      return { what: e.outerHTML.slice(0, 120), seen: !!seen, again: e.dataset.seen > 1 };
    });
    if (!at || at.again) break;
    stops.add(at.what);
    assert(at.seen, `the focus is not seen on ${at.what}`);
  }
  assert(stops.size > 25, `${stops.size} stops`);
});

await check("French and English, by what the browser asks for and by the button", async () => {
  const french = await person(server, { locale: "fr-FR" });
  const p = french.page;
  const lang = () => p.evaluate(() => document.documentElement.lang);
  await french.go("/incidents?standing=contested");
  same([await lang(), await text(p, "h1")], ["fr", "Incidents"], "language and title");
  assert(/contesté/.test(await text(p)), "the list is not in French");
  await Promise.all([p.waitForEvent("load"), p.getByRole("button", { name: "English" }).click()]);
  same([await lang(), new URL(p.url()).search], ["en", "?standing=contested"], "language and filter after the button");
  await french.go("/");
  same(await text(p, "h1"), "Overview", "the title afterwards");
  await Promise.all([p.waitForEvent("load"), p.getByRole("button", { name: "Français" }).click()]);
  same(await text(p, "h1"), "Aperçu", "the title at the end");
  // no key of a message file is shown in place of its words
  for (const path of await everywhere()) {
    await french.go(path);
    const keys = (await text(p, "body")).match(/\b(web|place|overview|incident|decide|claim|page_view|review|ledgers|parties|search|history|publish|add|people|api|keys|oops|filter|row|count)\.[a-z_]+\b/g) ?? [];
    same(keys.filter((k) => !/^(incident|page|claim)s?\.(csv|json|txt)/.test(k) && path !== "/api"), [], `keys on ${path}`);
  }
  await french.close();
});

await check("what is not there is told, in the reader's language", async () => {
  ines.refused.add(404);
  for (const path of ["/nothing", "/pages/999", "/incidents/i000000000000", "/published/99", "/ledgers/none", "/pages/1/claims/c000000000000"]) {
    const answer = await ines.go(path);
    same([answer.status(), await text(page, "h1")], [404, "There is no such page."], path);
  }
  ines.refused.clear();
});

await ines.close();
await check("the server ends when it is asked to", async () => same(await server.end(), 0, "exit status"));

// ---- Several people ----

const ours = workspace();
const passwords = { ana: "ana has a long password", ben: "ben has one that is long", lea: "lea only looks at things", max: "max looks after accounts" };
for (const [name, role] of [["ana", "reviewer"], ["ben", "editor"], ["lea", "reader"], ["max", "admin"]]) {
  run(ours, ["user", "add", name, "--role", role, "--password-stdin"], `${passwords[name]}\n`);
}
let team = await serve(ours, { args: ["--accounts", "--host", "dossiers.example"] });

async function signedIn(name, options) {
  const who = await person(team, options);
  who.refused.add(401);
  await who.go("/");
  who.refused.delete(401);
  await who.page.getByLabel("Name").fill(name);
  await who.page.getByLabel("Password").fill(passwords[name]);
  await who.page.getByRole("button", { name: "Sign in" }).click();
  await who.page.getByRole("heading", { name: "Overview" }).waitFor();
  return who;
}

let ana, ben;
await check("two people: a stale decision is refused with what was decided, and can be recorded anyway", async () => {
  ana = await signedIn("ana");
  ben = await signedIn("ben");
  const { id } = await strike(ana);
  await ana.go(`/incidents/${id}`);
  await ben.go(`/incidents/${id}`);
  assert(/ana is looking/.test(await text(ben.page, ".others")), "ben does not learn that ana is there");
  await ana.page.locator(".actions .reason input").first().fill("the figure is that of the ministry");
  await leads(ana.page, "**said=recorded*", () => ana.page.getByRole("button", { name: "Confirm" }).click());
  const log = async () => (await ben.json("/history.json")).items;
  same((await log()).length, 1, "entries");
  ben.refused.add(409);
  await ben.page.locator(".actions .reason input").first().fill("I say otherwise");
  await ben.page.getByRole("button", { name: "Reject the incident" }).click();
  await ben.page.getByRole("heading", { name: "Another decision was made meanwhile." }).waitFor();
  ben.refused.clear();
  const told = await text(ben.page);
  assert(/ana/.test(told) && /the figure is that of the ministry/.test(told), `what ana decided is not told: ${told}`);
  same((await log()).length, 1, "entries after the refusal");
  assert(await ben.page.getByRole("link", { name: "Go back and look" }).isVisible(), "no way back");
  await leads(ben.page, "**said=*", () => ben.page.getByRole("button", { name: "Record it all the same" }).click());
  assert(/Decision recorded/.test(await status(ben.page)) && /no more/.test(await text(ben.page, "h1")), "it is not told that the incident is gone");
  const [last] = await log();
  same([last.decision.kind, last.decision.author, last.decision.reason], ["reject", "ben", "I say otherwise"], "the last entry");
  await again(ben.page, () => ben.page.keyboard.press("z"));
  same((await strike(ana)).id, id, "the incident is there again");
});

await check("who only reads may look and not decide; who reviews may not publish; the audit is for admins", async () => {
  const lea = await signedIn("lea");
  const { id } = await strike(lea);
  await lea.go(`/incidents/${id}`);
  same(await lea.page.locator(".actions, form.verdict, button[name=kind]").count(), 0, "buttons to decide");
  const post = (who, path, form) => who.page.evaluate(async ([path, form]) => (await fetch(path, { method: "POST", body: new URLSearchParams(form), redirect: "manual" })).status, [path, form]);
  const before = (await lea.json("/history.json")).total;
  lea.refused.add(403);
  same(await post(lea, `/incidents/${id}/decide`, { kind: "confirm" }), 403, "confirm by a reader");
  const { items } = await lea.json("/history.json");
  same(await post(lea, `/decisions/${items[0].decision.id}/revoke`, {}), 403, "undo by a reader");
  same(await post(lea, "/publish", { title: "x" }), 403, "publish by a reader");
  for (const path of ["/add", "/people"]) same((await lea.go(path)).status(), 403, path);
  ana.refused.add(403);
  same(await post(ana, "/publish", { title: "x" }), 403, "publish by a reviewer");
  same(await post(ana, "/people", { name: "ana", role: "admin" }), 403, "a role of one's own");
  ana.refused.clear();
  same((await lea.json("/history.json")).total, before, "entries of the log");
  await lea.close();
});

/** A request as a program or another site would make it. */
const raw = (method, path, headers = {}, body = "") => new Promise((done, failed) => {
  const r = request({ host: "127.0.0.1", port: team.port, method, path, headers: { "content-type": "application/x-www-form-urlencoded", "content-length": Buffer.byteLength(body), ...headers } }, (answer) => {
    let text = "";
    answer.on("data", (d) => { text += d; });
    answer.on("end", () => done({ status: answer.statusCode, headers: answer.headers, text }));
  });
  r.on("error", failed);
  r.end(body);
});

await check("other sites and other names are refused; a token lets a program in; the cookie is for this server alone", async () => {
  const [{ name, value, httpOnly, sameSite }] = (await ana.context.cookies()).filter((c) => c.name === "recoupe");
  same([httpOnly, sameSite], [true, "Lax"], "the cookie");
  const cookie = `${name}=${value}`;
  const { id } = await strike(ana);
  const decide = (headers) => raw("POST", `/incidents/${id}/decide`, { cookie, ...headers }, "kind=confirm").then((r) => r.status);
  const before = (await ana.json("/history.json")).total;
  same(await decide({ "sec-fetch-site": "cross-site", origin: "https://evil.example" }), 403, "from another site");
  same(await decide({ "sec-fetch-site": "same-site" }), 403, "from a neighbour");
  same(await decide({ origin: "https://evil.example" }), 403, "from another site by an old browser");
  same((await raw("GET", "/", { cookie, host: "evil.example" })).status, 403, "under another name");
  same((await raw("GET", "/", { cookie, host: "dossiers.example" })).status, 200, "under the proxy's name");
  same((await ana.json("/history.json")).total, before, "entries of the log");
  same((await raw("GET", "/incidents.json")).status, 401, "a stranger");
  const proxied = { host: "dossiers.example", origin: "https://dossiers.example", "x-forwarded-proto": "https" };
  const entered = await raw("POST", "/sign-in", proxied, `name=lea&password=${encodeURIComponent(passwords.lea)}&back=${encodeURIComponent("//evil.example")}`);
  same([entered.status, entered.headers.location, /; Secure/.test(entered.headers["set-cookie"])], [303, "/", true], "signing in through the proxy");
  const token = run(ours, ["user", "token", "lea", "--label", "nightly"]).trim();
  const answer = await raw("GET", "/incidents.json", { authorization: `Bearer ${token}` });
  same([answer.status, JSON.parse(answer.text).total > 10], [200, true], "with a token");
  same((await raw("GET", "/incidents.json", { authorization: `Bearer ${token}`, "if-none-match": answer.headers.etag })).status, 304, "asked again");
  same((await raw("POST", `/incidents/${id}/decide`, { authorization: `Bearer ${token}` }, "kind=confirm")).status, 403, "a reader's token decides");
  same((await raw("GET", "/incidents.json", { authorization: `Bearer ${"0".repeat(64)}` })).status, 401, "a wrong token");
});

await check("kill -9 right after two decisions: both are there, the log is whole, both people see it", async () => {
  const all = (await incidents(ana)).filter((x) => x.standing !== "contested").slice(0, 8).map((x) => x.id);
  const decide = (who, id, reason) => who.page.evaluate(async ([id, reason]) => {
    const answer = await fetch(`/incidents/${id}/decide`, { method: "POST", body: new URLSearchParams({ kind: "confirm", reason }) }).catch(() => null);
    return answer?.url ?? null;
  }, [id, reason]);
  await ana.go("/");
  await ben.go("/");
  const acknowledged = await Promise.all([decide(ana, all[0], "ana’s"), decide(ben, all[1], "ben’s")]);
  assert(acknowledged.every((u) => u?.includes("said=recorded")), `acknowledged: ${acknowledged}`);
  // more of them are under way when it dies
  const late = Promise.all(all.slice(2).map((id, i) => decide(i % 2 ? ana : ben, id, `late ${i}`)));
  await team.end("SIGKILL");
  const arrived = (await late).filter((u) => u?.includes("said=recorded")).length;
  complaints.length = 0;
  team = Object.assign(team, await serve(ours, { port: team.port, args: ["--accounts", "--host", "dossiers.example"] }));
  run(ours, ["log", "verify"]);
  for (const who of [ana, ben]) {
    await who.go("/history");
    const told = await text(who.page);
    assert(told.includes("ana’s") && told.includes("ben’s"), "a decision is lost");
    same((told.match(/late \d/g) ?? []).length >= arrived, true, "those that were answered");
    for (const [id, reason] of [[all[0], "ana’s"], [all[1], "ben’s"]]) {
      await who.go(`/incidents/${id}`);
      assert((await text(who.page, "section[aria-labelledby=h-past]")).includes(reason), `${id} does not show it`);
    }
  }
});

await check("a wrong password is refused and written down; after eight one has to wait", async () => {
  const max = await signedIn("max");
  const eve = await person(team);
  for (const status of [400, 401, 429]) eve.refused.add(status);
  await eve.go("/");
  assert(!/Saraq|Idl/.test(await text(eve.page)), "a stranger sees the workspace");
  const attempt = async () => {
    await eve.page.getByLabel("Name").fill("ben");
    await eve.page.getByLabel("Password").fill("perhaps this one here");
    const [answer] = await Promise.all([eve.page.waitForResponse("**/sign-in"), eve.page.getByRole("button", { name: "Sign in" }).click()]);
    await eve.page.waitForLoadState();
    return answer.status();
  };
  same(await attempt(), 400, "a wrong password");
  same(await text(eve.page, "h1"), "Unknown name or password.", "what is said");
  for (let i = 2; i <= 8; i += 1) same(await attempt(), 400, `attempt ${i}`);
  same(await attempt(), 429, "attempt 9");
  assert(/quarter of an hour/.test(await text(eve.page)), "it does not say how long");
  same((await eve.context.cookies()).filter((c) => c.name === "recoupe").length, 0, "cookies");
  await max.go("/people");
  assert((await text(max.page, "section[aria-labelledby=h-sign-ins]")).match(/ben · 127\.0\.0\.1 · refused/g)?.length >= 8, "the attempts are not written down");
  // signing out counts at once, for what the cookie was too
  const [{ value }] = (await max.context.cookies()).filter((c) => c.name === "recoupe");
  max.refused.add(401);
  await max.page.getByRole("button", { name: "Sign out" }).click();
  await max.page.getByRole("button", { name: "Sign in" }).waitFor();
  same((await raw("GET", "/people", { cookie: `recoupe=${value}` })).status, 401, "the old cookie");
  await Promise.all([max.close(), eve.close(), ana.close(), ben.close()]);
});

await team.end();

// ---- Hostile pages ----

await check("hostile text stays text on every page that shows it", async () => {
  const dir = workspace();
  const server = await serve(dir, { as: "<b onmouseover=pwned=1>me" });
  // The policy is off here: what keeps scripts out must be that no markup of theirs ever becomes markup.
  const who = await person(server, { bypass: true });
  const p = who.page;
  const script = "<script>window.pwned=1</script>";
  const image = "<img src=x onerror=window.pwned=1>";
  const svg = "<svg/onload=window.pwned=1>";
  const broken = `"><script>window.pwned=1</script><a href="javascript:window.pwned=1">x</a>`;
  const page = `Frappe ${script} à Saraqeb ${image}\n\nDeux soldats turcs ont été tués ${svg} jeudi 20 février 2020 dans une frappe aérienne à Saraqeb ${image}, a annoncé l'armée syrienne ${broken}.\n\nLes combattants du ${script} Front ${svg} ont repris Neirab le 20 février 2020, selon ${image} l'OSDH.\n`;
  const upload = { name: `${image}.txt`, mimeType: "text/plain", buffer: Buffer.from(page) };
  await who.go("/add");
  await p.locator("input[type=file]").setInputFiles(upload);
  await p.getByLabel("Outlet").fill(`Le ${broken}`);
  await p.locator("input[name=url]").evaluate((e) => { e.type = "text"; e.value = "javascript:window.pwned=1"; });
  await leads(p, "**/pages/7?said=added", () => p.getByRole("button", { name: "Add and compare" }).click());
  // the same as HTML, where entities turn into markup once they are read
  const entities = (s) => s.replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  await who.go("/add");
  await p.locator("input[type=file]").setInputFiles({ name: "b.html", mimeType: "text/html", buffer: Buffer.from(`<!DOCTYPE html><title>${entities(script)} à Idlib</title><meta property="og:site_name" content="${entities(image).replaceAll('"', "&quot;")}"><article><h1>Raid ${entities(script)}</h1><p>Trois soldats turcs ont été tués le 20 février 2020 dans une frappe aérienne ${entities(image)} à Idlib, a indiqué le ministère turc de la Défense ${entities(svg)}.</p><p onclick="pwned=1">${image}${script}Cinq civils ont été blessés le 20 février 2020 dans un bombardement à Idlib, selon l'OSDH.</p></article>`) });
  await leads(p, "**/pages/8?said=added", () => p.getByRole("button", { name: "Add and compare" }).click());
  const claim = (await who.json("/pages/7.json")).claims.find((c) => c.incident);
  const at = `/pages/7/claims/${claim.id}`;
  await who.go(at);
  const party = p.locator("form", { has: p.locator("input[name=field][value=actor]") }).first();
  await party.locator("input[name=party]").fill(`Brigade ${image}`);
  await leads(p, "**said=*", () => party.getByRole("button", { name: "Correct" }).click());
  const place = p.locator("form", { has: p.locator("input[name=field][value=place]") }).first();
  await place.locator("input[name=name]").fill(`Kafr ${script}`);
  await leads(p, "**said=*", () => place.getByRole("button", { name: "Correct" }).click());
  same((await who.json(`${at}.json`)).claim.place.name, `Kafr ${script}`, "the corrected place");
  const kept = (await who.json("/incidents.json?all=1")).items.map((x) => x.id);
  let named;
  for (const id of kept) if ((await who.json(`/incidents/${id}.json`)).incident.claims.includes(claim.id)) named = `/incidents/${id}`;
  assert(named, "the hostile claim tells of no incident");
  await who.go(named);
  await p.locator(".actions .reason input").first().fill(`because ${broken}`);
  await leads(p, "**said=*", () => p.getByRole("button", { name: "Confirm" }).click());
  await who.go("/publish");
  await p.getByLabel("Title").fill(`Dossier ${script}`);
  await p.getByLabel("Note").fill(`${image} ${svg}`);
  await leads(p, "**/published/1", () => p.getByRole("button", { name: "Publish" }).click());
  const asked = encodeURIComponent(`${script} ${image}`);
  const party_id = (await who.json("/parties.json")).items.find((x) => /Brigade/.test(x.name ?? ""))?.id;
  const shown = { "/": "<", "/incidents": null, [named]: "<script>", "/pages": "<script>", "/pages/7": "<img src=x onerror=", "/pages/8": "<script>", [at]: "<img", "/history": "because \"><script>",
    "/published/1": "Dossier <script>", "/publish": "Dossier <script>", "/published/1/index.html": "<img src=x", [`/search?q=${encodeURIComponent("pwned")}`]: "pwned", [`/search?q=${asked}`]: "<script>",
    [`/incidents?place=${asked}&party=${asked}&standing=${asked}`]: "<script>", [`/history?author=${asked}`]: null, [`${named}?said=${asked}&undo=${asked}`]: null, "/review": null, "/parties": null,
    ...(party_id ? { [`/parties/${encodeURI(party_id)}`]: "<img" } : {}), "/ledgers/control": null, "/ledgers/names": null, "/ledgers/origins": null, "/ledgers/relations": null, [`/ledgers/names?party=${asked}`]: "<script>" };
  assert(party_id, "the party that was named is in no list");
  for (const [path, words] of Object.entries(shown)) {
    await who.go(path);
    await p.evaluate(() => { for (const d of document.querySelectorAll("details")) d.open = true; });
    if (words) assert((await p.evaluate(() => document.body.innerText)).includes(words), `${path} does not show ${words}`);
    const found = await p.evaluate(() => ({
      pwned: window.pwned,
      handlers: [...document.querySelectorAll("*")].filter((e) => [...e.attributes].some((a) => a.name.startsWith("on"))).map((e) => e.outerHTML.slice(0, 100)),
      foreign: [...document.querySelectorAll("img, iframe, object, embed, base, a[href^='javascript:' i], form[action^='javascript:' i], meta[http-equiv=refresh]")].map((e) => e.outerHTML.slice(0, 100)),
      scripts: [...document.scripts].filter((s) => !s.src && !/^application\/(ld\+)?json$/.test(s.type)).map((s) => s.textContent).filter((t) => t.includes("pwned")),
    }));
    same(found, { handlers: [], foreign: [], scripts: [] }, path);
  }
  // the bytes as they came are a file of plain text, and so are the exports
  const bytes = await who.context.request.get(`${server.url}/pages/7/raw`);
  assert(/^text\/plain/.test(bytes.headers()["content-type"]) && /^attachment/.test(bytes.headers()["content-disposition"]), "the bytes are shown as a page");
  same((await bytes.body()).toString(), page, "the bytes");
  for (const file of ["incidents.csv", "incidents.geojson", "brief.md"]) {
    const h = (await who.context.request.get(`${server.url}/published/1/${file}`)).headers();
    assert(/^attachment/.test(h["content-disposition"]), `${file} opens in the browser`);
  }
  run(dir, ["log", "verify"]);
  await who.close();
  await server.end();
});

await finish();
console.log(`\n${passed} passed, ${failed.length} failed; ${looked.answers} answers looked at, ${((Date.now() - begun) / 1000).toFixed(0)} s`);
process.exit(failed.length ? 1 : 0);
