//! Ids and order: what must not change.

mod common;

use std::collections::BTreeSet;

use common::*;
use recoupe_incident::{CrossCheck, Options, canonical, cross_check};

fn pile() -> Vec<P> {
    let strike = |d: &str| claim("airstrike").on(d).at(neirab()).toll("killed", "generic/civilians", 4);
    vec![
        page("a", "2020-02-20").add(strike("2020-02-20").voice("org/sohr")),
        page("b", "2020-02-20")
            .add(strike("2020-02-20").voice("SYR/government"))
            .add(claim("shelling").on("2020-02-19").at(maarat())),
        page("c", "").add(strike("2020-02-20")).add(claim("shelling").time(weekday(3)).at(maarat())),
        page("d", "2020-03-05").add(strike("2020-03-04").toll("wounded", "generic/civilians", 7)),
    ]
}

fn show(x: &CrossCheck) -> String {
    format!("{x:?}")
}

#[test]
fn the_order_of_pages_changes_nothing() {
    let pages = pile();
    let first = show(&check(&pages).0);
    let mut turned = pages.clone();
    for _ in 0..pages.len() {
        turned.rotate_left(1);
        assert_eq!(show(&check(&turned).0), first);
    }
    turned.reverse();
    assert_eq!(show(&check(&turned).0), first);
}

#[test]
fn another_page_renames_no_incident_it_does_not_touch() {
    let pages = pile();
    let before: Vec<String> = check(&pages).0.incidents.into_iter().map(|i| i.id).collect();
    let mut more = pages.clone();
    more.push(page("0", "2021-01-01").add(claim("arrest").on("2021-01-01").at(saraqib())));
    let after: Vec<String> = check(&more).0.incidents.into_iter().map(|i| i.id).collect();
    assert!(before.iter().all(|id| after.contains(id)));
    assert_eq!(after.len(), before.len() + 1);
}

#[test]
fn ids_are_unique_even_for_one_page_handed_in_twice() {
    let mut v = inputs(&pile());
    v.extend(inputs(&pile()));
    canonical(&mut v);
    let x = cross_check(&table(), &v, &Options::default());
    let mut ids: Vec<&str> =
        x.claims.iter().map(|c| c.id.as_str()).chain(x.incidents.iter().map(|i| i.id.as_str())).collect();
    let n = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), n);
}

#[test]
fn claims_and_incidents_point_at_each_other() {
    let (x, _) = check(&pile());
    for (n, i) in x.incidents.iter().enumerate() {
        assert!(!i.claims.is_empty());
        assert!(i.claims.iter().all(|c| x.claims[*c].incident == Some(n)));
    }
}

#[test]
fn no_pages_no_claims_no_trouble() {
    let (x, _) = check(&[]);
    assert!(x.incidents.is_empty() && x.claims.is_empty() && x.origins.is_empty());
    let (x, _) = check(&[page("a", "")]);
    assert!(x.incidents.is_empty());
}

#[test]
fn odd_dates_and_places_do_no_harm() {
    let mut w = on("2020-02-20");
    w.to = Some(day("2019-01-01"));
    let mut nan = neirab();
    nan.lat = Some(f64::NAN);
    let mut far = neirab();
    far.lon = Some(1e300);
    let pages = [
        page("a", "0001-01-01").add(claim("airstrike").time(w).at(nan)),
        page("b", "9999-12-31").add(claim("airstrike").on("9999-12-31").at(far)),
        page("c", "").add(claim("").on("-009999-01-01").toll("", "generic/", i64::MAX).at_least(
            "",
            "generic/",
            i64::MIN,
        )),
        page("d", "").add(claim("airstrike").time(weekday(7)).at(neirab()).toll("killed", "generic/people", i64::MAX)),
        page("e", "9999-12-31").add(claim("airstrike").time(weekday(5)).at(neirab())),
    ];
    check(&pages);
}

#[test]
fn a_big_pile_is_no_trouble() {
    let pages: Vec<P> = (0..1200)
        .map(|n| {
            let d = format!("2020-{:02}-{:02}", 1 + n / 28 % 12, 1 + n % 28);
            let place =
                town(&format!("Town {}", n % 97), "SY", 33.0 + (n % 97) as f64 / 20.0, 36.0 + (n % 89) as f64 / 20.0);
            let c = |k: i64| {
                claim("shelling").on(&d).at(place.clone()).toll("killed", "generic/civilians", (n as i64 * 7 + k) % 40)
            };
            page(&format!("p{n}"), &d).add(c(0)).add(c(3)).add(c(11))
        })
        .collect();
    let (x, _) = check(&pages);
    assert!(x.incidents.len() > 1200);
}

/// A pile drawn by a small fixed generator: a few towns, days, kinds and figures, so that many pages meet and many do not.
fn drawn(seed: u64, pages: usize) -> Vec<P> {
    let mut x = seed;
    let mut pick = |n: u64| {
        x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (x >> 33) % n
    };
    let towns = [neirab(), saraqib(), maarat(), town("Azaz", "SY", 36.59, 37.04), idlib_province()];
    let kinds = ["airstrike", "shelling", "attack", "armed_clash", "capture_of_territory"];
    let sides = ["SYR/armed-forces", "TUR/armed-forces", "generic/rebels", "generic/civilians"];
    (0..pages)
        .map(|n| {
            let d = format!("2020-02-{:02}", 10 + pick(9));
            let mut p = page(&format!("p{n:03}"), if pick(5) == 0 { "" } else { &d });
            for _ in 0..1 + pick(3) {
                let mut c = claim(kinds[pick(5) as usize]).at(towns[pick(5) as usize].clone());
                c = if pick(4) == 0 { c.time(weekday(1 + pick(7) as i8)) } else { c.on(&d) };
                if pick(2) == 0 {
                    c = c.by(sides[pick(3) as usize]).to(sides[pick(4) as usize]);
                }
                if pick(3) > 0 {
                    c = c.toll("killed", sides[pick(4) as usize], pick(14) as i64);
                }
                p = p.add(if pick(6) == 0 { c.background() } else { c });
            }
            p
        })
        .collect()
}

