// Makes the pictures of docs/tour.md from the example: RECOUPE=target/release/recoupe node tour.mjs [FOLDER]
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert, complaints, finish, person, root, run, serve, workspace } from "./lib.mjs";
import { smaller } from "./png.mjs";

const out = process.argv[2] ?? join(root, "docs/tour");
mkdirSync(out, { recursive: true });
/** At most as many bytes as a picture may have. */
const MOST = 150_000;

const dir = workspace();
const server = await serve(dir, { as: "ines" });
const ines = await person(server);
const { page } = ines;

async function shot(name, of = page, options = {}) {
  await of.evaluate(() => document.fonts.ready);
  const png = smaller(await of.screenshot({ caret: "hide", animations: "disabled", ...options }));
  assert(png.length < MOST, `${name}: ${png.length} bytes`);
  writeFileSync(join(out, `${name}.png`), png);
  console.log(`${name}.png  ${(png.length / 1000).toFixed(0)} kB`);
}
const list = async () => (await ines.json("/incidents.json")).items;
const find = async (type, low) => (await list()).find((x) => x.type === type && (x.killed?.low ?? null) === low).id;

const publish = async (title, note) => {
  await ines.go("/publish");
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Note").fill(note);
  await page.getByRole("button", { name: "Publish" }).click();
  await page.waitForURL("**/published/*");
};

// adding
await ines.go("/add");
await page.getByLabel("or pasted text").fill("Alep, mardi 3 mars 2020\n\nQuatre blessés à Alep\n\nQuatre personnes ont été blessées mardi par un tir de roquette à Alep, a annoncé la police.");
await page.getByLabel("Published on").fill("2020-03-03");
await page.getByLabel("Outlet").fill("Police d’Alep");
await shot("add", page, { clip: { x: 0, y: 0, width: 1280, height: 720 } });
await page.getByRole("button", { name: "Add and compare" }).click();
await page.getByText("Page added and compared.").waitFor();

await ines.go("/");
await shot("overview");

// comparing: one cell open to its sentence
const contested = (await list()).find((x) => x.standing === "contested").id;
await ines.go(`/incidents/${contested}`);
await page.locator("tr.clashing").first().locator("details.cell > summary").nth(2).click();
await shot("incident");

// what was read on a page
const { claims } = await ines.json(`/incidents/${contested}.json`);
const pages = (await ines.json("/pages.json")).items.map((p) => p.page);
const holding = async (claim) => { for (const n of pages) if ((await ines.json(`/pages/${n}.json`)).claims.some((c) => c.id === claim)) return n; throw new Error(claim); };
await ines.go(`/pages/${await holding(claims[0].id)}`);
await shot("page");

// correcting a figure, between two editions
await publish("Idlib, February 2020", "Six papers and a note by the police.");
const strike = await find("airstrike", 2);
const of = await ines.json(`/incidents/${strike}.json`);
const told = of.claims.find((c) => c.tolls?.some((t) => t.kind === "killed"));
await ines.go(`/pages/${await holding(told.id)}/claims/${told.id}`);
const form = page.locator("form", { has: page.locator("legend", { hasText: /^killed/i }) });
await form.getByLabel("at least").fill("3");
await form.getByLabel("at most").fill("3");
await shot("correct", page, { clip: { x: 0, y: 0, width: 1280, height: 1180 }, fullPage: true });
await form.getByRole("button", { name: "Correct" }).click();
await page.getByText("Decision recorded.").waitFor();

// the same incident afterwards, in the dark and on a phone
const night = await person(server, { scheme: "dark" });
await night.go(`/incidents/${strike}`);
await shot("dark", night.page);
const phone = await person(server, { width: 390, height: 780, scale: 2 });
await phone.go(`/incidents/${strike}`);
await shot("phone", phone.page);

await publish("Idlib, February 2020", "One figure is corrected.");
await shot("published", page, { clip: { x: 0, y: 0, width: 1280, height: 520 } });

assert(complaints.length === 0, complaints.join("\n"));
run(dir, ["log", "verify"]);
await server.end();
await finish();
