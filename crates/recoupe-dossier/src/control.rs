//! Who is said to hold which place, since when, by whom it is said, and where that is disputed.

use std::collections::BTreeMap;

use jiff::Span as Days;
use recoupe_claim::{Certainty, ControlChange, Detail};
use recoupe_incident::kin::{Kin, Lie, bare, day, kin, lie};
use recoupe_incident::{At, ClaimEntry, PageInput, Table};
use recoupe_mention::{Party, TimeBasis, TimePrecision, When};

use crate::shared::{Voices, add_page, days, party, time};
use crate::types::Control;

/// A row while it is gathered.
struct Row {
    control: Control,
    said: Voices,
    denied: Voices,
}

/// The ledger, by place name, then day.
pub(crate) fn ledger(t: &Table, pages: &[PageInput], all: &[ClaimEntry]) -> Vec<Control> {
    let mut by_place: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for (i, e) in all.iter().enumerate() {
        let c = e.claim(pages);
        let Detail::Control { holder, change, against } = &c.detail else { continue };
        let Some(place) = &c.place else { continue };
        if matches!(c.certainty, Certainty::Planned | Certainty::Conditional | Certainty::Asked) {
            continue;
        }
        let rows = by_place.entry(bare(t, &place.name)).or_default();
        let denied = c.certainty == Certainty::Denied;
        let at = time(e);
        let fits = |r: &Row| {
            (matches!(lie(t, &r.control.place.value, place), Lie::Same | Lie::Unknown))
                && r.control.change == *change
                && same_party(t, &r.control.holder, holder)
                && (days(&r.control.from) == days(&at)
                    || (denied && at.is_none())
                    || at.is_none()
                    || r.control.from.is_none())
        };
        let row = match rows.iter().position(fits) {
            Some(k) => &mut rows[k],
            None => {
                let control = Control {
                    place: At::new(e.page, place.clone()),
                    holder: party(e, holder),
                    against: party(e, against),
                    from: None,
                    to: None,
                    change: *change,
                    said_by: vec![],
                    denied_by: vec![],
                    disputed: false,
                    pages: vec![],
                    claims: vec![],
                };
                rows.push(Row { control, said: Voices::default(), denied: Voices::default() });
                let last = rows.len() - 1;
                &mut rows[last]
            }
        };
        if row.control.from.is_none() {
            row.control.from = at;
        }
        if row.control.against.is_none() {
            row.control.against = party(e, against);
        }
        add_page(&mut row.control.pages, e.page);
        row.control.claims.push(i);
        if denied { row.denied.add(pages, e) } else { row.said.add(pages, e) }
    }
    let mut out = Vec::new();
    for (_, mut rows) in by_place {
        rows.sort_by_key(|r| {
            let d = days(&r.control.from);
            (d.is_none(), d, r.control.claims[0])
        });
        dispute(t, pages, all, &mut rows);
        succession(t, &mut rows);
        out.extend(rows.into_iter().map(|r| Control { said_by: r.said.list, denied_by: r.denied.list, ..r.control }));
    }
    out
}

fn same_party(t: &Table, a: &Option<At<Party>>, b: &Option<Party>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => kin(t, &a.value, b) == Kin::Same,
        (None, None) => true,
        _ => false,
    }
}