#[test]
fn the_order_of_many_drawn_pages_changes_nothing() {
    for seed in 1..6 {
        let pages = drawn(seed, 60);
        let first = show(&check(&pages).0);
        let mut turned = pages.clone();
        turned.reverse();
        assert_eq!(show(&check(&turned).0), first, "seed {seed}, reversed");
        turned.rotate_left(17);
        turned.swap(3, 31);
        assert_eq!(show(&check(&turned).0), first, "seed {seed}, shuffled");
    }
}

/// All of an incident that does not number pages, claims or other incidents.
fn content(x: &CrossCheck) -> Vec<String> {
    let id = |c: &usize| x.claims[*c].id.clone();
    x.incidents
        .iter()
        .map(|i| {
            let links: Vec<_> = i.links.iter().map(|l| (id(&l.left), id(&l.right), &l.features)).collect();
            let ties: Vec<_> = i.related.iter().map(|r| (&x.incidents[r.incident].id, r.kind)).collect();
            let claims: Vec<_> = i.claims.iter().map(id).collect();
            let tolls: Vec<_> = i.tolls.iter().map(|t| (&t.kind, &t.group.value.name, t.low, t.high)).collect();
            let time = i.time.as_ref().map(|w| &w.value);
            let place = i.place.as_ref().map(|p| &p.value);
            format!(
                "{} {} {time:?} {place:?} {} {:?} {claims:?} {tolls:?} {links:?} {ties:?} {} {} {}",
                i.id,
                i.kind,
                i.title,
                i.standing,
                i.origins,
                i.pages.len(),
                i.disagreements.len()
            )
        })
        .collect()
}

#[test]
fn an_unrelated_page_changes_no_other_incident() {
    let far = |n: i64| {
        claim("attack").on("2020-02-14").at(town("Lodwar", "KE", 3.12, 35.6)).toll("killed", "generic/people", n)
    };
    for seed in 1..6 {
        let pages = drawn(seed, 60);
        let before = content(&check(&pages).0);
        for (name, n) in [("000-first", 3), ("p030-between", 8), ("zzz-last", 117)] {
            let mut more = pages.clone();
            more.push(page(name, "2020-02-15").add(far(n)));
            let after = content(&check(&more).0);
            assert_eq!(after.len(), before.len() + 1, "seed {seed}, {name}");
            assert_eq!(before.iter().find(|i| !after.contains(i)), None, "seed {seed}, {name}");
        }
    }
}

/// The claims of each incident by id, and what is told of it but for its ties.
fn told(x: &CrossCheck) -> Vec<(BTreeSet<String>, String)> {
    let ids = |i: &recoupe_incident::Incident| i.claims.iter().map(|c| x.claims[*c].id.clone()).collect();
    let mut loose = x.clone();
    loose.incidents.iter_mut().for_each(|i| i.related.clear());
    x.incidents.iter().map(ids).zip(content(&loose)).collect()
}

/// A page touches the incidents that its claims are in, those whose claims it took or gave away, and so on from these; and all of a
/// page that it dates. Every other incident stays as it is, to the last link.
#[test]
fn a_page_changes_only_what_it_touches() {
    let mut kept = 0;
    for seed in 1..9 {
        let pages = drawn(seed, 40);
        let (before, old) = check(&pages);
        let mut more = pages.clone();
        let mut new_one = drawn(seed + 1000, 1).remove(0);
        new_one.0.id = "sha256:p019-between".into();
        new_one.0.source = "p019-between.txt".into();
        more.push(new_one);
        let (after, new) = check(&more);
        // claims of the new page, of pages that it dates, and those whose own day it gives
        let known: std::collections::BTreeMap<&str, _> = before.claims.iter().map(|c| (c.id.as_str(), c)).collect();
        let date = |x: &CrossCheck, pages: &[recoupe_incident::PageInput], id: &str| {
            pages.iter().position(|p| p.id == id).map(|n| x.sibling_dates[n].clone())
        };
        let mut touched: BTreeSet<String> = after
            .claims
            .iter()
            .filter(|c| {
                let id = new[c.page].id.as_str();
                let was = known.get(c.id.as_str());
                date(&before, &old, id) != date(&after, &new, id) || was.is_none_or(|w| w.time != c.time)
            })
            .map(|c| c.id.clone())
            .collect();
        let (before, after) = (told(&before), told(&after));
        loop {
            let n = touched.len();
            for (claims, _) in before.iter().chain(&after) {
                if claims.iter().any(|c| touched.contains(c)) {
                    touched.extend(claims.iter().cloned());
                }
            }
            if touched.len() == n {
                break;
            }
        }
        for (claims, what) in before.iter().filter(|(claims, _)| claims.is_disjoint(&touched)) {
            kept += 1;
            assert!(after.iter().any(|a| a.1 == *what), "seed {seed}: {claims:?}\n{what}");
        }
    }
    assert!(kept > 150, "only {kept} incidents were left alone");
}
