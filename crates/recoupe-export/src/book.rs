//! A dossier with its ids looked up once: what the parts of a report share.

use std::collections::BTreeMap;

use recoupe_wire::{Claim, Dossier, Incident, Party, Value};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::words::{Day, Words};

/// A dossier and the words to tell it in.
pub struct Book<'a> {
    /// The dossier.
    pub d: &'a Dossier,
    /// The words.
    pub w: &'static Words,
    pages: BTreeMap<&'a str, usize>,
    claims: BTreeMap<&'a str, usize>,
    incidents: BTreeMap<&'a str, usize>,
    /// Per page, the index of the origin it shares with others.
    origin: Vec<Option<usize>>,
    /// Per page, its claims.
    on_page: Vec<Vec<usize>>,
    /// Where the parts are found, where they do not stand on one page.
    doors: Option<&'a Doors>,
}

/// The addresses of a report whose parts stand on pages of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doors {
    /// The number of each page, by its id in the dossier.
    pub pages: BTreeMap<String, i64>,
    /// The name of each incident by its id in the dossier, where it goes by another among all pages.
    pub incidents: BTreeMap<String, String>,
}

impl<'a> Book<'a> {
    /// The same with its parts on pages of their own.
    pub fn with(self, doors: &'a Doors) -> Self {
        Self { doors: Some(doors), ..self }
    }

    /// Where an incident is told.
    pub fn incident_href(&self, i: usize) -> String {
        let id = &self.d.incidents[i].id;
        match self.doors {
            Some(d) => format!("/incidents/{}", d.incidents.get(id).unwrap_or(id)),
            None => format!("#i{}", i + 1),
        }
    }

    /// The number by which people know a page.
    fn page_number(&self, p: usize) -> i64 {
        let number = self.doors.and_then(|d| d.pages.get(&self.d.pages[p].id).copied());
        number.unwrap_or(p as i64 + 1)
    }

    /// Where a page is shown.
    pub fn page_href(&self, p: usize) -> String {
        format!("{}{}", if self.doors.is_some() { "/pages/" } else { "#p" }, self.page_number(p))
    }

    /// “page 3”.
    pub fn page_label(&self, p: usize) -> String {
        self.w.f("row.page", &[("n", &self.page_number(p).to_string())])
    }

    /// What a claim's place on its page is called.
    pub fn claim_anchor(&self, c: usize) -> String {
        if self.doors.is_some() { self.d.claims[c].id.clone() } else { format!("c{c}") }
    }

    /// Where a claim stands.
    pub fn claim_href(&self, c: usize) -> String {
        let page = self.doors.and_then(|_| self.page(&self.d.claims[c].page)).map(|p| self.page_href(p));
        format!("{}#{}", page.unwrap_or_default(), self.claim_anchor(c))
    }

    /// Where an agreement is told.
    pub fn agreement_href(&self, n: usize) -> String {
        format!("{}#a{}", if self.doors.is_some() { "/ledgers/agreements" } else { "" }, n + 1)
    }

    /// Where a part of the report stands.
    pub fn section_href(&self, name: &str) -> String {
        format!("{}{name}", if self.doors.is_some() { "/ledgers/" } else { "#" })
    }

    /// What one side of a disagreement holds, in words.
    pub fn value(&self, v: &Value) -> String {
        match v {
            Value::Happened(yes) => self.w.t(if *yes { "row.yes" } else { "row.no" }).to_owned(),
            Value::Party(p) => self.w.party(p),
            Value::NotParty(p) => self.w.f("row.not_this", &[("who", &self.w.party(p))]),
            Value::Status(s) => self.w.id("status", s),
            Value::Type(t) => self.w.id("type", t),
            Value::Time(t) => self.w.time(t).unwrap_or_default(),
            Value::Place(p) => self.w.place(p),
            Value::Figure { min, max, approx } => self.w.figure(*min, *max, *approx).unwrap_or_default(),
        }
    }

    /// Looks everything up.
    pub fn new(d: &'a Dossier, w: &'static Words) -> Self {
        let pages: BTreeMap<&str, usize> = d.pages.iter().enumerate().map(|(i, p)| (p.id.as_str(), i)).collect();
        let mut origin = vec![None; d.pages.len()];
        for (i, o) in d.origins.iter().enumerate() {
            for p in o.pages.iter().filter_map(|p| pages.get(p.as_str())) {
                origin[*p] = Some(i);
            }
        }
        let mut on_page = vec![Vec::new(); d.pages.len()];
        // what somebody rejected is evidence of nothing: the report shows the sentence without it
        for (i, c) in d.claims.iter().enumerate().filter(|(_, c)| !c.rejected) {
            if let Some(p) = pages.get(c.page.as_str()) {
                on_page[*p].push(i);
            }
        }
        Book {
            d,
            w,
            pages,
            claims: d.claims.iter().enumerate().map(|(i, c)| (c.id.as_str(), i)).collect(),
            incidents: d.incidents.iter().enumerate().map(|(i, x)| (x.id.as_str(), i)).collect(),
            origin,
            on_page,
            doors: None,
        }
    }

