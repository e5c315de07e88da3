"""Lists, one by one, where a dossier and a gold file part: `explain.py SCORE.py DOSSIER GOLD PAGES [LANG] [PAGE]`.

What counts as the same is asked of the scorer itself (its functions are imported), so that both pair alike. Prints JSON: an object
with the findings, and for each page how many gold tolls and incidents were missed, to be compared with the scorer's shares.
"""
import collections, importlib.util, json, os, re, sys

spec = importlib.util.spec_from_file_location("score", sys.argv[1])
S = importlib.util.module_from_spec(spec)
spec.loader.exec_module(S)
dossier, gold_path, pages_dir = sys.argv[2:5]
lang, only = (sys.argv[5:] + ["", ""])[:2]

stem = lambda s: os.path.splitext(os.path.basename(s or ""))[0]
dos = json.load(open(dossier, encoding="utf8"))
gold = [json.loads(l) for l in open(gold_path, encoding="utf8") if l.strip()]
gold = [g for g in gold if (not lang or g.get("lang") == lang) and (not only or g["id"] == only)]
page_stem = {p["id"]: stem(p.get("source")) for p in dos.get("pages", [])}
claims = collections.defaultdict(list)
for c in dos.get("claims", []):
    claims[page_stem.get(c.get("page"))].append(c)
findings, counts = [], collections.Counter()


def sentence(raw, words):
    """The sentence of the page around some words of the gold."""
    at = raw.find(words) if words else -1
    if at < 0:
        return None
    start = max([raw.rfind(x, 0, at) + len(x) for x in (". ", "\n", "! ", "? ") if raw.rfind(x, 0, at) >= 0] or [0])
    ends = [e + 1 for e in (raw.find(x, at + len(words)) for x in (". ", ".\n", "\n", "! ", "? ")) if e >= 0]
    return " ".join(raw[start:min(ends or [len(raw)])].split())


def toll(t, voice):
    lo, hi = t.get("min"), t.get("max")
    n = str(lo) if lo == hi else f"{lo or ''}..{hi or ''}"
    who = t.get("who") or S.name_of(t.get("group")) or "?"
    unit = "" if t.get("unit") in (None, "person") else t["unit"] + " of "
    return f"{t.get('kind')} {'about ' if t.get('approx') else ''}{n} {unit}{who} (voice: {voice})"


def told(x):
    parts = [x.get("type"), x.get("date"), x.get("place")]
    parts += [f"actor: {x['actor']}"] if x.get("actor") else []
    parts += [f"target: {x['target']}"] if x.get("target") else []
    return " · ".join(p for p in parts if p)


def read(c):
    x = dict(S.as_gold(c))
    voice = S.name_of(c.get("voice")) or "reporter"
    tolls = "; ".join(toll(t, voice) for t in c.get("tolls") or [])
    return " · ".join(p for p in (told(x), f"voice: {voice}", c.get("certainty"), tolls) if p)


def add(page, what, field, gold, got, cs=(), text=None):
    cs = list(cs)
    quotes = list(dict.fromkeys(c.get("quote") or "" for c in cs)) or ([text] if text else [])
    rules = list(dict.fromkeys(r for c in cs for r in (c.get("rule") or "").split()))
    findings.append({"page": page, "what": what, "field": field, "gold": gold, "read": got, "sentences": quotes, "rules": rules})


def there(cl, text):
    """Claims whose sentence is, or lies in, the sentence of a miss."""
    t = S.fold(text or "")
    return [c for c in cl if t and (S.fold(c.get("quote")) in t or t in S.fold(c.get("quote")))]


def missed(page, field, gold_text, words, raw, cl):
    text = next((s for s in (sentence(raw, w) for w in words) if s), None)
    cs = there(cl, text)
    add(page, "miss", field, gold_text, "; ".join(read(c) for c in cs) or "nothing in this sentence", cs, text)


