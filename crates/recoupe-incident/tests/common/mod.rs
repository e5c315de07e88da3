//! Builds pages and claims by hand, so that the cross-check is tested apart from the reading.
#![allow(dead_code)]

use jiff::civil::Date;
use recoupe_claim::{Breach, Certainty, Claim, ControlChange, Detail, FlowKind, Naming, Reading, RelationKind, Toll};
use recoupe_incident::{CrossCheck, Incident, Options, PageInput, Table, canonical, cross_check};
use recoupe_mention::{Party, Place, PlacePrecision, Status, TimeBasis, TimePrecision, When};
use recoupe_pack::Packs;
use recoupe_page::{Article, Basis, Block, BlockKind, Named, Published};
use recoupe_text::Span;

pub fn table() -> Table {
    Table::load(&Packs::baked()).expect("the baked pack loads")
}

pub fn day(s: &str) -> Date {
    s.parse().expect("an ISO day")
}

/// `SYR/armed-forces` → “Syria: armed forces”; `generic/civilians` → “civilians”; `group/hts` → “HTS”.
pub fn party(id: &str) -> Party {
    let (stem, role) = id.split_once('/').expect("stem/role");
    let states = [("SYR", "SY", "Syria"), ("TUR", "TR", "Turkey"), ("RUS", "RU", "Russia"), ("MLI", "ML", "Mali")];
    let words = role.replace('-', " ");
    let state = states.iter().find(|s| s.0 == stem);
    let name = match (state, stem) {
        (Some(s), _) => format!("{}: {words}", s.2),
        (None, "generic") => words.clone(),
        _ => words.to_uppercase(),
    };
    let status = match role {
        "civilians" | "children" | "women" | "medics" | "protesters" => Status::Civilian,
        "people" => Status::Mixed,
        "rebels" | "jihadists" | "soldiers" | "armed-forces" | "air-force" => Status::Combatant,
        _ if stem == "group" => Status::Combatant,
        _ => Status::Unknown,
    };
    Party { id: id.into(), name: name.into(), country: state.map(|s| s.1.into()), status, span: Span::default() }
}

pub fn town(name: &str, country: &str, lat: f64, lon: f64) -> Place {
    Place {
        id: format!("geonames:{name}").into(),
        name: name.into(),
        country: Some(country.into()),
        lat: Some(lat),
        lon: Some(lon),
        precision: PlacePrecision::Town,
        span: Span::default(),
    }
}

pub fn neirab() -> Place {
    town("Neirab", "SY", 35.91, 36.71)
}
pub fn saraqib() -> Place {
    town("Saraqib", "SY", 35.86, 36.80)
}
pub fn maarat() -> Place {
    town("Maarat al-Numan", "SY", 35.64, 36.67)
}
pub fn idlib_province() -> Place {
    Place { precision: PlacePrecision::Province, ..town("Idlib Governorate", "SY", 35.80, 36.70) }
}

pub fn on(s: &str) -> When {
    let d = day(s);
    When {
        from: Some(d),
        to: Some(d),
        precision: TimePrecision::Day,
        basis: TimeBasis::Relative,
        weekday: None,
        span: Span::default(),
    }
}

pub fn between(a: &str, b: &str) -> When {
    When { from: Some(day(a)), to: Some(day(b)), precision: TimePrecision::Range, ..on(a) }
}

/// Monday = 1.
pub fn weekday(n: i8) -> When {
    When { from: None, to: None, weekday: Some(n), ..on("2020-01-01") }
}

pub fn toll(kind: &str, who: &str, min: Option<i64>, max: Option<i64>) -> Toll {
    let group = party(who);
    Toll {
        kind: kind.into(),
        status: group.status,
        group,
        unit: "person".into(),
        min,
        max,
        approx: false,
        cumulative: false,
        part_of: None,
        span: Span::default(),
    }
}

/// A claim under construction.
#[derive(Clone)]
pub struct C(pub Claim);

pub fn claim(kind: &str) -> C {
    C(Claim {
        span: Span::default(),
        sentence: 0,
        part: 0,
        kind: kind.into(),
        detail: Detail::Incident,
        certainty: Certainty::Stated,
        background: false,
        voices: vec![],
        time: None,
        place: None,
        actor: None,
        actor_voice: None,
        target: None,
        means: vec![],
        tolls: vec![],
        group: u32::MAX,
        rules: vec![],
    })
}

pub fn control(place: Place, holder: &str, change: ControlChange) -> C {
    let mut c = claim("capture_of_territory").at(place);
    c.0.detail = Detail::Control { holder: Some(party(holder)), change, against: None };
    c
}

pub fn agreement(id: Option<&str>, name: &str, parties: &[&str]) -> C {
    let mut c = claim("agreement");
    let parties = parties.iter().map(|p| party(p)).collect();
    c.0.detail =
        Detail::Agreement { id: id.map(Into::into), name: name.into(), parties, breach: None, span: Span::default() };
    c
}

pub fn breach(id: Option<&str>, name: &str, by: Option<&str>, against: &str) -> C {
    let mut c = agreement(id, name, &[]);
    if let Detail::Agreement { breach, .. } = &mut c.0.detail {
        *breach = Some(Breach { alleged_by: by.map(party), against: Some(party(against)), verified_by: None });
    }
    c
}

pub fn displaced(kind: FlowKind, n: i64) -> C {
    let mut c = claim("displacement");
    c.0.detail = Detail::Displacement {
        kind,
        min: Some(n),
        max: Some(n),
        approx: false,
        unit: "person".into(),
        from: None,
        to: None,
        at: None,
        since: None,
        span: Span::default(),
    };
    c
}