/// A row is disputed when somebody denies it, or when other voices give the place to another holder for the same days.
fn dispute(t: &Table, pages: &[PageInput], all: &[ClaimEntry], rows: &mut [Row]) {
    for i in 0..rows.len() {
        if !rows[i].denied.list.is_empty() {
            rows[i].control.disputed = true;
        }
        for j in i + 1..rows.len() {
            if let Some((taken, kept)) =
                denied_loss(t, &rows[i], &rows[j]).map(|first| if first { (i, j) } else { (j, i) })
            {
                let deniers = rows[kept].denied.clone();
                rows[taken].denied.join(deniers);
                rows[taken].control.disputed = true;
                continue;
            }
            let (x, y) = (&rows[i], &rows[j]);
            let lost = |r: &Row| r.control.change == ControlChange::Lost || r.said.list.is_empty();
            let (Some(p), Some(q)) = (&x.control.holder, &y.control.holder) else { continue };
            if lost(x) || lost(y) || kin(t, &p.value, &q.value) != Kin::Differ || !x.said.disjoint(&y.said) {
                continue;
            }
            let same_days = match (days(&x.control.from), days(&y.control.from)) {
                (Some((a, b)), Some((c, d))) => a <= d && c <= b,
                // two undated holders: told of one time, as far as anybody can see
                (None, None) => x.control.change == y.control.change,
                // who holds it still, by its own word, on a page that came out since another is said to have taken it
                (Some((a, _)), None) => still(t, pages, all, y).is_some_and(|told| told >= a),
                (None, Some((a, _))) => still(t, pages, all, x).is_some_and(|told| told >= a),
            };
            if same_days {
                rows[i].control.disputed = true;
                rows[j].control.disputed = true;
            }
        }
    }
}

/// The last day on which a holder itself says that it holds the place, without a day of its own: that of publication.
fn still(t: &Table, pages: &[PageInput], all: &[ClaimEntry], r: &Row) -> Option<i32> {
    let holder = r.control.holder.as_ref().filter(|_| r.control.change == ControlChange::Holds)?;
    let own = r.said.list.iter().flatten().any(|v| kin(t, &v.value, &holder.value) >= Kin::Near);
    let told = r.control.claims.iter().filter_map(|c| pages[all[*c].page].reading.article.published.as_ref());
    told.map(|p| day(p.to)).max().filter(|_| own)
}

/// Whether one row is a capture and the other only the loser's denial of the loss; `true` where the first is the capture.
fn denied_loss(t: &Table, a: &Row, b: &Row) -> Option<bool> {
    let loss = |r: &Row| r.control.change == ControlChange::Lost && r.said.list.is_empty() && !r.denied.list.is_empty();
    let taken = |r: &Row| {
        matches!(r.control.change, ControlChange::Captured | ControlChange::Recaptured) && !r.said.list.is_empty()
    };
    let (p, q) = (a.control.holder.as_ref()?, b.control.holder.as_ref()?);
    let days = match (days(&a.control.from), days(&b.control.from)) {
        (Some((a, b)), Some((c, d))) => a <= d && c <= b,
        _ => true,
    };
    if kin(t, &p.value, &q.value) != Kin::Differ || !days {
        return None;
    }
    if taken(a) && loss(b) {
        Some(true)
    } else if loss(a) && taken(b) {
        Some(false)
    } else {
        None
    }
}

/// A hold ends the day before another holder's first, where both are dated to the day.
fn succession(t: &Table, rows: &mut [Row]) {
    for i in 0..rows.len() {
        let Some((first, _)) = days(&rows[i].control.from) else { continue };
        if rows[i].control.change == ControlChange::Lost || rows[i].said.list.is_empty() {
            continue;
        }
        let next = rows[i + 1..].iter().find(|r| {
            let other = match (&r.control.holder, &rows[i].control.holder) {
                (Some(p), Some(q)) => kin(t, &p.value, &q.value) == Kin::Differ,
                _ => r.control.change == ControlChange::Lost,
            };
            let later = days(&r.control.from).is_some_and(|(f, _)| f > first);
            later && other && r.control.change != ControlChange::Holds && !r.said.list.is_empty()
        });
        let Some(start) = next.and_then(|r| r.control.from.as_ref()) else { continue };
        let Some(day) = start.value.from.and_then(|d| d.checked_sub(Days::new().days(1)).ok()) else { continue };
        let when = When {
            from: Some(day),
            to: Some(day),
            precision: TimePrecision::Day,
            basis: TimeBasis::Narrative,
            weekday: None,
            span: start.value.span,
        };
        rows[i].control.to = Some(At::new(start.page, when));
    }
}
