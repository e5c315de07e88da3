//! From accounts to incidents: best pairs first, never against a contradiction that forbids it.

use std::collections::{BTreeMap, BTreeSet};

use recoupe_mention::{Id, TimeBasis};

use crate::account::Account;
use crate::block::candidates;
use crate::decided::{Decided, Tie, in_accounts};
use crate::kin::Lie;
use crate::near::{named_there, nearest};
use crate::score::{LINK, LINK_SAME_PAGE, Pair, apart_by_tellers, features, score, shared_figure, total};
use crate::table::Table;
use crate::types::{Link, LinkFeature};

/// Accounts that are one incident, and why.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cluster {
    /// Indexes of accounts, sorted.
    pub accounts: Vec<usize>,
    /// The links that were drawn: accounts, and the decision that drew it.
    pub links: Vec<(usize, usize, Option<Id>)>,
}

impl Cluster {
    /// Its links with what speaks for them; told in words only once the incidents stand.
    pub fn links<'a>(
        &'a self,
        t: &'a Table,
        accounts: &'a [Account],
        origin: &'a [Option<usize>],
    ) -> impl Iterator<Item = Link> + 'a {
        self.links.iter().map(move |(i, j, decision)| {
            let (a, b) = (&accounts[*i], &accounts[*j]);
            let mut features = features(t, a, b, in_common(origin, a, b));
            if let Some(d) = decision {
                features.insert(0, LinkFeature { name: "decision", value: d.to_string(), points: 0 });
            }
            Link { left: a.claims[0], right: b.claims[0], score: total(&features), features }
        })
    }
}

/// What the pages of two accounts have in common.
fn in_common(origin: &[Option<usize>], a: &Account, b: &Account) -> Pair {
    Pair { same_origin: origin[a.page].is_some() && origin[a.page] == origin[b.page], same_page: a.page == b.page }
}

/// From this score on a pair may join clusters that name different days.
const STRONG: i32 = 55;

/// A cluster while it grows, with what is checked before two are joined.
#[derive(Clone, Debug, Default)]
struct Growing {
    accounts: Vec<usize>,
    links: Vec<(usize, usize)>,
    pages: BTreeMap<usize, Vec<usize>>,
    /// First and last of the exact days named.
    days: Option<(i32, i32)>,
    /// One account for every place named, to check distances.
    places: Vec<usize>,
}

