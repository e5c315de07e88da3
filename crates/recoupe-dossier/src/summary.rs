//! What each page gives, in numbers.

use std::collections::BTreeSet;

use crate::types::Dossier;

/// A page in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageSummary {
    /// Claims.
    pub claims: usize,
    /// Incidents it tells.
    pub incidents: usize,
    /// Of these, how many no other page tells.
    pub alone: usize,
    /// Of these, how many are contradicted by another account.
    pub contradicted: usize,
    /// Different voices it quotes.
    pub voices: usize,
    /// Bytes of the working text that were dropped.
    pub dropped: usize,
    /// The origin it shares, as the dossier numbers them.
    pub origin: Option<usize>,
}

/// One summary per page.
pub fn pages(d: &Dossier) -> Vec<PageSummary> {
    let mut out = vec![PageSummary::default(); d.pages.len()];
    let mut voices: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); d.pages.len()];
    for c in &d.claims {
        out[c.page].claims += 1;
        voices[c.page].extend(c.claim(&d.pages).voices.iter().map(|v| &*v.id));
    }
    for i in &d.incidents {
        for p in &i.pages {
            out[*p].incidents += 1;
            out[*p].alone += usize::from(i.pages.len() == 1);
            out[*p].contradicted += usize::from(!i.disagreements.is_empty());
        }
    }
    for (n, o) in d.origins.iter().enumerate() {
        for p in &o.pages {
            out[*p].origin = Some(n);
        }
    }
    for (p, page) in d.pages.iter().enumerate() {
        out[p].voices = voices[p].len();
        out[p].dropped = page.reading.article.blocks.iter().filter(|b| b.dropped.is_some()).map(|b| b.span.len()).sum();
    }
    out
}
