//! How many: which number counts whom, and what befell them.

use recoupe_mention::{Id, Party, Status};

mod anew;
mod befallen;
mod counted;
mod figure;
mod finder;
mod group;
mod leaning;
mod one;
mod sums;
mod things;
mod words;

pub(crate) use sums::wars_clause;
pub use words::TollWords;

use figure::{mixed_whole, shared_group};
use finder::Finder;
use one::{named_parts, one_by_name};
use sums::opens_part;

use crate::anchor::Anchor;
use crate::lex::ClaimLexicon;
use crate::sentence::Sent;
use crate::types::Toll;

/// A toll and the words it hangs on.
#[derive(Clone, Debug)]
pub struct FoundToll {
    /// The toll; `part_of` counts within the sentence's list.
    pub toll: Toll,
    /// The token that carries the number, to find the voice.
    pub token: usize,
    /// The act word that says what befell them, if another than the counted noun.
    pub anchor: Option<usize>,
    /// The figure stands behind a definite article: “les deux victimes” are those told before.
    pub definite: bool,
    /// Nobody is named: the group comes from before.
    pub open_group: bool,
    /// Rule that fired.
    pub rule: &'static str,
}

/// The status of a group as far as its party tells.
fn status(p: &Party) -> Status {
    p.status
}

/// All tolls of a sentence, in order.
pub fn find(s: &Sent<'_>, lex: &ClaimLexicon, anchors: &[Anchor]) -> Vec<FoundToll> {
    let mut f = Finder::new(s, lex, anchors);
    for q in s.numbers.iter().filter(|q| q.counts()) {
        f.read(q);
    }
    let Finder { mut out, casualties, .. } = f;
    one_by_name(s, lex, anchors, &casualties, &mut out);
    named_parts(s, lex, &mut out);
    anew::same_count(s, lex, &mut out);
    anew::set_free(s, lex, anchors, &mut out);
    shared_group(s, lex, &mut out);
    mixed_whole(&mut out);
    out
}

fn counted_toll(s: &Sent<'_>, q: &recoupe_mention::number::Quantity, noun: Option<usize>, unit: Id) -> FoundToll {
    let first = q.tokens.start as usize;
    let end = noun.map_or(q.tokens.end as usize, |t| t + 1);
    let span = s.span(&(first..end));
    let group = Party {
        id: "generic/acts".into(),
        name: format!("{unit}s").as_str().into(),
        country: None,
        status: Status::Unknown,
        span,
    };
    FoundToll {
        toll: Toll {
            kind: "attacks".into(),
            group,
            status: Status::Unknown,
            unit,
            min: q.min,
            max: q.max,
            approx: q.approx,
            cumulative: false,
            part_of: None,
            span,
        },
        token: first,
        anchor: None,
        definite: q.definite,
        open_group: false,
        rule: "toll.counted-act",
    }
}