/// Groups accounts. `origin` numbers the shared text of each page.
pub(crate) fn clusters(t: &Table, accounts: &[Account], origin: &[Option<usize>], decided: &Decided) -> Vec<Cluster> {
    let apart = in_accounts(accounts, &decided.different);
    let alone: BTreeSet<usize> = apart.iter().flat_map(|t| [t.left, t.right]).collect();
    let (nodes, members) = nodes(t, accounts, origin, &alone);
    let heads: Vec<&Account> = nodes.iter().map(|n| &accounts[*n]).collect();
    let head_origin: Vec<Option<usize>> = heads.iter().map(|a| origin[a.page]).collect();
    let mut scored: Vec<(i32, u32, u32)> = candidates(t, &heads, &head_origin)
        .into_iter()
        .filter_map(|(i, j)| {
            let (a, b) = (heads[i as usize], heads[j as usize]);
            let p = in_common(origin, a, b);
            let s = score(t, a, b, p);
            (s >= if p.same_page { LINK_SAME_PAGE } else { LINK }).then_some((s, i, j))
        })
        .collect();
    scored.sort_by_key(|(s, i, j)| (-s, *i, *j));
    let mut of: Vec<usize> = (0..heads.len()).collect();
    let mut grown: Vec<Growing> = (0..heads.len()).map(|i| seed(accounts, &members[i])).collect();
    let node_of: BTreeMap<usize, usize> =
        members.iter().enumerate().flat_map(|(n, m)| m.iter().map(move |a| (*a, n))).collect();
    let in_nodes = |ties: Vec<Tie>| -> Vec<(u32, u32, Id)> {
        let node = |a: usize| node_of.get(&a).map(|n| *n as u32);
        ties.into_iter().filter_map(|t| Some((node(t.left)?, node(t.right)?, t.decision))).collect()
    };
    // what is one incident comes before all that is likely; what is merged comes when the incidents are there
    let (same, merge) =
        (in_nodes(in_accounts(accounts, &decided.same)), in_nodes(in_accounts(accounts, &decided.merge)));
    let decreed: BTreeMap<(usize, usize), Id> =
        same.iter().chain(&merge).map(|(i, j, d)| ((nodes[*i as usize], nodes[*j as usize]), d.clone())).collect();
    let must = |(i, j, _): &(u32, u32, Id)| (i32::MAX, *i, *j);
    let order: Vec<(i32, u32, u32)> = same.iter().map(must).chain(scored).chain(merge.iter().map(must)).collect();
    for (s, i, j) in order {
        let (x, y) = (of[i as usize], of[j as usize]);
        if x == y {
            continue;
        }
        let (x, y) = (x.min(y), x.max(y));
        let forbidden = apart.iter().any(|Tie { left: a, right: b, .. }| {
            let (p, q) = (node_of.get(a).map(|n| of[*n]), node_of.get(b).map(|n| of[*n]));
            (p, q) == (Some(x), Some(y)) || (p, q) == (Some(y), Some(x))
        });
        if forbidden
            || (s < i32::MAX
                && !may_join(
                    t,
                    accounts,
                    &grown[x],
                    &grown[y],
                    s,
                    head_origin[i as usize].is_some() && head_origin[i as usize] == head_origin[j as usize],
                ))
        {
            continue;
        }
        let other = std::mem::take(&mut grown[y]);
        for a in &other.accounts {
            if let Some(n) = node_of.get(a) {
                of[*n] = x;
            }
        }
        let g = &mut grown[x];
        g.links.push((nodes[i as usize], nodes[j as usize]));
        absorb(accounts, g, other);
    }
    grown
        .into_iter()
        .filter(|g| !g.accounts.is_empty())
        .map(|mut g| {
            g.accounts.sort_unstable();
            let drawn = |(i, j)| (i, j, decreed.get(&(i, j)).cloned());
            let links = g.links.into_iter().map(drawn).collect();
            Cluster { accounts: g.accounts, links }
        })
        .collect()
}

/// Accounts that are alike in all that is compared become one node, led by the first; only where such a pair would link at all
/// or stands in one text, never two of one page, and none that a person has told apart from another.
fn nodes(
    t: &Table,
    accounts: &[Account],
    origin: &[Option<usize>],
    alone: &BTreeSet<usize>,
) -> (Vec<usize>, Vec<Vec<usize>>) {
    let one_text = |a: &Account, b: &Account| origin[a.page].is_some() && origin[a.page] == origin[b.page];
    let mut seen: BTreeMap<(u64, usize), usize> = BTreeMap::new();
    let mut nth: BTreeMap<(usize, u64), usize> = BTreeMap::new();
    let (mut heads, mut members): (Vec<usize>, Vec<Vec<usize>>) = (Vec::new(), Vec::new());
    for (i, a) in accounts.iter().enumerate() {
        if alone.contains(&i) {
            heads.push(i);
            members.push(vec![i]);
            continue;
        }
        let s = a.signature();
        let k = nth.entry((a.page, s)).or_default();
        let key = (s, *k);
        *k += 1;
        match seen.get(&key) {
            Some(n)
                if one_text(&accounts[heads[*n]], a) || score(t, &accounts[heads[*n]], a, Pair::default()) >= LINK =>
            {
                members[*n].push(i);
            }
            _ => {
                seen.insert(key, heads.len());
                heads.push(i);
                members.push(vec![i]);
            }
        }
    }
    (heads, members)
}

