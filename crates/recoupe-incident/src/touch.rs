//! What a few new pages touch of a cross-check that was kept, so that the rest need not be looked at again.
//!
//! The new pages are compared with those that are near them. Every incident that results and holds a claim of theirs is touched, and
//! so is every kept incident that shares a claim with a touched one, either way, until nothing more is. Where a touched incident was
//! told by a page that was not compared, that page is asked for and all is compared again: in the end every claim stands in one
//! incident, as it would had all pages been compared.
//!
//! An incident that very many pages tell ([`LARGE`]) is not weighed anew for one more: it is only added to.

use std::collections::{BTreeMap, BTreeSet};

use recoupe_page::Article;

use crate::block::name_key;
use crate::kin::Bare;
use crate::table::Table;
use crate::words::words;

/// How many hashes of its word sequences stand for a page.
const PRINTS: usize = 12;

/// A few hashes of a page's word sequences: two pages that share many sequences share some of these (the smallest ones, after
/// Broder's bottom-k sketch). A page of few words has none.
pub fn prints(article: &Article) -> Vec<u32> {
    let mut all = words(article).shingle_set();
    if all.len() < PRINTS {
        return Vec::new();
    }
    all.truncate(PRINTS);
    all
}

/// A number for the name of a place, the same for most ways of writing it.
pub fn place_key(t: &Table, name: &str) -> u32 {
    name_key(&Bare::of(t, name))
}

/// An incident that more pages tell than this is added to and never parted by a new page.
pub const LARGE: usize = 48;

/// The claims of an incident, by number, each with the number of its page.
pub type Claims = Vec<(i64, i64)>;

/// The number of a claim: the twelve hexadecimal digits of its id. `None` for what is no id.
pub fn claim_number(id: &str) -> Option<i64> {
    i64::from_str_radix(id.strip_prefix('c')?, 16).ok()
}

/// Where kept incidents can be asked for.
pub trait Kept {
    /// A kept incident.
    type Incident;
    /// Why it cannot be told.
    type Error;
    /// Its name, unlike all others.
    fn name(x: &Self::Incident) -> &str;
    /// Its claims.
    fn claims(x: &Self::Incident) -> &[(i64, i64)];
    /// The name of the incident that holds a claim.
    fn holder(&self, claim: i64) -> Result<Option<String>, Self::Error>;
    /// The incident that holds a claim.
    fn holding(&self, claim: i64) -> Result<Option<Self::Incident>, Self::Error>;
    /// The incidents that a page tells.
    fn of_page(&self, page: i64) -> Result<Vec<Self::Incident>, Self::Error>;
}

/// What new pages touch.
#[derive(Debug)]
pub enum Touched<T> {
    /// These pages tell of it and have to be compared too.
    Needs(BTreeSet<i64>),
    /// Nothing more has to be looked at.
    Whole(Whole<T>),
}

/// What new pages touch, all of it.
#[derive(Debug)]
pub struct Whole<T> {
    /// Indexes of the resulting incidents that are new or changed, in order.
    pub now: Vec<usize>,
    /// The kept ones in whose place they come, by name.
    pub before: BTreeMap<String, T>,
    /// Large kept incidents that the new claims of a resulting one are added to, with its index.
    pub joined: Vec<(usize, T)>,
}

/// Whether an incident is told by so many pages that it is only added to.
fn large<K: Kept>(x: &K::Incident) -> bool {
    let pages: BTreeSet<i64> = K::claims(x).iter().map(|c| c.1).collect();
    pages.len() > LARGE
}

