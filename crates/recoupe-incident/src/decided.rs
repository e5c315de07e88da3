//! Links that people decided, obeyed while accounts are grouped.

use std::collections::{BTreeMap, BTreeSet};

use recoupe_mention::Id;

use crate::Options;
use crate::account::Account;
use crate::decisions::{Pair, Replay};
use crate::link::{self, Cluster};
use crate::table::Table;
use crate::types::ClaimEntry;

/// Two claims, or two accounts, that a decision is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Tie {
    pub left: usize,
    pub right: usize,
    /// Id of the decision; empty where the caller named none.
    pub decision: Id,
}

/// What was decided, by index of claim.
#[derive(Clone, Debug, Default)]
pub(crate) struct Decided {
    pub same: Vec<Tie>,
    pub merge: Vec<Tie>,
    pub different: Vec<Tie>,
}

impl Decided {
    /// Looks up the claims that are named; [`Replay::verify`] tells of those that come to nothing.
    pub fn new(claims: &[ClaimEntry], o: &Options, replay: &Replay) -> Self {
        let lists = [&replay.same, &replay.merge, &replay.different];
        if o.same.is_empty() && o.different.is_empty() && lists.iter().all(|l| l.is_empty()) {
            return Self::default();
        }
        let by: BTreeMap<&str, usize> = claims.iter().enumerate().map(|(i, c)| (c.id.as_str(), i)).collect();
        let tie = |a: &str, b: &str, decision: &Id| {
            Some(Tie { left: *by.get(a)?, right: *by.get(b)?, decision: decision.clone() })
        };
        let none = Id::from("");
        let given = |l: &[(String, String)]| -> Vec<Tie> { l.iter().filter_map(|(a, b)| tie(a, b, &none)).collect() };
        let decided = |l: &[Pair]| l.iter().filter_map(|p| tie(&p.left, &p.right, &p.decision)).collect::<Vec<_>>();
        let mut out = Self { same: given(&o.same), merge: decided(&replay.merge), different: given(&o.different) };
        out.same.extend(decided(&replay.same));
        out.different.extend(decided(&replay.different));
        out
    }

    fn is_empty(&self) -> bool {
        self.same.is_empty() && self.merge.is_empty() && self.different.is_empty()
    }

    /// How many links it holds.
    fn len(&self) -> usize {
        self.same.len() + self.merge.len() + self.different.len()
    }

    /// Adds what `found` does not obey.
    fn add_broken(&mut self, all: &Decided, accounts: &[Account], found: &[Cluster]) {
        let mut account: BTreeMap<usize, usize> = BTreeMap::new();
        for (n, a) in accounts.iter().enumerate() {
            account.extend(a.claims.iter().map(|c| (*c, n)));
        }
        let cluster: BTreeMap<usize, usize> =
            found.iter().enumerate().flat_map(|(n, c)| c.accounts.iter().map(move |a| (*a, n))).collect();
        let of = |claim: usize| account.get(&claim).and_then(|a| cluster.get(a)).copied();
        let one = |t: &&Tie| of(t.left).is_some() && of(t.left) == of(t.right);
        let grow = |mine: &mut Vec<Tie>, ties: &[Tie], broken: &dyn Fn(&&Tie) -> bool| {
            let mut set: BTreeSet<Tie> = std::mem::take(mine).into_iter().collect();
            set.extend(ties.iter().filter(|t| broken(t)).cloned());
            *mine = set.into_iter().collect();
        };
        grow(&mut self.same, &all.same, &|t| !one(t));
        grow(&mut self.merge, &all.merge, &|t| !one(t));
        grow(&mut self.different, &all.different, &one);
    }
}

/// Rounds after which all that was decided is enforced at once.
const ROUNDS: usize = 4;

/// Groups accounts as decided. Only what would not come out by itself is enforced, so that a decision that says what the pages say
/// anyway changes nothing.
pub(crate) fn clusters(t: &Table, accounts: &[Account], origin: &[Option<usize>], decided: &Decided) -> Vec<Cluster> {
    let mut active = Decided::default();
    let mut found = link::clusters(t, accounts, origin, &active);
    if decided.is_empty() {
        return found;
    }
    for _ in 0..ROUNDS {
        let before = active.len();
        active.add_broken(decided, accounts, &found);
        if active.len() == before {
            return found;
        }
        found = link::clusters(t, accounts, origin, &active);
    }
    link::clusters(t, accounts, origin, decided)
}

/// Links between claims as links between the accounts they stand in.
pub(crate) fn in_accounts(accounts: &[Account], ties: &[Tie]) -> Vec<Tie> {
    if ties.is_empty() {
        return Vec::new();
    }
    let mut of: BTreeMap<usize, usize> = BTreeMap::new();
    for (n, a) in accounts.iter().enumerate() {
        of.extend(a.claims.iter().map(|c| (*c, n)));
    }
    ties.iter()
        .filter_map(|t| Some(Tie { left: *of.get(&t.left)?, right: *of.get(&t.right)?, decision: t.decision.clone() }))
        .filter(|t| t.left != t.right)
        .collect()
}
