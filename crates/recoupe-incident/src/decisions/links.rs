//! Which claims are one incident and which are not: the later of two that cannot both hold wins.

use std::collections::{BTreeMap, BTreeSet};

use super::replay::{Found, Ref};
use super::{Decision, Fate, Verdict, Why};
use crate::PageInput;

/// Links in force, each with the number of its decision.
#[derive(Debug, Default)]
pub(super) struct Ties {
    pub same: Vec<(Ref, Ref, usize)>,
    pub merge: Vec<(Ref, Ref, usize)>,
    pub different: Vec<(Ref, Ref, usize)>,
    sets: Sets,
}

/// What kind of thing is said of a set of claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    Together,
    Apart,
    Nothing,
}

/// Sets of claims that are one incident, and which of them are kept apart.
#[derive(Debug, Default)]
struct Sets {
    parent: BTreeMap<Ref, Ref>,
    /// By root: claims that its set is kept apart from, with the decision.
    apart: BTreeMap<Ref, Vec<(Ref, usize)>>,
    /// By root: the last decision that made the set.
    made: BTreeMap<Ref, usize>,
}

impl Sets {
    fn root(&self, mut r: Ref) -> Ref {
        while let Some(p) = self.parent.get(&r).filter(|p| **p != r) {
            r = *p;
        }
        r
    }

    /// The decision that forbids these claims to be one incident.
    fn forbids(&self, claims: &BTreeSet<Ref>) -> Option<usize> {
        let roots: BTreeSet<Ref> = claims.iter().map(|r| self.root(*r)).collect();
        roots
            .iter()
            .filter_map(|r| self.apart.get(r))
            .flatten()
            .filter(|(other, _)| roots.contains(&self.root(*other)))
            .map(|(_, d)| *d)
            .max()
    }

    fn join(&mut self, claims: &BTreeSet<Ref>, decision: usize) {
        let roots: BTreeSet<Ref> = claims.iter().map(|r| self.root(*r)).collect();
        let Some(first) = roots.first().copied() else { return };
        for r in roots {
            self.parent.insert(r, first);
            if r != first
                && let Some(list) = self.apart.remove(&r)
            {
                self.apart.entry(first).or_default().extend(list);
            }
            self.made.entry(first).or_insert(decision);
        }
        for r in claims {
            self.parent.entry(*r).or_insert(first);
        }
    }

    fn part(&mut self, a: Ref, b: Ref, decision: usize) {
        for (x, y) in [(a, b), (b, a)] {
            self.parent.entry(x).or_insert(x);
            let root = self.root(x);
            self.apart.entry(root).or_default().push((y, decision));
        }
    }

    fn are_apart(&self, a: Ref, b: Ref) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        self.apart.get(&a).is_some_and(|l| l.iter().any(|(x, _)| self.root(*x) == b))
    }
}

/// Settles decisions on links, the latest first.
pub(super) fn ties(
    list: &[&Decision],
    found: &[Found],
    rejected: &BTreeMap<Ref, usize>,
    fates: &mut [Option<Fate>],
) -> Ties {
    let mut out = Ties::default();
    let mut last: BTreeMap<BTreeSet<Ref>, (usize, Says)> = BTreeMap::new();
    for n in (0..list.len()).rev() {
        let says = match (&fates[n], &list[n].verdict) {
            (None, Verdict::Same | Verdict::Merge) => Says::Together,
            (None, Verdict::Different | Verdict::Split) => Says::Apart,
            (None, Verdict::Unsure) => Says::Nothing,
            _ => continue,
        };
        if let Err(fate) = settle(list, &found[n], n, says, rejected, &mut last, &mut out) {
            fates[n] = Some(fate);
        }
    }
    for list in [&mut out.same, &mut out.merge, &mut out.different] {
        list.sort_unstable();
        list.dedup();
    }
    out
}

