//! The kept cross-check: incidents in short, the claims they are made of, and how a new page finds those it can touch.

use rusqlite::{OptionalExtension, Row, Transaction, params};

use crate::error::{About, StoreError};
use crate::open::{Store, now};

/// Days by which accounts of one incident can slip.
const SLIP: i64 = 3;
/// The longest incident, in days, that is found by its first day; longer ones are summaries, which nothing is merged with.
const LONG: i64 = 10;
/// Degrees within which places can be one: a little over the reach of the cross-check.
const AROUND: f64 = 0.75;
/// Pages of one incident that are taken for near, at most.
const EACH: i64 = 8;
/// How many hashes two pages share at least before they are compared as copies.
const PRINTS: i64 = 2;
/// Pages that carry one hash, at most: a phrase that all use tells nothing.
const COMMON: i64 = 64;

/// A kept incident, in short.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IncidentRow {
    /// Its id in the dossier: `i` and twelve hexadecimal digits.
    pub name: String,
    /// Domain id of its type.
    pub kind: String,
    /// First and last day (ISO), where known.
    pub days: Option<(String, String)>,
    /// Name of its place.
    pub place: Option<String>,
    /// The same as the first of its pages words it.
    pub place_said: Option<String>,
    /// How exactly it is known: `exact`, `town`, `district`, `province`, `country`.
    pub precision: Option<String>,
    /// A number that most ways of writing its name have in common.
    pub place_key: Option<u32>,
    /// ISO 3166 alpha-2.
    pub country: Option<String>,
    /// Degrees north and east.
    pub spot: Option<(f64, f64)>,
    /// How its accounts stand to each other, as the dossier words it.
    pub standing: String,
    /// Pages that tell it.
    pub pages: i64,
    /// Independent ones among them.
    pub origins: i64,
    /// The lowest count of killed that stands.
    pub killed_low: Option<i64>,
    /// The highest; nothing where no voice bounds it.
    pub killed_high: Option<i64>,
    /// Whether pages only recall it.
    pub background: bool,
    /// Whether it is only planned.
    pub planned: bool,
    /// Whether it is a running total or a stretch of time.
    pub summary: bool,
    /// Whether people decided anything about its claims.
    pub decided: bool,
    /// Its claims: id as a number, page.
    pub claims: Vec<(i64, i64)>,
}

/// A page as the kept cross-check has seen it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Its number in the file.
    pub page: i64,
    /// The key of its reading.
    pub key: String,
    /// Between which days other pages place it (ISO).
    pub sibling: Option<(String, String)>,
    /// Hashes of its word sequences; see [`Store::alike`].
    pub prints: Vec<u32>,
    /// How many claims of each kind stand on it.
    pub claims: Vec<(String, i64)>,
    /// Who is named on it.
    pub parties: Vec<PartyUse>,
}

/// Who is named on a page, and how often as what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartyUse {
    /// Id as in the packs.
    pub id: String,
    /// The neutral name.
    pub name: String,
    /// Claims of which it is the actor.
    pub actor: i64,
    /// Claims of which it is the target.
    pub target: i64,
    /// Claims that it makes.
    pub voice: i64,
}

/// What an update changes of one incident.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Name of the incident.
    pub incident: String,
    /// `new`, `changed`, `gone`.
    pub what: String,
    /// The incident as it was, as JSON; its keys are those of who keeps it.
    pub before: Option<String>,
}

/// What an update changes, all of it or nothing.
#[derive(Clone, Debug, Default)]
pub struct Update {
    /// Whether all that was kept is forgotten first.
    pub afresh: bool,
    /// Pages that were compared.
    pub pages: Vec<Checked>,
    /// Names of incidents that are no more, or are replaced.
    pub gone: Vec<String>,
    /// Incidents that are new or replace others.
    pub incidents: Vec<IncidentRow>,
    /// How many decisions of the log are in it.
    pub decisions: i64,
    /// By what the pages were read: with another version all are compared anew.
    pub version: String,
    /// What is told of it.
    pub changes: Vec<Change>,
}

/// The columns of an incident, in the order that [`row`] reads them.
pub(crate) const COLUMNS: &str =
    "id, name, type, day_from, day_to, place, country, lat, lon, standing, pages, origins, killed_low, killed_high,
    background, planned, summary, place_key, decided, place_said, precision";

