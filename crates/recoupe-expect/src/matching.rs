//! Expected lines and what was read: which is which.

use crate::line::{Expected, Line, Shown};

/// The closest thing that was read and is still free, and where it differs.
pub fn nearest(line: &Line, read: &[Shown], found: &[Option<usize>]) -> Option<String> {
    let free = (0..read.len()).filter(|i| !found.contains(&Some(*i)));
    let best = free
        .filter(|i| read[*i].head == line.head)
        .map(|i| (read[i].misses(line), i))
        .min_by_key(|(misses, i)| (misses.len(), *i))?;
    Some(format!("    nearest: {}", best.0.join(" · ")))
}

/// Whether all that `expected` says holds of `read`.
pub fn fits(expected: &Expected, read: &Shown) -> bool {
    matches!(expected, Expected::Line(l) if read.misses(l).is_empty())
}

/// Gives each expected line something of its own, as many as can be (augmenting paths).
pub fn matched(expected: &[Expected], read: &[Shown]) -> Vec<Option<usize>> {
    let fits: Vec<Vec<usize>> =
        expected.iter().map(|e| (0..read.len()).filter(|i| fits(e, &read[*i])).collect()).collect();
    let mut owner: Vec<Option<usize>> = vec![None; read.len()];
    for e in 0..expected.len() {
        assign(e, &fits, &mut owner, &mut vec![false; read.len()]);
    }
    let mut found = vec![None; expected.len()];
    for (r, o) in owner.iter().enumerate() {
        if let Some(e) = o {
            found[*e] = Some(r);
        }
    }
    found
}

fn assign(e: usize, fits: &[Vec<usize>], owner: &mut [Option<usize>], seen: &mut [bool]) -> bool {
    for &r in &fits[e] {
        if seen[r] {
            continue;
        }
        seen[r] = true;
        if owner[r].is_none_or(|other| assign(other, fits, owner, seen)) {
            owner[r] = Some(e);
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_share_out_what_was_read() {
        let shown = |kind: &str, place: &str| {
            let mut s = Shown::new("incident", [kind.to_owned()]);
            s.field("place", [place.to_owned()]);
            s
        };
        let read = [shown("airstrike", "Idlib"), shown("airstrike", "Neirab")];
        let expected: Vec<Expected> = ["incident airstrike", "incident | place Idlib", "incident | place Saraqib"]
            .iter()
            .map(|l| Expected::parse(l).expect("well formed"))
            .collect();
        assert_eq!(matched(&expected, &read), [Some(1), Some(0), None]);
    }
}
