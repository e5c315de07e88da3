//! What day and place the text is at: sentences that name none lean on those before them.

use recoupe_mention::places::PlaceMention;
use recoupe_mention::time::{TimeKind, TimeMention};
use recoupe_mention::{Place, PlacePrecision, TimeBasis, TimePrecision, View, When};
use recoupe_syntax::Dep;

use crate::event::{place_of_speech, when};
use crate::sentence::Sent;

/// First and last day.
pub type Days = (jiff::civil::Date, jiff::civil::Date);

/// Words beside a date in a line that is a date and nothing else.
const LABEL_WORDS: usize = 1;
/// Days before publication from which a day is told as background; a new paragraph does not count on from there.
const OLD: i32 = 21;
/// Sentences below the title that say what the page is about.
pub const FIRST: usize = 4;

/// The day the text is at while it is read.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    /// The day `la veille` and `le même jour` count from.
    pub narrative: Option<Days>,
    /// The last such day that is news.
    recent: Option<Days>,
    paragraph: u32,
    /// A line that is a date and nothing else dates what stands under it: its day, and the paragraph it holds for.
    label: Option<(When, Option<u32>)>,
}

impl Scene {
    /// Moves on to a sentence.
    pub fn enter(&mut self, paragraph: u32, heading: bool, published: Option<Days>) {
        if paragraph != self.paragraph {
            self.paragraph = paragraph;
            if let (Some(n), Some(p)) = (self.narrative, published)
                && (p.1 - n.0).get_days() > OLD
                && self.label.is_none()
            {
                self.narrative = self.recent;
            }
        }
        if self.label.as_ref().is_some_and(|l| heading || l.1.is_some_and(|p| p != paragraph)) {
            self.label = None;
        }
    }

    /// Takes a line that is only a date. `alone`: it is a paragraph by itself, and holds for those after it.
    pub fn label(&mut self, view: &View<'_>, times: &[TimeMention], alone: bool, published: Option<Days>) -> bool {
        let [t] = times else { return false };
        let day = t.kind == TimeKind::Point && t.precision == TimePrecision::Day;
        let Some(days) = t.from.zip(t.to).filter(|_| day) else { return false };
        let words = |k: usize| view.surface(k).chars().any(char::is_alphanumeric);
        let own = t.tokens.start as usize..t.tokens.end as usize;
        // A line with the day of publication is a dateline.
        if (0..view.len()).filter(|k| !own.contains(k) && words(*k)).count() > LABEL_WORDS
            || published.is_some_and(|p| days.1 >= p.1)
        {
            return false;
        }
        self.label = Some((When { basis: TimeBasis::Narrative, ..when(t) }, (!alone).then_some(self.paragraph)));
        self.tell(days, published);
        true
    }

    /// The day of the line that stands over a sentence.
    pub fn labelled(&self) -> Option<&When> {
        self.label.as_ref().map(|l| &l.0)
    }

    /// A day was told.
    pub fn tell(&mut self, days: Days, published: Option<Days>) {
        self.narrative = Some(days);
        if published.is_none_or(|p| (p.1 - days.0).get_days() <= OLD) {
            self.recent = Some(days);
        }
    }
}

/// The day a sentence without an act is set on: named at its head or in its main clause, and not that of somebody's speech.
pub fn day(s: &Sent<'_>) -> Option<When> {
    day_of(s, false)
}

/// The day on which something is found or learned of that was done before: it dates nothing but what counts from it.
pub fn later_day(s: &Sent<'_>) -> Option<When> {
    day_of(s, true)
}

fn day_of(s: &Sent<'_>, later: bool) -> Option<When> {
    let syn = &s.syn;
    s.times
        .iter()
        .find(|t| {
            let at = t.tokens.start as usize;
            let Some(w) = s.word_at(at) else { return false };
            let c = syn.clause(w);
            let root = matches!(syn.dep(c), Dep::Root | Dep::Conj | Dep::Parataxis);
            let said = s.scopes.iter().filter_map(|x| x.verb).any(|v| v == c || s.token(v).abs_diff(at) <= 1);
            t.kind == TimeKind::Point
                && t.precision == TimePrecision::Day
                && t.from.is_some()
                && (at <= 1 || root)
                && (at <= 1 || !said)
                && !syn.future(c)
                && !s.quoted(at)
                && !s.names.places.afterwards.contains(&syn.lemma[c])
                && (later || !s.names.places.later.contains(&syn.lemma[c]))
        })
        .map(when)
}

/// Whether a place may be where what the sentence tells took place.
pub fn fine(p: &PlaceMention) -> bool {
    p.locative && !p.origin && !p.afterwards && !p.reference && p.place.precision != PlacePrecision::Country
}

/// The places of a sentence that others may lean on.
pub fn places(s: &Sent<'_>) -> Vec<PlaceMention> {
    let party = |p: &PlaceMention| !p.locative && s.party_at(p.tokens.start).is_some();
    let fit = |p: &&PlaceMention| !p.origin && !p.afterwards && !party(p) && !place_of_speech(s, p, None);
    s.places.iter().filter(fit).cloned().collect()
}

/// The place finer than a country that the page speaks of most; headings count threefold, and where the grammar says that
/// something happens there, twice. A place nothing ever happens at is none.
pub fn main_place(places: &[Vec<PlaceMention>], headings: &[bool]) -> Option<Place> {
    let mut count: Vec<(usize, bool, &Place)> = Vec::new();
    // The first sentences below the title say what the page is about.
    let mut first = FIRST;
    for (v, heading) in places.iter().zip(headings) {
        let opening = if !*heading && first > 0 { 2 } else { 1 };
        first = first.saturating_sub(usize::from(!*heading));
        for p in v.iter().filter(|p| p.place.precision != PlacePrecision::Country && !p.reference) {
            let n = opening
                * match (*heading, p.locative) {
                    // "Haut-Mbomou : …": the area, not where in it
                    (true, true) if p.place.precision == PlacePrecision::Province => 3,
                    (true, true) => 6,
                    (true, false) => 3,
                    (false, true) => 2,
                    (false, false) => 0,
                };
            match count.iter_mut().find(|c| c.2.id == p.place.id) {
                Some(c) => {
                    c.0 += n;
                    c.1 |= p.locative;
                }
                None => count.push((n, p.locative, &p.place)),
            }
        }
    }
    let most = count.iter().filter(|c| c.1).map(|c| c.0).max()?;
    count.into_iter().find(|c| c.1 && c.0 == most).map(|c| c.2.clone())
}
