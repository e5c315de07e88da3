//! What people decided, as an input of the cross-check.
//!
//! ```text
//! decisions ─ by time, then id ─ revoked? ─ anchors find their claims ─ the later wins ─ corrections, rejections, links
//! ```
//!
//! A decision names its claims by page, role, place and words ([`Anchor`]), so that it survives a better reading of the page. One
//! that finds its claims no more is *orphaned*, one that cannot be obeyed is *impossible*; both are told, never dropped.

mod anchor;
mod correct;
mod fate;
mod links;
mod replay;

use jiff::Timestamp;
use recoupe_claim::{Certainty, Claim, ControlChange, Toll};
use recoupe_mention::{Id, Party, Place, Status, When};
use recoupe_text::Span;

use crate::types::ClaimEntry;
pub use replay::replay;

/// Where a claim stands and in which words, without regard to what was read from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// `sha256:…` of the page's bytes; all copies of the same bytes are meant.
    pub page: String,
    /// Bytes of the page as it came.
    pub span: Span,
    /// The words there, white space folded.
    pub quote: String,
    /// What kind of claim, see [`crate::role`].
    pub role: String,
    /// Domain id of its type, to tell claims of one sentence apart.
    pub kind: Option<Id>,
    /// Which of several claims that are alike in all this, from 0.
    pub nth: Option<u32>,
}

/// What somebody decided.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// All of them tell one incident.
    Same,
    /// Each of them tells another incident.
    Different,
    /// It cannot be told whether they do; takes an earlier verdict on the same claims back.
    Unsure,
    /// They are no evidence: misread, or not worth anything.
    Reject,
    /// A field of theirs was misread.
    Correct(Correction),
    /// The incidents they stand in are one.
    Merge,
    /// All but the first leave the incident of the first, together.
    Split,
    /// They were read well; or one field of theirs was.
    Confirm(Option<String>),
    /// Only takes another decision back.
    Revoke,
}

impl Verdict {
    /// As files write it.
    pub fn name(&self) -> &'static str {
        match self {
            Verdict::Same => "same",
            Verdict::Different => "different",
            Verdict::Unsure => "unsure",
            Verdict::Reject => "reject",
            Verdict::Correct(_) => "correct",
            Verdict::Merge => "merge",
            Verdict::Split => "split",
            Verdict::Confirm(_) => "confirm",
            Verdict::Revoke => "revoke",
        }
    }

    /// Anchors it needs at least.
    pub fn needs(&self) -> usize {
        match self {
            Verdict::Same | Verdict::Different | Verdict::Unsure | Verdict::Merge | Verdict::Split => 2,
            Verdict::Reject | Verdict::Correct(_) | Verdict::Confirm(_) => 1,
            Verdict::Revoke => 0,
        }
    }

    /// The field it is about, where it is about one.
    pub fn field(&self) -> Option<String> {
        match self {
            Verdict::Correct(c) => Some(c.field()),
            Verdict::Confirm(f) => f.clone(),
            _ => None,
        }
    }
}

/// A field and what it should be; `None` takes the value away.
#[derive(Clone, Debug, PartialEq)]
pub enum Correction {
    /// Who did it; of a claim of control the holder, of a relation its first side.
    Actor(Option<Party>),
    /// To whom; of a claim of control who lost it, of a statement who is spoken to, of a relation its second side.
    Target(Option<Party>),
    /// Who says so; `None` is the outlet itself.
    Voice(Option<Party>),
    /// Where.
    Place(Option<Place>),
    /// Whence people fled.
    From(Option<Place>),
    /// Whither.
    To(Option<Place>),
    /// Where they are.
    At(Option<Place>),
    /// When.
    Time(Option<When>),
    /// Domain id of the type.
    Kind(Id),
    /// How surely.
    Certainty(Certainty),
    /// Whether it is earlier or wider than the page's news.
    Background(bool),
    /// What happens to a place.
    Change(ControlChange),
    /// A count.
    Toll(TollFix),
    /// How many were displaced: lower and upper bound, and whether it is about.
    Figure(Option<i64>, Option<i64>, bool),
}