pub fn relation(kind: RelationKind, from: &str, to: &str) -> C {
    let mut c = claim("relation");
    c.0.detail = Detail::Relation { kind, from: party(from), to: party(to) };
    c
}

impl C {
    pub fn on(mut self, d: &str) -> C {
        self.0.time = Some(on(d));
        self
    }
    pub fn time(mut self, w: When) -> C {
        self.0.time = Some(w);
        self
    }
    pub fn at(mut self, p: Place) -> C {
        self.0.place = Some(p);
        self
    }
    pub fn by(mut self, p: &str) -> C {
        self.0.actor = Some(party(p));
        self
    }
    pub fn to(mut self, p: &str) -> C {
        self.0.target = Some(party(p));
        self
    }
    pub fn voice(mut self, p: &str) -> C {
        self.0.voices.push(party(p));
        self
    }
    pub fn toll(mut self, kind: &str, who: &str, n: i64) -> C {
        self.0.tolls.push(toll(kind, who, Some(n), Some(n)));
        self
    }
    pub fn at_least(mut self, kind: &str, who: &str, n: i64) -> C {
        self.0.tolls.push(toll(kind, who, Some(n), None));
        self
    }
    pub fn about(mut self, kind: &str, who: &str, n: i64) -> C {
        self.0.tolls.push(Toll { approx: true, ..toll(kind, who, Some(n), Some(n)) });
        self
    }
    pub fn total(mut self, kind: &str, who: &str, n: i64) -> C {
        self.0.tolls.push(Toll { cumulative: true, ..toll(kind, who, Some(n), Some(n)) });
        self
    }
    /// A part of the toll before it.
    pub fn part(mut self, kind: &str, who: &str, n: i64) -> C {
        let of = self.0.tolls.len().checked_sub(1);
        self.0.tolls.push(Toll { part_of: of, ..toll(kind, who, Some(n), Some(n)) });
        self
    }
    pub fn certainty(mut self, c: Certainty) -> C {
        self.0.certainty = c;
        self
    }
    pub fn background(mut self) -> C {
        self.0.background = true;
        self
    }
    /// The same incident as the `n`th claim of the page.
    pub fn group(mut self, n: u32) -> C {
        self.0.group = n;
        self
    }
    /// Where it stands: found in the page's text.
    pub fn says(mut self, words: &str) -> C {
        self.0.rules = vec![words.into()];
        self
    }
}

/// A page under construction.
#[derive(Clone)]
pub struct P(pub PageInput);

/// A page; `published` is an ISO day, or empty.
pub fn page(id: &str, published: &str) -> P {
    let mut article = Article { language: Some("xx".into()), ..Article::default() };
    if !published.is_empty() {
        let d = day(published);
        article.published = Some(Published { from: d, to: d, basis: Basis::Dateline, span: None, evidence: None });
    }
    let reading = Reading { article, sentences: vec![], claims: vec![], namings: vec![] };
    P(PageInput { id: format!("sha256:{id}"), source: format!("{id}.txt"), reading })
}

impl P {
    /// The text; each line is a paragraph and a sentence.
    pub fn text(mut self, text: &str) -> P {
        let a = &mut self.0.reading.article;
        a.text = text.into();
        a.original = text.into();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let t = line.trim();
            if !t.is_empty() {
                let start = at + (line.len() - line.trim_start().len());
                let span = Span::new(start, start + t.len());
                a.blocks.push(Block { span, kind: BlockKind::Body, dropped: None, part: 0, paragraph: 0 });
                self.0.reading.sentences.push(span);
            }
            at += line.len();
        }
        self
    }
    pub fn agency(mut self, name: &str) -> P {
        self.0.reading.article.agencies.push(Named { name: name.into(), id: None, span: None });
        self
    }
    pub fn language(mut self, code: &str) -> P {
        self.0.reading.article.language = Some(code.into());
        self
    }
    pub fn add(mut self, c: C) -> P {
        let n = self.0.reading.claims.len() as u32;
        let mut c = c.0;
        if c.group == u32::MAX {
            c.group = n;
        }
        let text = &self.0.reading.article.text;
        match c.rules.pop().and_then(|w| text.find(&*w).map(|i| Span::new(i, i + w.len()))) {
            Some(s) => c.span = s,
            None => c.span = Span::new(n as usize, n as usize + 1),
        }
        for (i, t) in c.tolls.iter_mut().enumerate() {
            t.span = Span::new(c.span.start as usize + i, c.span.start as usize + i + 1);
        }
        self.0.reading.claims.push(c);
        self
    }
    pub fn naming(mut self, group: &str, term: &str) -> P {
        self.0.reading.namings.push(Naming {
            group: party(group),
            term: term.into(),
            lemma: term.into(),
            voice: None,
            quoted: false,
            span: Span::default(),
        });
        self
    }
}

pub fn inputs(pages: &[P]) -> Vec<PageInput> {
    let mut v: Vec<PageInput> = pages.iter().map(|p| p.0.clone()).collect();
    canonical(&mut v);
    v
}

pub fn check(pages: &[P]) -> (CrossCheck, Vec<PageInput>) {
    let v = inputs(pages);
    (cross_check(&table(), &v, &Options::default()), v)
}

/// The incidents that more than one page tells.
pub fn linked(x: &CrossCheck) -> Vec<&Incident> {
    x.incidents.iter().filter(|i| i.pages.len() > 1).collect()
}