for g in gold:
    gid, cl, raw = g["id"], claims.get(g["id"], []), ""
    for ext in (".txt", ".html"):
        f = os.path.join(pages_dir, gid + ext)
        if os.path.exists(f):
            raw = open(f, "rb").read().decode("utf8", "replace")
    every = g["incidents"] + g.get("background", []) + [dict(i, free=True) for i in g.get("accepted", [])]
    every = [dict(i, free=True) if i.get("negated") else i for i in every]
    src = lambda t: "reporter" if t.get("claimed_by") in (None, "reporter") else re.sub(r"\s*\(.*?\)", "", t["claimed_by"])
    voice = lambda c: S.name_of(c.get("voice")) or "reporter"
    # Tolls.
    gt = [(i, t) for i in every for t in i.get("tolls", []) if t.get("min") is not None]
    seen, pt = set(), []
    for c in cl:
        for t in c.get("tolls") or []:
            k = S.toll_key(t) + (S.name_of(t.get("group")), t.get("unit"), S.name_of(c.get("voice")))
            if t.get("min") is not None and k not in seen:
                seen.add(k); pt.append((c, t))
    pairs = [(1 + S.toll_group(x[1], y[1]) + S.same_name(src(x[1]), voice(y[0])), i, j)
             for i, x in enumerate(gt) for j, y in enumerate(pt) if S.toll_same(x[1], y[1])]
    free = {i for i, (x, t) in enumerate(gt) if t.get("negated") or x.get("free")}
    got = S.two_phase(pairs, free)
    for _, i, j in got:
        (x, t), (c, u) = gt[i], pt[j]
        if i in free:
            continue
        if S.toll_group(t, u) < 0.5:
            add(gid, "mismatch", "group", toll(t, src(t)), toll(u, voice(c)), [c])
        if S.same_name(src(t), voice(c)) < 0.5:
            add(gid, "mismatch", "voice", toll(t, src(t)), toll(u, voice(c)), [c])
    for i in sorted(set(range(len(gt))) - {i for _, i, _ in got} - free):
        x, t = gt[i]
        counts["toll"] += 1
        missed(gid, "toll", f"{told(x)} — {toll(t, src(t))}", [t.get("as"), x.get("date_text")], raw, cl)
    for j in sorted(set(range(len(pt))) - {j for _, _, j in got}):
        c, u = pt[j]
        add(gid, "invention", "toll", "nothing", toll(u, voice(c)), [c])
    # Incidents.
    gi = [i for i in every if i.get("type") != "other"]
    by = collections.OrderedDict()
    for c in cl:
        if c.get("kind") == "incident" and c.get("type") != "other":
            by.setdefault(c.get("incident") or c["id"], []).append(c)
    pi = list(by.values())
    F = [dict(types={c.get("type") for c in cs} - {None}, times=[c["time"] for c in cs if c.get("time")],
              places=[c["place"] for c in cs if c.get("place")], tolls=[t for c in cs for t in c.get("tolls") or []],
              actors=[S.name_of(c.get("actor")) for c in cs if c.get("actor")],
              targets=[S.name_of(c.get("target")) for c in cs if c.get("target")]) for cs in pi]
    best = lambda name, names: max([S.same_name(name, n) for n in names] or [0]) if name else 0

    def fit(x, f):
        ty, d, p = S.type_fit(x["type"], f["types"]), S.date_ok(x.get("date"), f["times"]), S.place_ok(x, f["places"])
        tl = sum(any(S.toll_same(t, u) for u in f["tolls"]) for t in x.get("tolls", []) if t.get("min") is not None)
        ac, tg = best(x.get("actor"), f["actors"]), best(x.get("target"), f["targets"])
        if not (tl or (ty >= 0.5 and (d or p or ac + tg >= 1))):
            return 0
        return 2 * ty + (2 if d else 0) + (1 if p else 0) + 3 * min(tl, 2) + ac + tg

    got = S.two_phase([(fit(x, f), i, j) for i, x in enumerate(gi) for j, f in enumerate(F) if fit(x, f) >= 2.5],
                      {i for i, x in enumerate(gi) if x.get("free")})
    names = lambda l: ", ".join(dict.fromkeys(n for n in l if n)) or "nobody"
    for _, i, j in got:
        x, f = gi[i], F[j]
        if x.get("free"):
            continue
        if S.type_fit(x["type"], f["types"]) < 1:
            add(gid, "mismatch", "type", x["type"], ", ".join(sorted(f["types"])), pi[j])
        if S.date_ok(x.get("date"), f["times"]) is False:
            times = [f"{t.get('from')}..{t.get('to')} ({t.get('basis')})" for t in f["times"]]
            add(gid, "mismatch", "date", f"{x['date']} ({x.get('date_text')})", ", ".join(dict.fromkeys(times)) or "no date", pi[j])
        if S.place_ok(x, f["places"]) is False:
            add(gid, "mismatch", "place", x["place"], ", ".join(dict.fromkeys(p.get("name") or "" for p in f["places"])) or "no place", pi[j])
        for k, l in (("actor", f["actors"]), ("target", f["targets"])):
            if x.get(k) and best(x[k], l) < 1:
                add(gid, "mismatch", k, x[k], names(l), pi[j])
    for i in sorted(set(range(len(gi))) - {i for _, i, _ in got}):
        x = gi[i]
        if not x.get("free"):
            counts["incident_" + ("violent" if x["type"] in S.VIOLENT else "political")] += 1
            words = [t.get("as") for t in x.get("tolls", [])] + [x.get("date_text"), x.get("place")]
            missed(gid, "incident", told(x), words, raw, cl)
    for j in sorted(set(range(len(pi))) - {j for _, _, j in got}):
        add(gid, "invention", "incident", "nothing", "; ".join(read(c) for c in pi[j]), pi[j])

json.dump({"findings": findings, "missed": counts}, sys.stdout, ensure_ascii=False)