impl Correction {
    /// The field's name; a toll's with its kind: `toll.killed`.
    pub fn field(&self) -> String {
        match self {
            Correction::Actor(_) => "actor",
            Correction::Target(_) => "target",
            Correction::Voice(_) => "voice",
            Correction::Place(_) => "place",
            Correction::From(_) => "from",
            Correction::To(_) => "to",
            Correction::At(_) => "where",
            Correction::Time(_) => "time",
            Correction::Kind(_) => "type",
            Correction::Certainty(_) => "certainty",
            Correction::Background(_) => "background",
            Correction::Change(_) => "change",
            Correction::Figure(..) => "figure",
            Correction::Toll(t) => {
                let mut out = format!("toll.{}", t.kind);
                if let Some(n) = t.index {
                    out.push_str(&format!(".{n}"));
                }
                return out;
            }
        }
        .to_owned()
    }
}

/// A count as it should be.
#[derive(Clone, Debug, PartialEq)]
pub struct TollFix {
    /// `killed`, `wounded` …: which toll of the claim is meant, and what one that is not there yet becomes.
    pub kind: Id,
    /// Which of the claim's tolls, where it has several of the kind.
    pub index: Option<usize>,
    /// Whether it is taken away.
    pub drop: bool,
    /// Who or whose, where that was misread.
    pub group: Option<Party>,
    /// Whether those counted fight, where that was misread.
    pub status: Option<Status>,
    /// `person`, `tank` …, where that was misread.
    pub unit: Option<Id>,
    /// Lower bound.
    pub min: Option<i64>,
    /// Upper bound.
    pub max: Option<i64>,
    /// About.
    pub approx: bool,
    /// A running total.
    pub cumulative: bool,
}

/// One decision of one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// Its name, one for each decision; the writer makes it.
    pub id: String,
    /// Who decided.
    pub author: String,
    /// When, as the writer says.
    pub time: Timestamp,
    /// Why.
    pub reason: String,
    /// What.
    pub verdict: Verdict,
    /// About which claims.
    pub anchors: Vec<Anchor>,
    /// Id of an earlier decision that is taken back.
    pub revoke: Option<String>,
}

/// Why a decision has no effect, or not all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// Its page is not among those read.
    NoPage,
    /// Its words are not on the page.
    NoQuote,
    /// Its words are on the page, but no claim of that role is read from them.
    NoClaim,
    /// Its words, or claims that fit, are there more than once.
    Ambiguous,
    /// The decision it takes back is not there.
    NoDecision,
    /// Another decision has the same id.
    DuplicateId,
    /// It takes back a decision that was made later.
    RevokesLater,
    /// Its anchors stand for one claim.
    OneClaim,
    /// A later decision says otherwise.
    Contradicted,
    /// Its claim is rejected.
    Rejected,
    /// The claim has no such field, or the field cannot be without a value.
    NoField,
    /// The domain pack has no such type.
    UnknownType,
    /// Its claims tell no incident, or stand in incidents that another decision keeps apart.
    NotObeyed,
}

impl Why {
    /// As the wire writes it.
    pub fn name(self) -> &'static str {
        match self {
            Why::NoPage => "no_page",
            Why::NoQuote => "no_quote",
            Why::NoClaim => "no_claim",
            Why::Ambiguous => "ambiguous",
            Why::NoDecision => "no_decision",
            Why::DuplicateId => "duplicate_id",
            Why::RevokesLater => "revokes_later",
            Why::OneClaim => "one_claim",
            Why::Contradicted => "contradicted",
            Why::Rejected => "rejected",
            Why::NoField => "no_field",
            Why::UnknownType => "unknown_type",
            Why::NotObeyed => "not_obeyed",
        }
    }
}

/// What became of a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It holds; `unsure` and `confirm` hold without changing anything.
    Applied {
        /// Ids of the claims it is about.
        claims: Vec<String>,
        /// Anchors, by their number, that found no claim.
        lost: Vec<(usize, Why)>,
    },
    /// Its claims were not found.
    Orphaned(Why),
    /// It cannot be obeyed; with the id of the decision that stands against it, if one does.
    Impossible(Why, Option<String>),
    /// A later decision about the same takes its place.
    Superseded(String),
    /// A later decision takes it back.
    Revoked(String),
}