    /// Index of a page by its id.
    pub fn page(&self, id: &str) -> Option<usize> {
        self.pages.get(id).copied()
    }
    /// Index of a claim by its id.
    pub fn claim(&self, id: &str) -> Option<usize> {
        self.claims.get(id).copied()
    }
    /// Claims by their ids; unknown ids are passed over.
    pub fn claims<'b>(&self, ids: &'b [String]) -> impl Iterator<Item = (usize, &'a Claim)> + use<'a, 'b, '_> {
        ids.iter().filter_map(|id| self.claim(id)).map(|i| (i, &self.d.claims[i]))
    }
    /// The claims of a page, in order.
    pub fn on_page(&self, page: usize) -> Vec<(usize, &'a Claim)> {
        self.on_page[page].iter().map(|i| (*i, &self.d.claims[*i])).collect()
    }
    /// Index of an incident by its id.
    pub fn incident(&self, id: &str) -> Option<usize> {
        self.incidents.get(id).copied()
    }
    /// The origin a page shares with others.
    pub fn origin(&self, page: usize) -> Option<usize> {
        self.origin.get(page).copied().flatten()
    }

    /// Who published a page: its outlet, else the file's name, else its number.
    pub fn outlet(&self, page: usize) -> String {
        let p = &self.d.pages[page];
        let number = || self.page_label(page);
        p.outlet.clone().unwrap_or_else(|| Some(self.file(page)).filter(|f| speaks(f)).unwrap_or_else(number))
    }

    /// The last part of a page's path, without its ending.
    pub fn file(&self, page: usize) -> String {
        let s = &self.d.pages[page].source;
        let name = s.rsplit(['/', '\\']).find(|x| !x.is_empty()).unwrap_or(s);
        let stem = name.rsplit_once('.').map_or(name, |(a, _)| a);
        let cut: String = stem.chars().take(40).collect();
        if cut.is_empty() { self.w.t("page.outlet_unknown").to_owned() } else { cut }
    }

    /// Outlets of pages, each once, in order.
    pub fn outlets(&self, pages: &[usize]) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for p in pages {
            let o = self.outlet(*p);
            if !out.contains(&o) {
                out.push(o);
            }
        }
        out
    }

    /// A voice in a few words; `None` is an outlet.
    pub fn voice(&self, v: Option<&Party>) -> String {
        v.map_or_else(|| self.w.t("row.own_voice_short").to_owned(), |p| self.w.party(p))
    }

    /// Voices in a few words, in order, each once; outlets by their names, from the claims.
    pub fn voices(&self, voices: &[Option<Party>], claims: &[String]) -> String {
        let mut out: Vec<String> = Vec::new();
        for v in voices {
            match v {
                Some(p) => out.push(self.w.party(p)),
                None => {
                    let own: Vec<usize> = self
                        .claims(claims)
                        .filter(|(_, c)| c.voice.is_none())
                        .filter_map(|(_, c)| self.page(&c.page))
                        .collect();
                    let names = self.outlets(&own);
                    if names.is_empty() { out.push(self.voice(None)) } else { out.extend(names) }
                }
            }
        }
        let mut seen: Vec<String> = Vec::new();
        out.retain(|x| {
            !seen.contains(x) && {
                seen.push(x.clone());
                true
            }
        });
        out.join(", ")
    }

    /// Type, place and time of an incident.
    pub fn title(&self, x: &Incident) -> Title {
        let kind = capital(&self.w.id("type", &x.kind_of));
        Title {
            kind,
            place: x.place.as_ref().map(|p| isolated(self.w.place(p))),
            time: x.time.as_ref().and_then(|t| self.w.time(t)),
        }
    }
}

/// What an incident is called.
pub struct Title {
    /// Its type, with a capital.
    pub kind: String,
    /// Where.
    pub place: Option<String>,
    /// When.
    pub time: Option<String>,
}

impl Title {
    /// On one line.
    pub fn line(&self) -> String {
        let mut s = self.kind.clone();
        for x in [&self.place, &self.time].into_iter().flatten() {
            s.push_str(" · ");
            s.push_str(x);
        }
        s
    }
    /// Without the time.
    pub fn short(&self) -> String {
        match &self.place {
            Some(p) => format!("{} · {p}", self.kind),
            None => self.kind.clone(),
        }
    }
}

/// Whether a file's name tells people anything; digests and counters do not.
fn speaks(name: &str) -> bool {
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let opaque = name.split(|c: char| !c.is_ascii_alphanumeric()).any(|run| {
        run.len() > 9 && run.bytes().any(|b| b.is_ascii_digit()) && run.bytes().any(|b| b.is_ascii_alphabetic())
    });
    !opaque && digits * 2 < name.chars().count()
}

/// A name in a script that runs from right to left is kept from turning the words around it.
fn isolated(name: String) -> String {
    let turns = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{202a}'..='\u{202e}');
    if name.chars().any(turns) { format!("\u{2068}{name}\u{2069}") } else { name }
}

/// First and last day of an incident.
pub fn days(x: &Incident) -> Option<(Day, Day)> {
    let t = x.time.as_ref()?;
    let a = Day::of(t.from.as_deref()).or(Day::of(t.to.as_deref()))?;
    let b = Day::of(t.to.as_deref()).unwrap_or(a);
    (a <= b).then_some((a, b))
}

/// The first letter as a capital.
pub fn capital(s: &str) -> String {
    let mut c = s.chars();
    c.next().map_or_else(String::new, |f| f.to_uppercase().chain(c).collect())
}

/// The form under which words are compared: no case, accents or marks.
pub fn fold(s: &str) -> String {
    let s: String = s.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    let s: String = s.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    s.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How serious a standing is: contested first.
pub fn rank(standing: &str) -> u8 {
    match standing {
        "contested" => 0,
        "differs" => 1,
        "agreed" => 2,
        _ => 3,
    }
}

/// Whether a type is about words and movements rather than violence: these are listed after the others of their day.
pub fn quiet(kind: &str) -> bool {
    matches!(kind, "agreement" | "talks" | "statement_threat" | "displacement" | "other")
}
