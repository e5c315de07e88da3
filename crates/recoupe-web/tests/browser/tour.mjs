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

// adding
await ines.go("/add");
await page.getByLabel("or pasted text").fill("Communiqué de la police d’Alep, mardi 3 mars 2020\n\nQuatre personnes ont été blessées mardi 3 mars 2020 par un tir de roquette à Alep, a annoncé la police.");
await page.getByLabel("Outlet").fill("Police d’Alep");
await page.getByLabel("Published on").fill("2020-03-03");
await shot("add");
await page.getByRole("button", { name: "Add and compare" }).click();
await page.getByText("Page added and compared.").waitFor();

await ines.go("/");
await shot("overview");

// comparing: one cell open to its sentence
const contested = (await list()).find((x) => x.standing === "contested").id;
await ines.go(`/incidents/${contested}`);
const row = page.locator("tr.clashing").first();
await row.locator("details.cell > summary").last().click();
await shot("incident");

// what was read on a page
const { claims } = await ines.json(`/incidents/${contested}.json`);
const pages = (await ines.json("/pages.json")).items.map((p) => p.page);
const holding = async (claim) => { for (const n of pages) if ((await ines.json(`/pages/${n}.json`)).claims.some((c) => c.id === claim)) return n; throw new Error(claim); };
await ines.go(`/pages/${await holding(claims[0].id)}`);
await shot("page");

// correcting a figure
const strike = await find("airstrike", 2);
const of = await ines.json(`/incidents/${strike}.json`);
const told = of.claims.find((c) => c.tolls?.some((t) => t.kind === "killed"));
await ines.go(`/pages/${await holding(told.id)}/claims/${told.id}`);
const form = page.locator("form", { has: page.locator("legend", { hasText: /^killed/i }) });
await form.getByLabel("at least").fill("3");
await form.getByLabel("at most").fill("3");
await form.getByLabel("at most").focus();
await shot("correct", page, { clip: { x: 0, y: 0, width: 1280, height: 1300 }, fullPage: true });
await form.getByRole("button", { name: "Correct" }).click();
await page.getByText("Decision recorded.").waitFor();

// the same incident afterwards, at night and on a phone
const night = await person(server, { scheme: "dark" });
await night.go(`/incidents/${strike}`);
await shot("dark", night.page);
const phone = await person(server, { width: 390, height: 780, scale: 2 });
await phone.go(`/incidents/${strike}`);
await shot("phone", phone.page);

// publishing, twice, so that there is something to tell
const publish = async (title, note) => {
  await ines.go("/publish");
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Note").fill(note);
  await page.getByRole("button", { name: "Publish" }).click();
  await page.waitForURL("**/published/*");
};
await publish("Idlib, February 2020", "Six papers and a communiqué.");
const other = await find("shelling", 5);
await ines.go(`/incidents/${other}`);
await page.locator(".actions .reason input").first().fill("both figures were checked");
await page.getByRole("button", { name: "Confirm" }).click();
await page.getByText("Decision recorded.").waitFor();
await publish("Idlib, February 2020", "One incident more is confirmed.");
await shot("published", page);

assert(complaints.length === 0, complaints.join("\n"));
run(dir, ["log", "verify"]);
await server.end();
await finish();