/// A value before it was corrected.
#[derive(Clone, Debug, PartialEq)]
pub enum Was {
    /// There was none.
    Nothing,
    /// A party.
    Party(Party),
    /// A place.
    Place(Place),
    /// A time.
    Time(When),
    /// An id or one of a few words.
    Word(Id),
    /// Yes or no.
    Flag(bool),
    /// A count.
    Toll(Toll),
    /// Bounds of a figure, and whether it was about.
    Figure(Option<i64>, Option<i64>, bool),
    /// How surely.
    Certainty(Certainty),
    /// What happens to a place.
    Change(ControlChange),
}

/// A corrected field of a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Corrected {
    /// [`Correction::field`].
    pub field: String,
    /// What had been read; spans are of the claim's page.
    pub was: Was,
    /// Who corrected it.
    pub by: String,
    /// By which decision.
    pub decision: String,
}

/// A claim, or a field of it, that somebody confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmed {
    /// The field; `None`: the claim as a whole.
    pub field: Option<String>,
    /// Who.
    pub by: String,
    /// By which decision.
    pub decision: String,
}

/// What decisions left on a claim.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marks {
    /// Its corrected fields.
    pub corrected: Vec<Corrected>,
    /// What was confirmed of it.
    pub confirmed: Vec<Confirmed>,
}

/// A claim that was taken out of the evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Rejected {
    /// Index of the page.
    pub page: usize,
    /// Where it stood among the page's claims as read.
    pub index: usize,
    /// Its id.
    pub id: String,
    /// The claim.
    pub claim: Claim,
    /// By which decision.
    pub decision: String,
}

/// Two claims that a decision brings together or keeps apart, by their ids.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// One claim.
    pub left: String,
    /// The other.
    pub right: String,
    /// By which decision.
    pub decision: Id,
}

/// All that decisions do to a batch of pages.
#[derive(Clone, Debug, Default)]
pub struct Replay {
    /// Every decision in the order of replay, with what became of it.
    pub fates: Vec<(Decision, Fate)>,
    /// What is left on claims, by claim id.
    pub marks: std::collections::BTreeMap<String, Marks>,
    /// Rejected claims, by page and place on the page. The pages have them no more.
    pub rejected: Vec<Rejected>,
    /// Claims of one incident.
    pub same: Vec<Pair>,
    /// Claims whose incidents are one.
    pub merge: Vec<Pair>,
    /// Claims of two incidents.
    pub different: Vec<Pair>,
    /// Claims as they were read, for pages whose claims were changed.
    originals: Vec<(usize, Vec<Claim>)>,
    /// Ids of the claims of these pages: a correction does not rename a claim.
    ids: std::collections::BTreeMap<usize, Vec<String>>,
}

impl Replay {
    /// Puts the pages' claims back as they were read, so that decisions can be replayed on another reading.
    pub fn undo(&mut self, pages: &mut [crate::PageInput]) {
        for (page, claims) in std::mem::take(&mut self.originals) {
            if let Some(p) = pages.get_mut(page) {
                p.reading.claims = claims;
            }
        }
    }

    /// Ids of a page's claims, where decisions changed them.
    pub(crate) fn ids(&self, page: usize) -> Option<&Vec<String>> {
        self.ids.get(&page)
    }

    /// Compares what came out with what was decided: a link that could not be kept is told as impossible.
    pub fn verify(&mut self, claims: &[ClaimEntry]) {
        if self.fates.is_empty() {
            return;
        }
        let incident: std::collections::BTreeMap<&str, Option<usize>> =
            claims.iter().map(|e| (e.id.as_str(), e.incident)).collect();
        let of = |id: &str| incident.get(id).copied().flatten();
        let together = self.same.iter().chain(&self.merge);
        let broken: std::collections::BTreeSet<Id> = together
            .filter(|p| of(&p.left).is_none() || of(&p.left) != of(&p.right))
            .chain(self.different.iter().filter(|p| of(&p.left).is_some() && of(&p.left) == of(&p.right)))
            .map(|p| p.decision.clone())
            .collect();
        for (d, fate) in &mut self.fates {
            if matches!(fate, Fate::Applied { .. }) && broken.contains(d.id.as_str()) {
                *fate = Fate::Impossible(Why::NotObeyed, None);
            }
        }
    }
}
