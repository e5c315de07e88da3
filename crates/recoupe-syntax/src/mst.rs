//! Scores of arcs to a tree with one root.

/// How many words are tried as the root where several want to be it.
const ROOTS: usize = 4;

/// The best tree: every word takes its best head, one word is the root, and a cycle is opened where that costs least.
/// `scores` has a row per word with `n + 1` columns, the last the root; `out` gets the heads (`n` for the root).
pub(crate) fn heads(scores: &[f32], n: usize, out: &mut Vec<u32>) {
    out.clear();
    if n == 0 {
        return;
    }
    let score = |i: usize, j: usize| scores[i * (n + 1) + j];
    let choice: Vec<Option<usize>> = (0..n).map(|i| best(scores, n, i, |_| true)).collect();
    // What the tree gains if a word is the root rather than hanging on its best head.
    let gain = |i: usize| score(i, n) - choice[i].map_or(-1e9, |j| score(i, j));
    let mut roots: Vec<usize> = (0..n).collect();
    roots.sort_by(|a, b| gain(*b).total_cmp(&gain(*a)));
    let wanted = roots.iter().filter(|r| gain(**r) > 0.0).count().clamp(1, ROOTS);
    let mut top = f32::NEG_INFINITY;
    let mut tree = Vec::with_capacity(n);
    for &root in &roots[..wanted] {
        rooted(scores, n, root, &choice, &mut tree);
        let total: f32 = tree.iter().enumerate().map(|(i, h)| score(i, *h as usize)).sum();
        if total > top {
            top = total;
            out.clone_from(&tree);
        }
    }
    if out.is_empty() {
        out.clone_from(&tree);
    }
}

/// The best head of a word, the root apart, among those allowed.
fn best(scores: &[f32], n: usize, i: usize, allowed: impl Fn(usize) -> bool) -> Option<usize> {
    let row = &scores[i * (n + 1)..(i + 1) * (n + 1)];
    (0..n)
        .filter(|j| *j != i && allowed(*j))
        .fold(None, |b: Option<usize>, j| if b.is_none_or(|b| row[j] > row[b]) { Some(j) } else { b })
}

/// The tree under a given root.
fn rooted(scores: &[f32], n: usize, root: usize, choice: &[Option<usize>], out: &mut Vec<u32>) {
    let score = |i: usize, j: usize| scores[i * (n + 1) + j];
    out.clear();
    out.extend((0..n).map(|i| if i == root { n as u32 } else { choice[i].unwrap_or(root) as u32 }));
    // 0 unseen, otherwise the number of the walk that saw it; walks that reach the root are sound.
    let mut seen = vec![0u32; n];
    let mut walk = 0;
    let mut i = 0;
    while i < n {
        walk += 1;
        let mut at = i;
        while at != n && seen[at] == 0 {
            seen[at] = walk;
            at = out[at] as usize;
        }
        if at == n || seen[at] != walk {
            i += 1;
            continue;
        }
        // A cycle through `at`: attach one of its words to a word that does not depend on the cycle.
        let mut cycle = vec![at];
        let mut k = out[at] as usize;
        while k != at {
            cycle.push(k);
            k = out[k] as usize;
        }
        let below = descendants(out, &cycle, n);
        let mut change: Option<(f32, usize, usize)> = None;
        for &c in &cycle {
            if let Some(j) = best(scores, n, c, |j| !below[j]) {
                let loss = score(c, out[c] as usize) - score(c, j);
                if change.is_none_or(|(l, _, _)| loss < l) {
                    change = Some((loss, c, j));
                }
            }
        }
        let (c, j) = change.map_or((cycle[0], root), |(_, c, j)| (c, j));
        out[c] = j as u32;
        seen.iter_mut().for_each(|s| *s = 0);
        i = 0;
    }
}

/// Which words hang on the cycle, its own words among them.
fn descendants(heads: &[u32], cycle: &[usize], n: usize) -> Vec<bool> {
    // 0 unknown, 1 on the cycle or below it, 2 not.
    let mut state = vec![0u8; n + 1];
    state[n] = 2;
    cycle.iter().for_each(|c| state[*c] = 1);
    for i in 0..n {
        let mut path = Vec::new();
        let mut at = i;
        while state[at] == 0 {
            state[at] = 3;
            path.push(at);
            at = heads[at] as usize;
        }
        let verdict = if state[at] == 1 { 1 } else { 2 };
        path.into_iter().for_each(|p| state[p] = verdict);
    }
    state[..n].iter().map(|s| *s == 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn always_a_tree_with_one_root() {
        let mut x = 88_172_645_463_325_252u64;
        for n in 0..40usize {
            let scores: Vec<f32> = (0..n * (n + 1))
                .map(|_| {
                    x ^= x << 13;
                    x ^= x >> 7;
                    x ^= x << 17;
                    (x % 1000) as f32
                })
                .collect();
            let mut out = Vec::new();
            heads(&scores, n, &mut out);
            assert_eq!(out.iter().filter(|h| **h == n as u32).count(), usize::from(n > 0));
            for i in 0..n {
                let (mut at, mut steps) = (i, 0);
                while at != n {
                    at = out[at] as usize;
                    steps += 1;
                    assert!(steps <= n);
                }
            }
        }
    }

    #[test]
    fn a_cycle_is_opened_where_it_costs_least() {
        // Words 0 and 1 want each other; 1 also likes the root.
        let scores = [0.0, 9.0, 1.0, 9.0, 0.0, 8.0];
        let mut out = Vec::new();
        heads(&scores, 2, &mut out);
        assert_eq!(out, [1, 2]);
    }
}