fn seed(accounts: &[Account], members: &[usize]) -> Growing {
    let head = members[0];
    let mut g = Growing { accounts: members.to_vec(), ..Growing::default() };
    g.links = members[1..].iter().map(|m| (head, *m)).collect();
    for m in members {
        g.pages.entry(accounts[*m].page).or_default().push(*m);
    }
    g.days = exact(&accounts[head]);
    if accounts[head].place.is_some() {
        g.places.push(head);
    }
    g
}

fn lie_accounts(a: &Account, b: &Account) -> Option<Lie> {
    let lie = nearest(a, b)?.lie;
    // a town that the other's sentences name is not apart from it
    Some(if matches!(lie, Lie::Apart(_) | Lie::Abroad) && named_there(a, b) { Lie::Inside } else { lie })
}

fn exact(a: &Account) -> Option<(i32, i32)> {
    // a day handed down from the sentences around is no statement of its own
    let own = a.time.as_ref().is_some_and(|w| w.basis != TimeBasis::Inherited);
    a.days().filter(|(f, l)| f == l && !a.soft && own)
}

/// Whether two clusters can be one incident: no two accounts of one page unless they would link by themselves, no exact days far
/// apart, no two towns far apart.
fn may_join(t: &Table, accounts: &[Account], x: &Growing, y: &Growing, points: i32, one_text: bool) -> bool {
    let (small, large) = if x.pages.len() <= y.pages.len() { (x, y) } else { (y, x) };
    for (page, mine) in &small.pages {
        let Some(theirs) = large.pages.get(page) else { continue };
        for a in mine {
            for b in theirs {
                let p = Pair { same_page: true, same_origin: false };
                if score(t, &accounts[*a], &accounts[*b], p) < LINK_SAME_PAGE && !bridged(t, accounts, x, y, (*a, *b)) {
                    return false;
                }
            }
        }
    }
    // copies of one text that seem to be apart were misread
    if one_text {
        return true;
    }
    if let (Some((a, b)), Some((c, d))) = (x.days, y.days) {
        // one day off is let pass only where the pair itself is strong
        let stretch = b.max(d) - a.min(c);
        if stretch > 3 || (stretch > 0 && points < STRONG) {
            return false;
        }
    }
    let political = |g: &Growing| g.accounts.first().is_some_and(|a| !accounts[*a].violent);
    political(x)
        || political(y)
        || x.places.iter().all(|a| {
            y.places
                .iter()
                .all(|b| !matches!(lie_accounts(&accounts[*a], &accounts[*b]), Some(Lie::Apart(_) | Lie::Abroad)))
        })
}

/// How many accounts of a cluster are asked whether they bridge two of one page.
const ASKED: usize = 8;

/// Whether another page tells as one what a page tells twice, once by each side: it has a figure of either account, both of them link
/// to it, and nothing but the tellers keeps them apart.
fn bridged(t: &Table, accounts: &[Account], x: &Growing, y: &Growing, (a, b): (usize, usize)) -> bool {
    let (a, b) = (&accounts[a], &accounts[b]);
    if !apart_by_tellers(t, a, b) {
        return false;
    }
    let with = |c: &Account| {
        let whole = |z: &Account| shared_figure(c, z) && score(t, c, z, Pair::default()) >= STRONG;
        c.page != a.page && whole(a) && whole(b)
    };
    x.accounts.iter().take(ASKED).chain(y.accounts.iter().take(ASKED)).any(|c| with(&accounts[*c]))
}

fn absorb(accounts: &[Account], g: &mut Growing, other: Growing) {
    g.accounts.extend(&other.accounts);
    g.links.extend(other.links);
    for (p, v) in other.pages {
        g.pages.entry(p).or_default().extend(v);
    }
    g.days = match (g.days, other.days) {
        (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
        (x, y) => x.or(y),
    };
    for p in other.places {
        let precision = |a: usize| accounts[a].place.as_ref().map(|p| p.precision);
        let same = |q: &usize| lie_accounts(&accounts[*q], &accounts[p]) == Some(Lie::Same);
        let known = g.places.iter().any(|q| same(q) && precision(*q) == precision(p));
        if !known {
            g.places.push(p);
        }
    }
}