pub(crate) fn row(r: &Row<'_>) -> rusqlite::Result<(i64, IncidentRow)> {
    let both = |a: Option<String>, b: Option<String>| a.zip(b);
    let row = IncidentRow {
        name: r.get(1)?,
        kind: r.get(2)?,
        days: both(r.get(3)?, r.get(4)?),
        place: r.get(5)?,
        country: r.get(6)?,
        spot: r.get::<_, Option<f64>>(7)?.zip(r.get(8)?),
        standing: r.get(9)?,
        pages: r.get(10)?,
        origins: r.get(11)?,
        killed_low: r.get(12)?,
        killed_high: r.get(13)?,
        background: r.get(14)?,
        planned: r.get(15)?,
        summary: r.get(16)?,
        place_key: r.get(17)?,
        decided: r.get(18)?,
        place_said: r.get(19)?,
        precision: r.get(20)?,
        claims: Vec::new(),
    };
    Ok((r.get(0)?, row))
}

impl Store {
    /// Pages that were not compared yet as they are now, by their numbers: all of them, where others were read by another version.
    pub fn unchecked(&self, version: &str) -> Result<Vec<i64>, StoreError> {
        let sql = if self.about("checked_version")?.as_deref() == Some(version) {
            "SELECT id FROM page WHERE NOT EXISTS (SELECT 1 FROM checked WHERE checked.page = page.id) ORDER BY id"
        } else {
            "SELECT id FROM page ORDER BY id"
        };
        let mut q = self.db.prepare_cached(sql).about(&self.path)?;
        let rows = q.query_map([], |r| r.get(0)).about(&self.path)?;
        rows.collect::<Result<_, _>>().about(&self.path)
    }

    /// The pages by the day they were published; those without one at the end.
    pub fn by_day(&self) -> Result<Vec<i64>, StoreError> {
        let sql = "SELECT page.id FROM page LEFT JOIN page_text ON page_text.page = page.id
            ORDER BY page_text.day_from IS NULL, page_text.day_from, page.id";
        let mut q = self.db.prepare_cached(sql).about(&self.path)?;
        let rows = q.query_map([], |r| r.get(0)).about(&self.path)?;
        rows.collect::<Result<_, _>>().about(&self.path)
    }

    /// Between which days other pages place a page, where that is kept.
    pub fn sibling(&self, page: i64) -> Result<Option<(String, String)>, StoreError> {
        let sql = "SELECT sibling_from, sibling_to FROM checked WHERE page = ?1 AND sibling_from IS NOT NULL";
        let mut q = self.db.prepare_cached(sql).about(&self.path)?;
        let mut rows = q.query([page]).about(&self.path)?;
        let Some(r) = rows.next().about(&self.path)? else { return Ok(None) };
        Ok(Some((r.get(0).about(&self.path)?, r.get(1).about(&self.path)?)))
    }

    /// How many decisions of the log the kept incidents obey.
    pub fn obeyed(&self) -> Result<i64, StoreError> {
        Ok(self.about("checked_decisions")?.and_then(|n| n.parse().ok()).unwrap_or(0))
    }

    /// The name of the kept incident that a claim stands in.
    pub fn incident_name(&self, claim: i64) -> Result<Option<String>, StoreError> {
        let sql = "SELECT name FROM incident WHERE id = (SELECT incident FROM incident_claim WHERE claim = ?1)";
        let mut q = self.db.prepare_cached(sql).about(&self.path)?;
        q.query_row([claim], |r| r.get(0)).optional().about(&self.path)
    }