/// Finds what is touched: `told` are the incidents that the pages `at_hand` give, `fresh` those of the pages that are new.
pub fn touched<K: Kept>(
    told: &[Claims],
    fresh: &BTreeSet<i64>,
    at_hand: &BTreeSet<i64>,
    kept: &K,
) -> Result<Touched<K::Incident>, K::Error> {
    let of_claim: BTreeMap<i64, usize> =
        told.iter().enumerate().flat_map(|(n, claims)| claims.iter().map(move |c| (c.0, n))).collect();
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    let mut queue: Vec<usize> = Vec::new();
    let mut needs: BTreeSet<i64> = BTreeSet::new();
    let mut out = Whole { now: Vec::new(), before: BTreeMap::new(), joined: Vec::new() };
    let mut spread = |x: K::Incident, before: &mut BTreeMap<String, K::Incident>, queue: &mut Vec<usize>| {
        if before.contains_key(K::name(&x)) {
            return;
        }
        for (claim, page) in K::claims(&x) {
            match of_claim.get(claim) {
                Some(n) => queue.push(*n),
                None if !at_hand.contains(page) => {
                    needs.insert(*page);
                }
                // the page was read anew and does not say so any more
                None => {}
            }
        }
        before.insert(K::name(&x).to_owned(), x);
    };
    for page in fresh {
        for x in kept.of_page(*page)?.into_iter().filter(|x| !large::<K>(x)) {
            spread(x, &mut out.before, &mut queue);
        }
    }
    queue.extend((0..told.len()).filter(|n| told[*n].iter().any(|c| fresh.contains(&c.1))));
    while let Some(n) = queue.pop() {
        if !seen.insert(n) {
            continue;
        }
        let mut holders: BTreeMap<String, (usize, K::Incident)> = BTreeMap::new();
        for (claim, _) in &told[n] {
            let Some(name) = kept.holder(*claim)?.filter(|name| !out.before.contains_key(name)) else { continue };
            // an incident of thousands of claims is fetched once
            if let Some(known) = holders.get_mut(&name) {
                known.0 += 1;
            } else if let Some(x) = kept.holding(*claim)? {
                holders.insert(name, (1, x));
            }
        }
        // of several large ones that with which it shares most
        let (most, rest): (Vec<_>, Vec<_>) = holders.into_values().partition(|(_, x)| large::<K>(x));
        if let Some((_, x)) = most.into_iter().max_by_key(|(shared, _)| *shared) {
            out.joined.push((n, x));
            continue;
        }
        rest.into_iter().for_each(|(_, x)| spread(x, &mut out.before, &mut queue));
        out.now.push(n);
    }
    if !needs.is_empty() {
        return Ok(Touched::Needs(needs));
    }
    out.now.sort_unstable();
    out.joined.sort_by_key(|j| j.0);
    Ok(Touched::Whole(out))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Shelf(Vec<(&'static str, Claims)>);

    impl Kept for Shelf {
        type Incident = (&'static str, Claims);
        type Error = std::convert::Infallible;
        fn name(x: &Self::Incident) -> &str {
            x.0
        }
        fn claims(x: &Self::Incident) -> &[(i64, i64)] {
            &x.1
        }
        fn holder(&self, claim: i64) -> Result<Option<String>, Self::Error> {
            Ok(self.holding(claim)?.map(|x| x.0.to_owned()))
        }
        fn holding(&self, claim: i64) -> Result<Option<Self::Incident>, Self::Error> {
            Ok(self.0.iter().find(|x| x.1.iter().any(|c| c.0 == claim)).cloned())
        }
        fn of_page(&self, page: i64) -> Result<Vec<Self::Incident>, Self::Error> {
            Ok(self.0.iter().filter(|x| x.1.iter().any(|c| c.1 == page)).cloned().collect())
        }
    }

    fn set(pages: &[i64]) -> BTreeSet<i64> {
        pages.iter().copied().collect()
    }

    fn whole(told: &[Claims], fresh: &[i64], at_hand: &[i64], kept: &Shelf) -> (Vec<usize>, Vec<String>) {
        match touched(told, &set(fresh), &set(at_hand), kept) {
            Ok(Touched::Whole(w)) => (w.now, w.before.into_keys().collect()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_no_new_claim_meets_stays() {
        let kept = Shelf(vec![("a", vec![(1, 10)]), ("b", vec![(2, 20)])]);
        let told = [vec![(1, 10)], vec![(2, 20), (3, 30)]];
        assert_eq!(whole(&told, &[30], &[10, 20, 30], &kept), (vec![1], vec!["b".to_owned()]));
    }

    #[test]
    fn a_new_page_can_join_two_or_part_one() {
        let kept = Shelf(vec![("a", vec![(1, 10)]), ("b", vec![(2, 20)]), ("c", vec![(4, 40), (5, 50)])]);
        let told = [vec![(1, 10), (2, 20), (3, 30)], vec![(4, 40), (6, 30)], vec![(5, 50)]];
        let all = ["a", "b", "c"].map(str::to_owned).to_vec();
        assert_eq!(whole(&told, &[30], &[10, 20, 30, 40, 50], &kept), (vec![0, 1, 2], all));
    }

    #[test]
    fn a_page_that_was_not_compared_is_asked_for() {
        let kept = Shelf(vec![("a", vec![(1, 10), (2, 20)])]);
        let told = [vec![(1, 10), (3, 30)]];
        match touched(&told, &set(&[30]), &set(&[10, 30]), &kept) {
            Ok(Touched::Needs(pages)) => assert_eq!(pages, set(&[20])),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_a_page_no_longer_says_is_gone() {
        let kept = Shelf(vec![("a", vec![(1, 10)]), ("b", vec![(2, 10), (4, 20)])]);
        let told = [vec![(4, 20)]];
        assert_eq!(whole(&told, &[10], &[10, 20], &kept), (vec![0], vec!["a".to_owned(), "b".to_owned()]));
    }

    #[test]
    fn what_many_pages_tell_is_added_to() {
        let many: Claims = (0..=LARGE as i64).map(|n| (n, 100 + n)).collect();
        let kept = Shelf(vec![("a", many), ("b", vec![(900, 900)])]);
        // one of its pages is at hand; the small one in the same company stays as it was
        let told = [vec![(3, 103), (900, 900), (1000, 30)]];
        match touched(&told, &set(&[30]), &set(&[30, 103, 900]), &kept) {
            Ok(Touched::Whole(w)) => {
                assert!(w.now.is_empty() && w.before.is_empty());
                assert_eq!((w.joined.len(), w.joined[0].0, w.joined[0].1.0), (1, 0, "a"));
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn numbers_of_claims_are_their_digits() {
        assert_eq!(claim_number("c00000000000a"), Some(10));
        assert_eq!(claim_number("i00000000000a"), None);
    }
}
