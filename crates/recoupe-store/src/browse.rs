//! Lists for people who look around: incidents by what they ask for, what changed, pages, parties, and which pages a ledger is made of.

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params, params_from_iter};

use crate::error::{About, StoreError};
use crate::incidents::{COLUMNS, Change, IncidentRow, row};
use crate::open::Store;

/// A party that so many pages name is looked for from the incidents, not from the pages.
const OFTEN: i64 = 2_000;

/// Which incidents are meant; what is not named does not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IncidentQuery {
    /// The last day is not before this one (ISO, or the beginning of one).
    pub from: Option<String>,
    /// The first day is not after this one.
    pub to: Option<String>,
    /// ISO 3166 alpha-2.
    pub country: Option<String>,
    /// Domain id of the type.
    pub kind: Option<String>,
    /// How the accounts stand.
    pub standing: Option<String>,
    /// Words of the place's name.
    pub place: Option<String>,
    /// Id of a party that its pages name.
    pub party: Option<String>,
    /// Who published a page of it.
    pub outlet: Option<String>,
    /// Language of a page of it.
    pub language: Option<String>,
    /// Earlier events, plans and running totals too.
    pub all: bool,
}

impl IncidentQuery {
    /// The condition, and what its marks stand for. `often`: whether very many pages name the party.
    fn condition(&self, often: bool) -> (String, Vec<Value>) {
        let mut parts: Vec<&str> = Vec::new();
        let mut values: Vec<Value> = Vec::new();
        let mut add = |sql: &'static str, value: Option<String>| {
            if let Some(v) = value {
                parts.push(sql);
                values.push(Value::Text(v));
            }
        };
        add("day_to >= ?", self.from.clone());
        // "2020-02" means the whole month
        add("day_from <= ?", self.to.as_ref().map(|d| format!("{d}~")));
        add("country = ?", self.country.as_ref().map(|c| c.to_ascii_uppercase()));
        add("type = ?", self.kind.clone());
        add("standing = ?", self.standing.clone());
        add("place LIKE ? ESCAPE '\\'", self.place.as_ref().map(|p| format!("%{}%", escaped(p))));
        // From what is rare to its incidents, or from each incident to what nearly all have.
        add(
            if often {
                "EXISTS (SELECT 1 FROM incident_claim JOIN page_party ON page_party.page = incident_claim.page
                    WHERE incident_claim.incident = incident.id AND page_party.party = ?)"
            } else {
                "id IN (SELECT incident FROM incident_claim WHERE page IN (SELECT page FROM page_party WHERE party = ?))"
            },
            self.party.clone(),
        );
        add(
            "id IN (SELECT incident FROM incident_claim JOIN page_text ON page_text.page = incident_claim.page
                WHERE page_text.outlet = ?)",
            self.outlet.clone(),
        );
        add(
            "EXISTS (SELECT 1 FROM incident_claim JOIN page_text ON page_text.page = incident_claim.page
                WHERE incident_claim.incident = incident.id AND page_text.language = ?)",
            self.language.clone(),
        );
        if !self.all {
            parts.push("NOT background AND NOT planned AND NOT summary");
        }
        let sql = if parts.is_empty() { "1".to_owned() } else { parts.join(" AND ") };
        (sql, values)
    }
}

/// Words to look for, without what LIKE reads as its own.
fn escaped(words: &str) -> String {
    words.chars().flat_map(|c| if matches!(c, '%' | '_' | '\\') { vec!['\\', c] } else { vec![c] }).collect()
}

/// A value of a list and how many there are of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facet {
    /// The value.
    pub value: String,
    /// What people call it, where that is something else.
    pub name: Option<String>,
    /// How many.
    pub count: i64,
}

/// A page in a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageLine {
    /// Its number in the file.
    pub id: i64,
    /// Its title; empty where none was found.
    pub title: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// The first day it may have been published.
    pub day: Option<String>,
    /// The first of its paths.
    pub source: String,
    /// When it was added.
    pub added: String,
    /// How many claims stand on it; `None` where it was not compared yet.
    pub claims: Option<i64>,
}

/// Something that an update changed, and the incident as it is now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// Its number: later ones are larger.
    pub seq: i64,
    /// When.
    pub at: String,
    /// What.
    pub change: Change,
    /// The incident, where it still is, without its claims.
    pub now: Option<IncidentRow>,
}