    /// The kept incident that a claim stands in, with all its claims.
    pub fn incident_of(&self, claim: i64) -> Result<Option<IncidentRow>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM incident WHERE id = (SELECT incident FROM incident_claim WHERE claim = ?1)");
        Ok(self.rows(&sql, [claim])?.pop())
    }

    /// The kept incidents that a page tells.
    pub fn incidents_of(&self, page: i64) -> Result<Vec<IncidentRow>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM incident WHERE id IN (SELECT incident FROM incident_claim WHERE page = ?1)");
        self.rows(&sql, [page])
    }

    /// A kept incident by its name, with its claims on the last `most` of its pages.
    pub fn incident_in_part(&self, name: &str, most: usize) -> Result<Option<IncidentRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM incident WHERE name = ?1");
        let mut q = self.db.prepare_cached(&sql).about(&self.path)?;
        let Some((id, mut x)) = q.query_row([name], row).optional().about(&self.path)? else { return Ok(None) };
        let sql = format!(
            "SELECT claim, page FROM incident_claim WHERE incident = ?1 AND page IN
                (SELECT DISTINCT page FROM incident_claim WHERE incident = ?1 ORDER BY page DESC LIMIT {most})
            ORDER BY claim"
        );
        let mut q = self.db.prepare_cached(&sql).about(&self.path)?;
        let rows = q.query_map([id], |r| Ok((r.get(0)?, r.get(1)?))).about(&self.path)?;
        x.claims = rows.collect::<Result<_, _>>().about(&self.path)?;
        Ok(Some(x))
    }

    /// All kept incidents, by first day and name.
    pub fn incidents(&self) -> Result<Vec<IncidentRow>, StoreError> {
        self.rows(&format!("SELECT {COLUMNS} FROM incident ORDER BY day_from IS NULL, day_from, name"), [])
    }

    fn rows(&self, sql: &str, params: impl rusqlite::Params) -> Result<Vec<IncidentRow>, StoreError> {
        let mut q = self.db.prepare_cached(sql).about(&self.path)?;
        let found: Vec<(i64, IncidentRow)> =
            q.query_map(params, row).about(&self.path)?.collect::<Result<_, _>>().about(&self.path)?;
        let mut q = self
            .db
            .prepare_cached("SELECT claim, page FROM incident_claim WHERE incident = ?1 ORDER BY claim")
            .about(&self.path)?;
        let with_claims = |(id, mut x): (i64, IncidentRow)| {
            let rows = q.query_map([id], |r| Ok((r.get(0)?, r.get(1)?))).about(&self.path)?;
            x.claims = rows.collect::<Result<_, _>>().about(&self.path)?;
            Ok(x)
        };
        found.into_iter().map(with_claims).collect()
    }

    /// Pages of at most `most` kept incidents that may be the same as this one: near in time and place, the nearest first.
    pub fn pages_near(&self, x: &IncidentRow, most: usize) -> Result<Vec<i64>, StoreError> {
        let (from, to) = x.days.clone().unzip();
        let (lat, lon) = x.spot.unzip();
        let late = "abs(julianday(day_from) - julianday(?1))";
        let far = "abs(lat - ?3) + abs(lon - ?4)";
        let here = "lat BETWEEN ?3 - ?9 AND ?3 + ?9 AND lon BETWEEN ?4 - 2 * ?9 AND ?4 + 2 * ?9";
        // Without a day the place alone decides, without a place the country; with neither nothing is near.
        let sql = [
            // soon before or after, and not elsewhere
            format!(
                "SELECT id FROM incident WHERE day_from BETWEEN date(?1, ?6) AND date(?2, ?7) AND day_to >= date(?1, ?8)
                    AND ({here} OR (lat IS NULL OR ?3 IS NULL) AND (?5 IS NULL OR country IS NULL OR country = ?5))
                ORDER BY {late} + coalesce({far}, 1), id LIMIT ?10"
            ),
            // there, on an unknown day
            format!(
                "SELECT id FROM incident WHERE {here} AND (day_from IS NULL OR ?1 IS NULL) ORDER BY {far}, id LIMIT ?10"
            ),
            // at a place of that name, which may be on no map
            "SELECT id FROM incident WHERE place_key = ?11 AND (day_from IS NULL OR ?1 IS NULL)
                ORDER BY id DESC LIMIT ?10"
                .to_owned(),
        ]
        .map(|sql| format!("SELECT id FROM ({sql})"))
        .join(" UNION ALL ");
        // Of an incident that many pages tell the last few are enough.
        let sql = format!(
            "SELECT DISTINCT page FROM (
                SELECT page, row_number() OVER (PARTITION BY incident ORDER BY page DESC) AS n
                FROM (SELECT DISTINCT incident, page FROM incident_claim WHERE incident IN ({sql}))
            ) WHERE n <= {EACH} ORDER BY page"
        );
        let mut q = self.db.prepare_cached(&sql).about(&self.path)?;
        let days = |n: i64| format!("{n:+} days");
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let (before, after, still) = (days(-SLIP - LONG), days(SLIP), days(-SLIP));
        let all: [&dyn rusqlite::ToSql; 11] =
            [&from, &to, &lat, &lon, &x.country, &before, &after, &still, &AROUND, &most, &x.place_key];
        let rows = q.query_map(&all[..], |r| r.get(0)).about(&self.path)?;
        rows.collect::<Result<_, _>>().about(&self.path)
    }

    /// Pages whose words may be those of a page with these hashes, the most alike first.
    pub fn alike(&self, prints: &[u32], most: usize) -> Result<Vec<i64>, StoreError> {
        let sql = "SELECT page FROM page_print WHERE print = ?1 ORDER BY page DESC LIMIT ?2";
        let mut q = self.db.prepare_cached(sql).about(&self.path)?;
        let mut shared: std::collections::BTreeMap<i64, i64> = std::collections::BTreeMap::new();
        for p in prints {
            let rows = q.query_map(params![p, COMMON], |r| r.get::<_, i64>(0)).about(&self.path)?;
            for page in rows {
                *shared.entry(page.about(&self.path)?).or_default() += 1;
            }
        }
        let mut found: Vec<(i64, i64)> = shared.into_iter().filter(|(_, n)| *n >= PRINTS).collect();
        found.sort_by_key(|(page, n)| (-n, *page));
        Ok(found.into_iter().take(most).map(|(page, _)| page).collect())
    }

    /// The pages of these bytes: their digest, with or without `sha256:` before it.
    pub fn pages_of(&self, digest: &str) -> Result<Vec<i64>, StoreError> {
        let sql = "SELECT page.id FROM page JOIN blob ON blob.id = page.blob WHERE blob.sha256 = ?1 ORDER BY page.id";
        let mut q = self.db.prepare_cached(sql).about(&self.path)?;
        let rows = q.query_map([digest.strip_prefix("sha256:").unwrap_or(digest)], |r| r.get(0)).about(&self.path)?;
        rows.collect::<Result<_, _>>().about(&self.path)
    }

    /// Keeps what an update found, all or nothing.
    pub fn keep(&mut self, update: &Update) -> Result<(), StoreError> {
        let path = self.path.clone();
        self.change(|tx| write(tx, update).about(&path))
    }
}