fn settle(
    list: &[&Decision],
    found: &Found,
    n: usize,
    says: Says,
    rejected: &BTreeMap<Ref, usize>,
    last: &mut BTreeMap<BTreeSet<Ref>, (usize, Says)>,
    out: &mut Ties,
) -> Result<(), Fate> {
    let id = |n: usize| Some(list[n].id.clone());
    let all = found.all();
    if all.len() < 2 {
        return Err(Fate::Impossible(Why::OneClaim, None));
    }
    let mut anchors: Vec<Vec<Ref>> = found.claims.clone();
    let head_gone = list[n].verdict == Verdict::Split && anchors[0].iter().all(|r| rejected.contains_key(r));
    anchors.iter_mut().for_each(|a| a.retain(|r| !rejected.contains_key(r)));
    anchors.retain(|a| !a.is_empty());
    if head_gone || anchors.len() < 2 {
        let by = all.iter().find_map(|r| rejected.get(r)).and_then(|m| id(*m));
        return Err(Fate::Impossible(Why::Rejected, by));
    }
    if let Some((m, later)) = last.get(&all)
        && *later != says
    {
        return Err(match (says, later) {
            (Says::Nothing, _) | (_, Says::Nothing) => Fate::Superseded(list[*m].id.clone()),
            _ => Fate::Impossible(Why::Contradicted, id(*m)),
        });
    }
    let against = |m: usize| Fate::Impossible(Why::Contradicted, id(m));
    let claims: BTreeSet<Ref> = anchors.iter().flatten().copied().collect();
    match says {
        Says::Nothing => {}
        Says::Together => {
            if let Some(m) = out.sets.forbids(&claims) {
                return Err(against(m));
            }
            out.sets.join(&claims, n);
            chain(&claims, n, if list[n].verdict == Verdict::Merge { &mut out.merge } else { &mut out.same });
        }
        Says::Apart => {
            // of a split, all but the first leave together
            let parts: Vec<BTreeSet<Ref>> = if list[n].verdict == Verdict::Split {
                let rest = anchors[1..].iter().flatten().copied().collect();
                vec![anchors[0].iter().copied().collect(), rest]
            } else {
                anchors.iter().map(|a| a.iter().copied().collect()).collect()
            };
            part(parts, list[n].verdict == Verdict::Split, n, out).map_err(|m| match m {
                Some(m) => against(m),
                None => Fate::Impossible(Why::OneClaim, None),
            })?;
        }
    }
    last.entry(all).or_insert((n, says));
    Ok(())
}

/// Keeps parts apart; an error names the decision in the way, or none where two parts are one claim.
fn part(parts: Vec<BTreeSet<Ref>>, split: bool, n: usize, out: &mut Ties) -> Result<(), Option<usize>> {
    if split && let Some(m) = out.sets.forbids(&parts[1]) {
        return Err(Some(m));
    }
    let roots: Vec<BTreeSet<Ref>> = parts.iter().map(|p| p.iter().map(|r| out.sets.root(*r)).collect()).collect();
    for i in 0..parts.len() {
        for j in i + 1..parts.len() {
            if !parts[i].is_disjoint(&parts[j]) {
                return Err(None);
            }
            if let Some(r) = roots[i].intersection(&roots[j]).next() {
                return Err(Some(out.sets.made.get(r).copied().unwrap_or(n)));
            }
        }
    }
    if split {
        out.sets.join(&parts[1], n);
        chain(&parts[1], n, &mut out.same);
    }
    for i in 0..parts.len() {
        for j in i + 1..parts.len() {
            for (a, b) in parts[i].iter().flat_map(|a| parts[j].iter().map(move |b| (*a, *b))) {
                out.sets.part(a, b, n);
                out.different.push((a, b, n));
            }
        }
    }
    Ok(())
}

fn chain(claims: &BTreeSet<Ref>, n: usize, to: &mut Vec<(Ref, Ref, usize)>) {
    let mut rest = claims.iter();
    if let Some(first) = rest.next() {
        to.extend(rest.map(|r| (*first, *r, n)));
    }
}

impl Ties {
    /// Claims that leave the group their page put them in, with their new group: two claims of one page that are two incidents. The
    /// other claims of the group go with the one whose sentence is nearest.
    pub fn parted(&self, pages: &[PageInput]) -> Vec<(Ref, u32)> {
        let mut groups: BTreeMap<(usize, u32), Vec<usize>> = BTreeMap::new();
        for r in self.sets.parent.keys().filter(|r| self.sets.apart.contains_key(&self.sets.root(**r))) {
            let group = pages[r.0].reading.claims[r.1].group;
            if group != u32::MAX {
                groups.entry((r.0, group)).or_default().push(r.1);
            }
        }
        let mut out = Vec::new();
        for ((page, group), heads) in groups {
            let mut kinds: Vec<Vec<usize>> = Vec::new();
            for h in &heads {
                let fits = kinds.iter_mut().find(|k| k.iter().all(|x| !self.sets.are_apart((page, *x), (page, *h))));
                match fits {
                    Some(k) => k.push(*h),
                    None => kinds.push(vec![*h]),
                }
            }
            if kinds.len() < 2 {
                continue;
            }
            let claims = &pages[page].reading.claims;
            for (i, c) in claims.iter().enumerate().filter(|(_, c)| c.group == group) {
                let far = |h: &usize| (claims[*h].sentence.abs_diff(c.sentence), h.abs_diff(i), *h);
                let Some(head) = heads.iter().copied().min_by_key(|h| far(h)) else { continue };
                let kind = kinds.iter().position(|k| k.contains(&head)).unwrap_or(0);
                if kind > 0 {
                    out.push(((page, i), kinds[kind][0] as u32));
                }
            }
        }
        out
    }
}