impl Store {
    /// Incidents, the last ones first, without their claims, and how many there are in all.
    pub fn browse(&self, q: &IncidentQuery, skip: usize, most: usize) -> Result<(Vec<IncidentRow>, i64), StoreError> {
        let (condition, values) = self.condition(q)?;
        let all = self
            .db
            .prepare_cached(&format!("SELECT count(*) FROM incident WHERE {condition}"))
            .and_then(|mut s| s.query_row(params_from_iter(&values), |r| r.get(0)))
            .about(&self.path)?;
        Ok((self.newest(q, skip, most)?, all))
    }

    /// The same without counting them.
    pub fn newest(&self, q: &IncidentQuery, skip: usize, most: usize) -> Result<Vec<IncidentRow>, StoreError> {
        let (condition, values) = self.condition(q)?;
        let sql = format!(
            "SELECT {COLUMNS} FROM incident WHERE {condition}
            ORDER BY day_from DESC, id DESC LIMIT {most} OFFSET {skip}"
        );
        self.bare(&sql, params_from_iter(&values))
    }

    fn condition(&self, q: &IncidentQuery) -> Result<(String, Vec<Value>), StoreError> {
        let Some(party) = &q.party else { return Ok(q.condition(false)) };
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM page_party WHERE party = ?1 LIMIT {OFTEN})");
        let often = self.db.query_row(&sql, [party], |r| r.get::<_, i64>(0)).about(&self.path)? == OFTEN;
        Ok(q.condition(often))
    }

    /// Where accounts contradict each other: the last ones that many pages tell first.
    pub fn contested(&self, most: usize) -> Result<Vec<IncidentRow>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM incident WHERE standing = 'contested' AND NOT background AND NOT planned AND NOT summary
            ORDER BY day_from DESC, origins DESC, id DESC LIMIT {most}"
        );
        self.bare(&sql, [])
    }

    /// Incidents about which nobody decided anything yet, those first where a decision helps most: contradictions, then wide figures, then
    /// many independent origins. Also how many there are, and about how many somebody decided.
    pub fn queue(&self, skip: usize, most: usize) -> Result<(Vec<IncidentRow>, i64, i64), StoreError> {
        let open =
            "decided = 0 AND standing IN ('contested', 'differs') AND NOT background AND NOT planned AND NOT summary";
        let one = |sql: &str| self.db.query_row(sql, [], |r| r.get::<_, i64>(0)).about(&self.path);
        let all = one(&format!("SELECT count(*) FROM incident WHERE {open}"))?;
        let done = one("SELECT count(*) FROM incident WHERE decided = 1")?;
        let sql = format!(
            "SELECT {COLUMNS} FROM incident WHERE {open}
            ORDER BY standing, coalesce(killed_high - killed_low, 0) DESC, origins DESC, day_from DESC, id
            LIMIT {most} OFFSET {skip}"
        );
        Ok((self.bare(&sql, [])?, all, done))
    }

    /// Other incidents that may be the same as this one: near in time and place, the nearest first.
    pub fn candidates(&self, x: &IncidentRow, most: usize) -> Result<Vec<IncidentRow>, StoreError> {
        let Some((from, to)) = &x.days else { return Ok(Vec::new()) };
        let (lat, lon) = x.spot.unzip();
        let sql = format!(
            "SELECT {COLUMNS} FROM incident
            WHERE day_from BETWEEN date(?1, '-3 days') AND date(?2, '+3 days') AND name <> ?3 AND NOT summary
                AND (place_key = ?4 OR lat BETWEEN ?5 - 0.75 AND ?5 + 0.75 AND lon BETWEEN ?6 - 1.5 AND ?6 + 1.5)
            ORDER BY type <> ?7, abs(julianday(day_from) - julianday(?1)) + coalesce(abs(lat - ?5) + abs(lon - ?6), 1), id
            LIMIT {most}"
        );
        self.bare(&sql, params![from, to, x.name, x.place_key, lat, lon, x.kind])
    }

    /// The change up to which somebody has looked, and from now on this one.
    pub fn look(&mut self, name: &str, upto: i64) -> Result<i64, StoreError> {
        let path = self.path.clone();
        let before = self.looked(name)?;
        self.change(|tx| {
            let sql = "INSERT INTO looked (name, change) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET change = ?2";
            tx.execute(sql, params![name, upto]).about(&path)?;
            Ok(())
        })?;
        Ok(before)
    }

    /// The change up to which somebody has looked.
    pub fn looked(&self, name: &str) -> Result<i64, StoreError> {
        let sql = "SELECT coalesce((SELECT change FROM looked WHERE name = ?1), 0)";
        self.db.query_row(sql, [name], |r| r.get(0)).about(&self.path)
    }

    fn bare(&self, sql: &str, params: impl rusqlite::Params) -> Result<Vec<IncidentRow>, StoreError> {
        let mut q = self.db.prepare_cached(sql).about(&self.path)?;
        let rows = q.query_map(params, |r| row(r).map(|x| x.1)).about(&self.path)?;
        rows.collect::<Result<_, _>>().about(&self.path)
    }

    /// How many incidents there are of each standing.
    pub fn standings(&self) -> Result<Vec<Facet>, StoreError> {
        self.facets(
            "SELECT standing, NULL, count(*) FROM incident WHERE NOT background AND NOT planned AND NOT summary
            GROUP BY standing ORDER BY 3 DESC, 1",
            [],
        )
    }

    /// Countries and types of incidents, the most frequent first.
    pub fn incident_facets(&self) -> Result<(Vec<Facet>, Vec<Facet>), StoreError> {
        let of = |column: &str| {
            self.facets(
                &format!(
                    "SELECT {column}, NULL, count(*) FROM incident WHERE {column} IS NOT NULL
                    GROUP BY {column} ORDER BY 3 DESC, 1 LIMIT 300"
                ),
                [],
            )
        };
        Ok((of("country")?, of("type")?))
    }

    fn facets(&self, sql: &str, params: impl rusqlite::Params) -> Result<Vec<Facet>, StoreError> {
        let mut q = self.db.prepare_cached(sql).about(&self.path)?;
        let one = |r: &Row<'_>| Ok(Facet { value: r.get(0)?, name: r.get(1)?, count: r.get(2)? });
        let rows = q.query_map(params, one).about(&self.path)?;
        rows.collect::<Result<_, _>>().about(&self.path)
    }

    /// What changed after the change of this number, the last first.
    pub fn changes_since(&self, seq: i64, most: usize) -> Result<Vec<Told>, StoreError> {
        let sql = "SELECT seq, at, incident, what, before FROM change WHERE seq > ?1 ORDER BY seq DESC LIMIT ?2";
        let mut q = self.db.prepare_cached(sql).about(&self.path)?;
        let one = |r: &Row<'_>| {
            let change = Change { incident: r.get(2)?, what: r.get(3)?, before: r.get(4)? };
            Ok(Told { seq: r.get(0)?, at: r.get(1)?, change, now: None })
        };
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let rows = q.query_map([seq, most], one).about(&self.path)?;
        let mut out: Vec<Told> = rows.collect::<Result<_, _>>().about(&self.path)?;
        let sql = format!("SELECT {COLUMNS} FROM incident WHERE name = ?1");
        for x in &mut out {
            x.now = self.bare(&sql, [&x.change.incident])?.pop();
        }
        Ok(out)
    }

    /// The incident that took the place of one that is no more, where changes tell it: the one that has most of its claims.
    pub fn successor(&self, name: &str) -> Result<Option<String>, StoreError> {
        let sql =
            "SELECT before FROM change WHERE before ->> '$.id' = ?1 AND before IS NOT NULL ORDER BY seq DESC LIMIT 1";
        let before: Option<String> = self
            .db
            .prepare_cached(sql)
            .and_then(|mut q| q.query_row([name], |r| r.get(0)).optional())
            .about(&self.path)?;
        let Some(before) = before else { return Ok(None) };
        let claims: serde_json::Value = serde_json::from_str(&before).unwrap_or_default();
        let numbers = claims["claims"].as_array().into_iter().flatten().filter_map(|c| c.as_str());
        let mut found: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
        for claim in numbers.filter_map(|c| i64::from_str_radix(c.trim_start_matches('c'), 16).ok()) {
            if let Some(holder) = self.incident_name(claim)? {
                *found.entry(holder).or_default() += 1;
            }
        }
        Ok(found.into_iter().max_by_key(|(_, n)| *n).map(|(name, _)| name))
    }

    /// The number of the last change; 0 where there was none.
    pub fn last_change(&self) -> Result<i64, StoreError> {
        self.db.query_row("SELECT coalesce(max(seq), 0) FROM change", [], |r| r.get(0)).about(&self.path)
    }

    /// Pages, those added last first, and how many there are.
    pub fn page_lines(&self, skip: usize, most: usize) -> Result<(Vec<PageLine>, i64), StoreError> {
        let all = self.db.query_row("SELECT count(*) FROM page", [], |r| r.get(0)).about(&self.path)?;
        let sql = format!("{LINE} ORDER BY page.id DESC LIMIT {most} OFFSET {skip}");
        Ok((self.page_rows(&sql, [])?, all))
    }

    /// One page in a line.
    pub fn page_line(&self, page: i64) -> Result<Option<PageLine>, StoreError> {
        Ok(self.page_rows(&format!("{LINE} WHERE page.id = ?1"), [page])?.pop())
    }

    fn page_rows(&self, sql: &str, params: impl rusqlite::Params) -> Result<Vec<PageLine>, StoreError> {
        let mut q = self.db.prepare_cached(sql).about(&self.path)?;
        let one = |r: &Row<'_>| {
            Ok(PageLine {
                id: r.get(0)?,
                title: r.get::<_, Option<String>>(1)?.unwrap_or_default(),
                outlet: r.get(2)?,
                language: r.get(3)?,
                day: r.get(4)?,
                source: r.get::<_, Option<String>>(5)?.unwrap_or_default(),
                added: r.get(6)?,
                claims: r.get(7)?,
            })
        };
        let rows = q.query_map(params, one).about(&self.path)?;
        rows.collect::<Result<_, _>>().about(&self.path)
    }

    /// Pages on which claims of a kind stand, those published last first, and how many there are. A party narrows them to pages that name it.
    pub fn pages_with(&self, kind: &str, party: Option<&str>, most: usize) -> Result<(Vec<i64>, i64), StoreError> {
        let within = "FROM page_claim WHERE kind = ?1
            AND (?2 IS NULL OR page IN (SELECT page FROM page_party WHERE party = ?2))";
        let all = self
            .db
            .prepare_cached(&format!("SELECT count(*) {within}"))
            .and_then(|mut q| q.query_row(params![kind, party], |r| r.get(0)))
            .about(&self.path)?;
        let sql = format!("SELECT page {within} ORDER BY day DESC, page DESC LIMIT {most}");
        let mut q = self.db.prepare_cached(&sql).about(&self.path)?;
        let rows = q.query_map(params![kind, party], |r| r.get(0)).about(&self.path)?;
        Ok((rows.collect::<Result<_, _>>().about(&self.path)?, all))
    }

    /// Parties by how many pages name them.
    pub fn parties(&self, most: usize) -> Result<Vec<Facet>, StoreError> {
        let sql =
            format!("SELECT party, min(name), count(*) FROM page_party GROUP BY party ORDER BY 3 DESC, 1 LIMIT {most}");
        self.facets(&sql, [])
    }

    /// The neutral name of a party.
    pub fn party_name(&self, party: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT name FROM page_party WHERE party = ?1 LIMIT 1";
        self.db.query_row(sql, [party], |r| r.get(0)).optional().about(&self.path)
    }

    /// Pages that name a party, those added last first, and how many there are.
    pub fn pages_naming(&self, party: &str, most: usize) -> Result<(Vec<i64>, i64), StoreError> {
        let count = "SELECT count(*) FROM page_party WHERE party = ?1";
        let all = self.db.query_row(count, [party], |r| r.get(0)).about(&self.path)?;
        let sql = format!("SELECT page FROM page_party WHERE party = ?1 ORDER BY page DESC LIMIT {most}");
        let mut q = self.db.prepare_cached(&sql).about(&self.path)?;
        let rows = q.query_map([party], |r| r.get(0)).about(&self.path)?;
        Ok((rows.collect::<Result<_, _>>().about(&self.path)?, all))
    }
}

const LINE: &str =
    "SELECT page.id, page_text.title, coalesce(page.outlet, page_text.outlet), page_text.language, page_text.day_from,
        (SELECT min(path) FROM source WHERE source.page = page.id), page.added,
        CASE WHEN EXISTS (SELECT 1 FROM checked WHERE checked.page = page.id)
            THEN (SELECT coalesce(sum(claims), 0) FROM page_claim WHERE page_claim.page = page.id) END
    FROM page LEFT JOIN page_text ON page_text.page = page.id";