fn write(tx: &Transaction<'_>, update: &Update) -> rusqlite::Result<()> {
    if update.afresh {
        tx.execute_batch(
            "DELETE FROM incident_claim; DELETE FROM incident; DELETE FROM page_print; DELETE FROM page_claim;
            DELETE FROM page_party; DELETE FROM checked",
        )?;
    }
    note_changes(tx, &update.changes)?;
    let mut gone = tx.prepare_cached("DELETE FROM incident WHERE name = ?1")?;
    for name in &update.gone {
        gone.execute([name])?;
    }
    let mut seen = tx.prepare_cached(
        "INSERT INTO checked (page, key, sibling_from, sibling_to) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (page) DO UPDATE SET key = ?2, sibling_from = ?3, sibling_to = ?4",
    )?;
    let mut old = tx.prepare_cached("DELETE FROM page_print WHERE page = ?1")?;
    let mut print = tx.prepare_cached("INSERT OR IGNORE INTO page_print (print, page) VALUES (?1, ?2)")?;
    for p in &update.pages {
        let (from, to) = p.sibling.as_ref().map(|s| (&s.0, &s.1)).unzip();
        seen.execute(params![p.page, p.key, from, to])?;
        old.execute([p.page])?;
        for n in &p.prints {
            print.execute(params![n, p.page])?;
        }
        contents(tx, p)?;
    }
    let sql = format!(
        "INSERT INTO incident ({COLUMNS}) VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)"
    );
    let mut incident = tx.prepare_cached(&sql)?;
    let mut claim =
        tx.prepare_cached("INSERT OR REPLACE INTO incident_claim (claim, incident, page) VALUES (?1, ?2, ?3)")?;
    for x in &update.incidents {
        let (from, to) = x.days.as_ref().map(|d| (&d.0, &d.1)).unzip();
        let (lat, lon) = x.spot.unzip();
        let id = incident.insert(params![
            x.name,
            x.kind,
            from,
            to,
            x.place,
            x.country,
            lat,
            lon,
            x.standing,
            x.pages,
            x.origins,
            x.killed_low,
            x.killed_high,
            x.background,
            x.planned,
            x.summary,
            x.place_key,
            x.decided,
            x.place_said,
            x.precision
        ])?;
        for (c, page) in &x.claims {
            claim.execute(params![c, id, page])?;
        }
    }
    let mut about =
        tx.prepare_cached("INSERT INTO about (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2")?;
    about.execute(["checked_decisions", &update.decisions.to_string()])?;
    about.execute(["checked_version", &update.version])?;
    Ok(())
}

/// What stands on a page: kinds of claims, and parties.
fn contents(tx: &Transaction<'_>, p: &Checked) -> rusqlite::Result<()> {
    tx.prepare_cached("DELETE FROM page_claim WHERE page = ?1")?.execute([p.page])?;
    tx.prepare_cached("DELETE FROM page_party WHERE page = ?1")?.execute([p.page])?;
    let mut kind = tx.prepare_cached("INSERT INTO page_claim (kind, page, claims, day) SELECT ?1, ?2, ?3, (SELECT day_from FROM page_text WHERE page = ?2)")?;
    for (k, n) in &p.claims {
        kind.execute(params![k, p.page, n])?;
    }
    let sql = "INSERT INTO page_party (party, page, name, actor, target, voice) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let mut party = tx.prepare_cached(sql)?;
    for x in &p.parties {
        party.execute(params![x.id, p.page, x.name, x.actor, x.target, x.voice])?;
    }
    Ok(())
}

fn note_changes(tx: &Transaction<'_>, changes: &[Change]) -> rusqlite::Result<()> {
    let mut q = tx.prepare_cached("INSERT INTO change (at, incident, what, before) VALUES (?1, ?2, ?3, ?4)")?;
    let at = now();
    changes.iter().try_for_each(|c| q.execute(params![at, c.incident, c.what, c.before]).map(|_| ()))
}
