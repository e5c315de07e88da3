//! Whose words go on: voices that the page does not repeat in every sentence.

use recoupe_mention::time::TimeKind;
use recoupe_mention::{Party, View};
use recoupe_pack::WordRows;
use recoupe_page::Article;
use recoupe_syntax::{Dep, Upos};
use recoupe_text::Span;

use crate::lex::{ClaimLexicon, Speech};
use crate::sentence::Sent;
use crate::story::Page;
use crate::types::{Claim, Toll};
use crate::voice::Scope;

/// Among how many lines of the page's beginning such a line may stand.
pub(crate) const FIRST_LINES: usize = 10;
/// How many sentences behind a figure a page may still say whose count it is.
const NEAR: u32 = 3;
/// How many sentences may lie between two words of one source.
const GOES_ON: u32 = 8;
/// How many sentences a document may have that a page lets speak.
const DICTATED: u32 = 14;
/// How many words a line may have that says what kind of document a page is.
const LABEL: usize = 8;
/// How many tokens the title of a document may have that says whose it is.
const TITLE: usize = 14;
/// How many tokens an item of a list may have that has no mark.
const ITEM: usize = 14;
/// Among how many lines of a document its letterhead may stand.
pub(crate) const LETTERHEAD: usize = 4;

impl Page {
    /// The voice of the sentence before, in the same paragraph: figures go on in one mouth. What another incident's sentence
    /// said goes on only into the next one.
    pub(crate) fn carried(
        &self,
        known: usize,
        s: &Sent<'_>,
        toll: &Toll,
        back: bool,
        lex: &ClaimLexicon,
    ) -> Vec<Party> {
        if on_its_own(s, lex) || turns_elsewhere(s, lex) || back && opens_time(s) || opens_another_day(s) {
            return Vec::new();
        }
        if let Some((_, p)) =
            self.listed.as_ref().filter(|_| is_item(s.view) && s.scopes.iter().all(|x| x.speaker.is_none()))
        {
            return vec![p.clone()];
        }
        // A running total is somebody's count; what was fired all could see.
        if toll.cumulative {
            // "Le total s'établit à 3 481 tués": the sum of what was just counted, in the same mouth
            let total = s.view.folded.iter().take(3).any(|f| lex.grammar.count_nouns.contains(f));
            let opened = self.opened_before(s);
            return if opened.is_empty() && total { self.said_before(known, s, back, lex) } else { opened };
        }
        if &*toll.kind == "attacks" {
            return Vec::new();
        }
        let last = self.said.last().and_then(|(_, who)| who.last());
        if last.is_some_and(|p| other_side(s, p, lex)) {
            return Vec::new();
        }
        let carried = self.said_before(known, s, back, lex);
        if !carried.is_empty() {
            return carried;
        }
        let mut opened = self.opened_before(s);
        let told = self.put_out.is_some_and(|i| i + 1 == s.index);
        if opened.is_empty() && !back && (told || !opens_elsewhere(s) && !opens_anew(s)) {
            let just = self.reported.iter().filter(|(i, _)| *i + 1 == s.index && self.paragraph_of(*i) == s.paragraph);
            opened.extend(just.map(|(_, p)| p.clone()));
        }
        // "Les Arméniens auraient détruit 45 chars.": the conditional is the word of whoever spoke in the sentence before
        if opened.is_empty() && hearsay(s) && !opens_elsewhere(s) && !turns(s, lex) {
            let told = |c: &Claim| c.sentence + 1 == s.index && !c.tolls.is_empty() && !c.voices.is_empty();
            let before = self.said.last().filter(|(i, who)| *i + 1 == s.index && who.len() == 1);
            let counted = before.filter(|_| self.claims.iter().any(told));
            opened.extend(counted.and_then(|(_, who)| who.first().cloned()));
        }
        if opened.is_empty() && s.view.folded.iter().any(|f| lex.voices.adds.contains(f)) {
            opened = self.added_to(known, s);
        }
        // "Côté ami, un soldat est tombé": whoever counts the losses of their own camp spoke last
        let camp =
            |t: usize| lex.tolls.own_camp.stand_at(&s.view.folded, t) || lex.tolls.foe_camp.stand_at(&s.view.folded, t);
        if opened.is_empty() && !back && (camp(0) || camp(1)) {
            let fights = |p: &Party| p.id.ends_with("/armed-forces") || &*p.id == "generic/security-source";
            let last = self.said.last().filter(|(i, who)| *i + NEAR >= s.index && who.len() == 1 && fights(&who[0]));
            opened.extend(last.map(|(_, who)| who[0].clone()));
        }
        if opened.is_empty() && !back && s.scopes.iter().all(|x| x.speaker.is_none()) {
            let since = self.dictated.iter().filter(|(i, _)| *i < s.index && *i + DICTATED >= s.index);
            opened.extend(since.map(|(_, p)| p.clone()));
        }
        opened
    }

    /// “Selon l'association, … . Cinq femmes figurent parmi les victimes.”: who opened a sentence before in the paragraph,
    /// with nobody else speaking since.
    fn opened_before(&self, s: &Sent<'_>) -> Vec<Party> {
        let mut before =
            self.spoken.iter().rev().take_while(|(i, _)| self.paragraph_of(*i) == s.paragraph && *i < s.index);
        before.next().and_then(|(_, p)| p.clone()).into_iter().collect()
    }

    /// “Treize autres personnes ont été blessées”: a paragraph that adds to what the sentence before told goes on in its mouth.
    fn added_to(&self, known: usize, s: &Sent<'_>) -> Vec<Party> {
        let before = |c: &&Claim| c.sentence + 1 == s.index && !c.voices.is_empty() && !c.tolls.is_empty();
        let mut told = self.events.iter().rev().filter(|(_, k)| *k == known).map(|(c, _)| &self.claims[*c]);
        told.find(before).map(|c| c.voices.clone()).unwrap_or_default()
    }

    fn said_before(&self, known: usize, s: &Sent<'_>, back: bool, lex: &ClaimLexicon) -> Vec<Party> {
        let dated = || s.times.iter().any(|t| t.dates() && t.kind != TimeKind::DayPart);
        let elsewhere = back || dated() || opens_elsewhere(s) || turns(s, lex);
        self.events
            .iter()
            .rev()
            .map(|(c, k)| (&self.claims[*c], *k))
            .take_while(|(c, _)| self.paragraph_of(c.sentence) == s.paragraph)
            .find(|(c, k)| !c.voices.is_empty() && c.sentence + 1 == s.index && (*k == known || !elsewhere))
            .map(|(c, _)| c.voices.clone())
            .unwrap_or_default()
    }

    /// Those that the sentence before counted last: “Sept d'entre elles …” leans on them.
    pub(crate) fn counted_before(&self, sentence: usize) -> Option<&Toll> {
        let near = |c: &&(usize, usize)| {
            let at = self.claims[c.0].sentence as usize;
            at < sentence && at + 2 >= sentence && !self.headings.get(at).copied().unwrap_or(true)
        };
        // those who fled were counted last: a figure that leans on them is none of the dead
        let fled = |c: &Claim| matches!(c.detail, crate::types::Detail::Displacement { .. });
        let last = self.events.last().map_or(0, |e| e.0);
        if self
            .claims
            .iter()
            .rposition(fled)
            .is_some_and(|i| i > last && self.claims[i].sentence as usize + 1 == sentence)
        {
            return None;
        }
        let told = self.events.iter().rev().take_while(near).flat_map(|(c, _)| self.claims[*c].tolls.iter().rev());
        let mut told = told.filter(|t| &*t.unit == "person" && t.part_of.is_none() && t.min != Some(0));
        told.next()
    }

    /// “C'est ce qu'affirme un élu.”: what the sentence before told, the one named now says.
    pub(crate) fn told_by(&mut self, s: &Sent<'_>, lex: &ClaimLexicon) {
        self.dictate(s, lex);
        if s.scopes.iter().any(|x| x.speaker.is_some()) {
            let opens = |x: &&Scope| x.verb.is_none() && x.at <= 1 && x.tokens.len() + 2 >= s.view.len() && !x.outer;
            let one = s.scopes.iter().filter(|x| x.speaker.is_some()).count() == 1;
            let opened = s.scopes.iter().find(opens).filter(|_| one).and_then(|x| x.speaker.clone());
            let told = self.claims.iter().rev().take_while(|c| c.sentence == s.index).any(|c| !c.voices.is_empty());
            let goes_on = s.scopes.iter().find(|x| reports(s, x, told)).filter(|_| one).and_then(|x| x.speaker.clone());
            self.reported = goes_on.map(|p| (s.index, p));
            self.spoken.push((s.index, opened));
        }
        let points_back = lex.grammar.points_back.stand_at(&s.view.folded, 0);
        // "Le ministère l'a annoncé mardi": a pronoun for all that was told
        let pronoun = |x: &Scope| {
            let object =
                x.verb.filter(|_| x.speech == Speech::Say).and_then(|v| s.syn.child(v, &[Dep::Obj]).filter(|o| *o < v));
            object.is_some_and(|o| {
                s.syn.word(o).upos == Upos::Pron
                    && lex
                        .grammar
                        .definite
                        .iter()
                        .any(|d| d.trim_end_matches('\'') == s.syn.form[o].trim_end_matches('\''))
            })
        };
        if let Some(by) = puts_out(s, lex).filter(|_| s.scopes.iter().all(|x| x.speaker.is_none())) {
            self.reported = Some((s.index, by));
            self.put_out = Some(s.index);
        }
        if let Some(by) = counter(s, lex) {
            self.counted_by(s, &by);
            return;
        }
        let points_back = points_back || s.scopes.iter().any(pronoun) && !s.numbers.iter().any(|q| q.counts());
        let Some(speaker) = s.scopes.iter().find_map(|x| x.speaker.clone()).filter(|_| points_back && s.index > 0)
        else {
            return;
        };
        for c in self.claims.iter_mut().filter(|c| c.sentence + 1 == s.index && c.voices.is_empty()) {
            c.voices.push(speaker.clone());
        }
    }

    /// “… proclame le communiqué, qui donne le détail suivant :”: what follows is told in that voice, until another one speaks.
    fn dictate(&mut self, s: &Sent<'_>, lex: &ClaimLexicon) {
        let who = || s.scopes.iter().rev().filter(|x| !x.outer).find_map(|x| x.speaker.clone());
        let other = self
            .dictated
            .as_ref()
            .is_some_and(|(_, p)| s.scopes.iter().filter_map(|x| x.speaker.as_ref()).any(|q| q.id != p.id));
        if other || crate::carry::ends_document(s.view, lex) {
            self.dictated = None;
        }
        let n = s.view.len();
        let colon = n > 2 && s.view.surface(n - 1) == ":";
        let spoken = || who().or_else(|| subject(s)).filter(|p| !crate::voice::is_outlet(p));
        // "D'après le point du ministère :", and a list below: whatever its items tell
        if colon {
            self.listed = spoken().map(|p| (s.index, p));
        } else if !is_item(s.view) {
            self.listed = None;
        }
        if !colon {
            return;
        }
        let opens = |t: usize| lex.voices.dictates.stand_at(&s.view.folded, t);
        if (n.saturating_sub(14)..n).any(opens)
            && let Some(p) =
                who().or_else(|| subject(s)).filter(|p| !crate::voice::is_outlet(p) && &*p.id != "generic/witness")
        {
            self.dictated = Some((s.index, p));
        }
    }

    /// “La même source dit …”, “toujours selon l'ONG”: what nobody told since that source spoke last is theirs, too.
    pub(crate) fn goes_on(&mut self, s: &Sent<'_>, lex: &ClaimLexicon) {
        let speakers: Vec<Party> = s.scopes.iter().filter_map(|x| x.speaker.clone()).collect();
        let marks = |t: &String| lex.grammar.same.contains(t) || lex.voices.still.contains(t);
        let still = s.scopes.iter().filter(|x| x.speaker.is_some() && !x.outer).find(|x| {
            let verb = x.verb.and_then(|v| s.syn.child(v, &[Dep::Nsubj])).map_or(x.at, |n| s.token(n));
            let from = x.at.min(verb).saturating_sub(2);
            s.view.folded.iter().skip(from).take(5).any(marks) || self.takes_up(s, x, lex)
        });
        if let Some(p) = still.and_then(|x| x.speaker.clone()) {
            let before = self.said.iter().rev().take_while(|(i, _)| *i + GOES_ON >= s.index);
            // nobody else in between
            let last = before.into_iter().next().filter(|(_, who)| who.iter().all(|w| w.id == p.id)).map(|(i, _)| *i);
            if let Some(last) = last {
                let open = |c: &&mut Claim| {
                    c.sentence > last
                        && c.sentence < s.index
                        && c.voices.is_empty()
                        && !c.background
                        && c.tolls.iter().any(|t| !t.cumulative)
                };
                self.claims.iter_mut().filter(open).for_each(|c| c.voices.push(p.clone()));
            }
        }
        if !speakers.is_empty() {
            self.said.push((s.index, speakers));
        }
    }

    /// “…, conclut le communiqué”, “…, a poursuivi le ministre”: a source that takes up what it was telling; so does a body
    /// that reports on its own, each time it speaks again.
    fn takes_up(&self, s: &Sent<'_>, x: &Scope, lex: &ClaimLexicon) -> bool {
        let n = s.view.len();
        let document = (x.at..n.min(x.at + 5)).any(|t| {
            lex.documents.contains(&s.view.folded[t])
                && t > 0
                && lex
                    .grammar
                    .definite
                    .iter()
                    .any(|d| d.trim_end_matches('\'') == s.view.folded[t - 1].trim_end_matches('\''))
        });
        let verb = x.verb.is_some_and(|v| lex.voices.goes_on.contains(&s.syn.lemma[v]));
        let body = x.speaker.as_ref().is_some_and(|p| p.id.starts_with("org/"));
        verb || document && x.verb.is_some() || body
    }

    /// Gives the last figures told without a voice before a sentence to who the sentence says to have counted them.
    fn counted_by(&mut self, s: &Sent<'_>, by: &Party) {
        let near = |c: &Claim| c.sentence < s.index && c.sentence + NEAR >= s.index;
        let last = self.claims.iter().filter(|c| near(c) && !c.tolls.is_empty()).map(|c| c.sentence).max();
        let paragraph = last.map(|l| self.paragraph_of(l));
        for k in 0..self.claims.len() {
            let c = &self.claims[k];
            let same = Some(self.paragraph_of(c.sentence)) == paragraph || Some(c.sentence) == last;
            if same && near(c) && c.voices.is_empty() && !c.tolls.is_empty() {
                self.claims[k].voices.push(by.clone());
            }
        }
    }

    /// A figure that the page gives once without a voice and once with one is that voice's: the outlet does not vouch for it.
    pub(crate) fn echo_voices(&mut self) {
        let silent: Vec<(usize, usize)> =
            self.events.iter().copied().filter(|(c, _)| self.claims[*c].voices.is_empty()).collect();
        for (c, k) in silent {
            let parts = self.claims[c].tolls.iter().any(|t| t.part_of.is_some());
            if parts {
                // Parts count within their claim, so its tolls stay together.
                let whole = self.claims[c].tolls.iter().find(|t| t.part_of.is_none()).cloned();
                if let Some(v) = whole.and_then(|t| self.told_elsewhere(c, k, &t)) {
                    self.claims[c].voices = v;
                }
                continue;
            }
            let mut moved: Vec<(Vec<Party>, Vec<Toll>)> = Vec::new();
            let mut kept = Vec::new();
            for toll in std::mem::take(&mut self.claims[c].tolls) {
                match self.told_elsewhere(c, k, &toll) {
                    Some(v) => match moved.iter_mut().find(|m| same(&m.0, &v)) {
                        Some(m) => m.1.push(toll),
                        None => moved.push((v, vec![toll])),
                    },
                    _ => kept.push(toll),
                }
            }
            if kept.is_empty() && !moved.is_empty() {
                let (voices, tolls) = moved.remove(0);
                self.claims[c].voices = voices;
                self.claims[c].tolls = tolls;
            } else {
                self.claims[c].tolls = kept;
            }
            for (voices, tolls) in moved {
                let claim = Claim { voices, tolls, ..self.claims[c].clone() };
                self.events.push((self.claims.len(), k));
                self.claims.push(claim);
            }
        }
    }

    fn told_elsewhere(&self, claim: usize, known: usize, toll: &Toll) -> Option<Vec<Party>> {
        toll.min?;
        use recoupe_mention::Status::{Civilian, Combatant};
        let against =
            |a: &Party, b: &Party| matches!((a.status, b.status), (Combatant, Civilian) | (Civilian, Combatant));
        self.events.iter().filter(|(o, k)| *k == known && *o != claim).find_map(|(o, _)| {
            let o = &self.claims[*o];
            let meets = |x: &&Toll| {
                x.kind == toll.kind
                    && x.unit == toll.unit
                    && x.min == toll.min
                    && x.max == toll.max
                    && x.cumulative == toll.cumulative
                    // four soldiers are not four agents of another service
                    && (x.group.id == toll.group.id
                        || [x, toll].iter().any(|t| t.group.status != Combatant || t.group.id.starts_with("generic/")))
                    // ten villagers are not ten of those who attacked them
                    && (!against(&x.group, &toll.group)
                        || [x, toll].iter().any(|t| &*t.group.id == "generic/people" || &*t.group.id == "generic/unknown"))
            };
            (!o.voices.is_empty() && o.tolls.iter().any(|x| meets(&x))).then(|| o.voices.clone())
        })
    }
}

/// “Mercredi, des dépôts avaient été visés”: a sentence that sets out on another day is no word of who spoke of the one before.
fn opens_another_day(s: &Sent<'_>) -> bool {
    let day = |t: &&recoupe_mention::time::TimeMention| t.tokens.start == 0 && t.weekday.is_some();
    s.times.iter().any(|t| day(&t))
}

/// “Le même soir, …”: a sentence that sets out at a time of its own.
fn opens_anew(s: &Sent<'_>) -> bool {
    let comma = |t: usize| t < s.view.len() && s.view.surface(t) == ",";
    s.times.iter().any(|t| t.tokens.start <= 1 && comma(t.tokens.end as usize))
}

/// “…, la marine a par ailleurs visé …”: a sentence that turns to something else on its way.
fn turns(s: &Sent<'_>, lex: &ClaimLexicon) -> bool {
    (1..s.view.len()).any(|t| lex.voices.elsewhere.stand_at(&s.view.folded, t))
}

/// “À Kidal, un kamikaze a tué …”, “Le même soir, …”: a sentence that sets out at another place, or at another time of its own.
fn opens_elsewhere(s: &Sent<'_>) -> bool {
    let comma = |from: usize| (from..s.view.len().min(from + 10)).any(|t| s.view.surface(t) == ",");
    let place = |p: &recoupe_mention::places::PlaceMention| p.tokens.start <= 2 && comma(p.tokens.end);
    let opening = s.view.upos(0) == Some(Upos::Adp) && s.places.iter().any(place);
    let time = |t: &recoupe_mention::time::TimeMention| t.tokens.start <= 1 && comma(t.tokens.end as usize);
    opening || s.times.iter().any(time) && s.places.iter().any(|p| p.tokens.start < 12)
}

/// “En octobre 2017, un camion piégé avait fait 500 morts”: a sentence that opens with a time of its own.
fn opens_time(s: &Sent<'_>) -> bool {
    s.times.iter().any(|t| t.tokens.start <= 1 && t.dates())
}

/// “Autre drame : …”, “Par ailleurs, …”: a sentence that turns to something else.
fn turns_elsewhere(s: &Sent<'_>, lex: &ClaimLexicon) -> bool {
    lex.voices.elsewhere.at(&s.view.folded, 0).is_some_and(|n| matches!(s.view.upos(n), Some(Upos::Punct)))
}

/// “Côté israélien, trois soldats sont morts”: the side a sentence opens with is not that of who spoke before.
fn other_side(s: &Sent<'_>, voice: &Party, lex: &ClaimLexicon) -> bool {
    let camp =
        |t: usize| lex.tolls.own_camp.stand_at(&s.view.folded, t) || lex.tolls.foe_camp.stand_at(&s.view.folded, t);
    let Some(n) = lex.voices.on_side.longest_at(&s.view.folded, 0).filter(|_| !camp(0)) else { return false };
    let side = s.parties.iter().find(|p| p.tokens.start >= n && p.tokens.start <= n + 1);
    side.is_none_or(|p| p.party.country.is_none() || p.party.country != voice.country)
}

/// “Un premier bilan était de sept morts”: an earlier count that nobody is said to have given.
fn on_its_own(s: &Sent<'_>, lex: &ClaimLexicon) -> bool {
    if s.scopes.iter().any(|x| x.speaker.is_some()) {
        return false;
    }
    let n = s.view.len();
    let tally = |t: &usize| lex.grammar.tallies.contains(&s.view.folded[*t]);
    let Some(at) = (0..n.min(4)).find(tally) else { return false };
    let earlier = (at.saturating_sub(1)..n.min(at + 2)).any(|t| lex.voices.earlier.contains(&s.view.folded[t]));
    let subject = s.word_at(at).is_some_and(|w| matches!(s.syn.dep(w), Dep::Nsubj | Dep::Root));
    earlier && subject
}

/// Whether a line is an item of a list: by the mark it opens with, or short and closed by no full stop.
fn is_item(view: &View<'_>) -> bool {
    let n = view.len();
    let marked = matches!(view.surface(0), "-" | "–" | "—" | "•" | "·" | "*" | "▪" | "►" | "→" | "●" | "■" | "✓");
    n > 1 && (marked || n <= ITEM && !matches!(view.surface(n - 1), "." | "!" | "?" | "»" | "…"))
}

/// “Nos correspondants ont pu établir la mort de 34 civils”: the outlet's own people are whom the sentence is about.
pub(crate) fn own_people(s: &Sent<'_>, lex: &ClaimLexicon) -> bool {
    if s.scopes.iter().any(|x| x.speaker.as_ref().is_some_and(|p| !crate::voice::is_outlet(p))) {
        return false;
    }
    let view = s.view;
    let at = |t: &usize| {
        let next = view.folded.get(*t + 1);
        lex.voices.ours.contains(&view.folded[*t])
            && next.is_some_and(|f| lex.voices.correspondents.iter().any(|w| f.starts_with(w.as_str())))
    };
    let subject = |w: usize| {
        matches!(s.syn.dep(w), Dep::Nsubj)
            && s.syn.head(w).is_some_and(|h| s.syn.finite(h) || s.syn.dep(h) == Dep::Root)
    };
    (0..view.len()).filter(at).any(|t| s.word_at(t + 1).is_some_and(subject))
}

/// Whether a sentence is told in the conditional.
fn hearsay(s: &Sent<'_>) -> bool {
    let root = (0..s.syn.len()).find(|i| s.syn.dep(*i) == Dep::Root);
    let conditional = |i: usize| s.syn.word(i).feats.mood == Some(recoupe_syntax::Mood::Cnd);
    root.is_some_and(|r| conditional(r) || s.syn.kids(r, &[Dep::Aux]).any(conditional))
}

/// Whether somebody reports in a sentence from its first words to its last: they may go on in the next one.
fn reports(s: &Sent<'_>, x: &Scope, told: bool) -> bool {
    // "a annoncé l'ouverture d'une enquête" tells nothing that goes on
    let root = x.verb.is_some_and(|v| {
        s.syn.dep(v) == Dep::Parataxis || s.syn.dep(v) == Dep::Root && (told || s.syn.child(v, &[Dep::Ccomp]).is_some())
    });
    let known = x.speaker.as_ref().is_some_and(|p| &*p.id != "generic/witness");
    // "… ; elle s'en est excusée depuis": the page has moved on
    let parted = (x.at..s.view.len()).any(|t| s.view.surface(t) == ";");
    root && known && !parted && x.speech == Speech::Say && !x.outer && x.tokens.end + 2 >= s.view.len()
}

/// The office or body a sentence is about.
fn subject(s: &Sent<'_>) -> Option<Party> {
    use recoupe_mention::{Class, MentionKind};
    let root = (0..s.syn.len()).find(|i| s.syn.dep(*i) == Dep::Root)?;
    let p = &s.parties[s.party_of(s.syn.child(root, &[Dep::Nsubj])?)?];
    let office = matches!(p.kind, MentionKind::Name | MentionKind::Noun(Class::Role | Class::Source));
    office.then(|| crate::voice::voice(p))
}

fn denies(s: &Sent<'_>, lex: &ClaimLexicon) -> bool {
    s.view.folded.iter().any(|f| lex.negation.contains(f.trim_end_matches('\'')))
}

/// “L'état-major a publié un communiqué mercredi soir.”: whose document the next sentence tells from.
fn puts_out(s: &Sent<'_>, lex: &ClaimLexicon) -> Option<Party> {
    let root = (0..s.syn.len()).find(|i| s.syn.dep(*i) == Dep::Root)?;
    let object = s.syn.child(root, &[Dep::Obj])?;
    if !lex.voices.puts_out.contains(&s.syn.lemma[root])
        || !lex.documents.contains(&s.syn.lemma[object])
        || denies(s, lex)
    {
        return None;
    }
    let subject = s.syn.child(root, &[Dep::Nsubj])?;
    let p = &s.parties[s.party_of(subject)?];
    let civil = matches!(p.kind, recoupe_mention::MentionKind::Noun(recoupe_mention::Class::Civil));
    (!civil).then(|| crate::voice::voice(p))
}

/// “Ce bilan émane de la police.”, “Le maire a donné ces chiffres.”: who counted what was told before.
fn counter(s: &Sent<'_>, lex: &ClaimLexicon) -> Option<Party> {
    let (view, words) = (s.view, &lex.voices);
    let tally = |t: &usize| lex.grammar.tallies.contains(&view.folded[*t]) || words.news.contains(&view.folded[*t]);
    if let Some(p) = cleft(s, lex) {
        return Some(p);
    }
    let at = (1..view.len()).find(tally)?;
    let pointed = lex.grammar.demonstrative.contains(&view.folded[at - 1]);
    let subject = at <= 2;
    // "l'armée a confirmé le bilan": the one that was told
    let stood_by = (0..s.syn.len()).any(|i| {
        let near = |t: usize| t < at && at - t <= 3;
        words.confirms.contains(&s.syn.lemma[i]) && near(s.token(i))
    }) && lex
        .grammar
        .definite
        .iter()
        .any(|d| d.trim_end_matches('\'') == view.folded[at - 1].trim_end_matches('\''));
    if !(pointed || subject || stood_by) || denies(s, lex) {
        return None;
    }
    // a figure of its own is another one
    if s.numbers.iter().any(|q| q.counts() && !q.weak && q.kind != recoupe_mention::number::Kind::Article) {
        return None;
    }
    // "l'information nous a été donnée par un élu"
    // … and what is announced is made known by whoever "l'annonce a été faite par" names
    let made = |i: usize| words.makes.contains(&s.syn.lemma[i]) && words.news.contains(&view.folded[at]);
    let given =
        |i: usize| (words.gives.contains(&s.syn.lemma[i]) || made(i)) && s.syn.after_passive_auxiliary(i, &lex.grammar);
    let stems = |i: &usize| {
        let verbs = if pointed || stood_by { &words.gives } else { &words.stems };
        given(*i) || verbs.contains(&s.syn.lemma[*i]) || words.stems.contains(&s.syn.lemma[*i])
    };
    let verb = (0..s.syn.len()).find(stems)?;
    let near = |p: &&recoupe_mention::PartyMention| {
        !matches!(p.kind, recoupe_mention::MentionKind::Noun(recoupe_mention::Class::Civil))
    };
    let verb = s.token(verb);
    let p = if subject {
        s.parties.iter().filter(near).find(|p| p.tokens.start > verb.max(at) && p.tokens.start <= verb + 6)?
    } else if verb < at {
        s.parties.iter().filter(near).rfind(|p| p.tokens.end <= verb)?
    } else {
        return None;
    };
    Some(crate::voice::voice(p))
}

/// “C'est le préfet qui donne l'information.”: whoever stands between told what stands before.
fn cleft(s: &Sent<'_>, lex: &ClaimLexicon) -> Option<Party> {
    let (view, words) = (s.view, &lex.voices);
    let from = words.cleft.at(&view.folded, 0)?;
    let who = (from + 1..view.len()).find(|t| lex.grammar.relative.contains(&view.folded[*t]))?;
    let told = |t: &usize| words.news.contains(&view.folded[*t]) || lex.grammar.tallies.contains(&view.folded[*t]);
    let verb = (0..s.syn.len()).find(|i| s.token(*i) > who && words.gives.contains(&s.syn.lemma[*i]))?;
    if s.token(verb) > who + 4
        || denies(s, lex)
        || !(s.token(verb)..view.len().min(s.token(verb) + 4)).any(|t| told(&t))
    {
        return None;
    }
    let civil = |k: &recoupe_mention::MentionKind| {
        matches!(k, recoupe_mention::MentionKind::Noun(recoupe_mention::Class::Civil))
    };
    let p = s.parties.iter().find(|p| p.tokens.start >= from && p.tokens.start <= from + 2 && !civil(&p.kind))?;
    Some(crate::voice::voice(p))
}

/// Whether two chains of voices are the same.
pub(crate) fn same(a: &[Party], b: &[Party]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(x, y)| x.id == y.id)
}

/// Whether the page is a document of a party, as one of its first lines says (“Communiqué n° 12”): then whoever speaks first
/// on it speaks throughout.
pub(crate) fn is_document(article: &Article, lex: &ClaimLexicon) -> bool {
    labelled(article, |words| words.first().is_some_and(|w| lex.grammar.formal.contains(w)))
}

/// Whether one of the first lines of a page is short and says what it is.
fn labelled(article: &Article, is: impl Fn(&[String]) -> bool) -> bool {
    let lines = article.text.lines().map(str::trim).filter(|l| !l.is_empty());
    // "Vigie Sahel | Communiqué | 12 mars"
    lines.take(FIRST_LINES).flat_map(|l| l.split(['|', '·', '•', '—'])).any(|l| {
        let words: Vec<String> =
            l.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(recoupe_text::fold).collect();
        words.len() <= LABEL && is(&words) && !l.contains(':') && !l.ends_with('.')
    })
}

/// “LIGUE DES DROITS HUMAINS”, “Vigie Sahel”: the body at the head of a document, in whose voice all of it is told.
pub(crate) fn publisher(
    article: &Article,
    views: &[View<'_>],
    parties: &[Vec<recoupe_mention::PartyMention>],
    lex: &ClaimLexicon,
) -> Option<Party> {
    let report = labelled(article, |words| lex.voices.bulletins.stand_at(words, 0));
    if !(report || is_document(article, lex)) {
        return None;
    }
    let text: &str = &article.text;
    let base = text.as_ptr() as usize;
    let lines = text.lines().map(str::trim).filter(|l| !l.is_empty()).take(LETTERHEAD);
    let heads = lines.flat_map(|l| l.split(['|', '·', '•', '—'])).map(str::trim).filter(|l| !l.is_empty());
    let heads = heads.map(|l| (l, Span::new(l.as_ptr() as usize - base, l.as_ptr() as usize - base + l.len())));
    heads.filter(|(l, _)| l.split_whitespace().count() <= TITLE && !l.ends_with(['.', '?', '!'])).find_map(
        |(line, span)| {
            let name = recoupe_text::fold(line);
            // a body the page names in full
            let same = |p: &&recoupe_mention::PartyMention| {
                use recoupe_mention::{Class, MentionKind};
                matches!(p.kind, MentionKind::Name | MentionKind::Noun(Class::Role))
                    && (recoupe_text::fold(p.party.span.of(text)) == name || recoupe_text::fold(&p.party.name) == name)
            };
            if let Some(p) = parties.iter().flatten().find(same) {
                return Some(Party { span, ..crate::voice::voice(p) });
            }
            let first = name.split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or_default();
            // … or one of no known name that its own sentences are about
            let speaks = || {
                views.iter().any(|v| {
                    let told = recoupe_text::fold(v.sentence.span.of(text));
                    v.len() > LABEL && told.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with([' ', ',']))
                })
            };
            let words = name.split_whitespace().count();
            let acronym = words == 1 && line.len() > 2 && line.chars().all(char::is_uppercase);
            let headed = words > 1 && lex.voices.letterheads.iter().any(|w| recoupe_text::fold(w) == first);
            (headed || acronym || words > 1 && speaks()).then(|| Party {
                id: format!("org/{name}").into(),
                name: line.into(),
                country: None,
                status: recoupe_mention::Status::Unknown,
                span,
            })
        },
    )
}

/// Whether a line opens as the title of a document does (“Communiqué de …”), and is no longer than one.
pub(crate) fn names_document(text: &str, line: &recoupe_text::Sentence, lex: &ClaimLexicon) -> bool {
    let first = line.tokens.first().map(|t| t.span.of(text));
    line.tokens.len() > 2
        && line.tokens.len() <= TITLE
        && first.is_some_and(|w| {
            w.chars().next().is_some_and(char::is_uppercase) && lex.grammar.formal.contains(&recoupe_text::fold(w))
        })
}

/// “MINISTÈRE DE LA DÉFENSE NATIONALE”, a line of nothing else at the head of a document: whose letterhead it is.
pub(crate) fn letterhead(view: &View<'_>, parties: &[recoupe_mention::PartyMention]) -> Option<Party> {
    use recoupe_mention::{Class, MentionKind};
    let n = view.len();
    let whole = |p: &&recoupe_mention::PartyMention| {
        let office = matches!(p.kind, MentionKind::Name | MentionKind::Noun(Class::Role));
        office && p.tokens.start <= 1 && p.tokens.end + 4 >= n && !matches!(view.surface(n - 1), "." | "?" | "!")
    };
    let shouted = (0..n).all(|t| view.surface(t).chars().all(|c| !c.is_lowercase()));
    parties.iter().find(whole).filter(|_| n <= TITLE && shouted).map(crate::voice::voice)
}

/// “Communiqué de l'état-major général des armées”: whose document the page is, by a title of nothing else.
pub(crate) fn titled_document(s: &Sent<'_>, lex: &ClaimLexicon) -> Option<Party> {
    let n = s.view.len();
    if s.index as usize >= FIRST_LINES || n > TITLE || !lex.grammar.formal.contains(s.view.folded.first()?) {
        return None;
    }
    let p = s.parties.iter().find(|p| p.tokens.start >= 2 && p.tokens.start <= 4)?;
    let of = |t: usize| crate::lex::fits(&lex.grammar.of, s.view.folded[t].trim_end_matches('\''));
    let rest = (p.tokens.end..n).all(|t| {
        matches!(
            s.view.upos(t),
            Some(Upos::Noun | Upos::Propn | Upos::Adj | Upos::Adp | Upos::Det | Upos::Num | Upos::X | Upos::Punct)
        ) && !matches!(s.view.surface(t), ":" | ",")
    });
    use recoupe_mention::{Class, MentionKind};
    let office = matches!(p.kind, MentionKind::Name | MentionKind::Noun(Class::Role | Class::Source));
    ((1..p.tokens.start).any(of) && rest && office).then(|| crate::voice::voice(p))
}

/// “L'état-major informe l'opinion …”, on a document “le ministre présente ses condoléances”: words that only the author of a
/// document writes.
pub(crate) fn author(s: &Sent<'_>, (document, first): (bool, bool), lex: &ClaimLexicon) -> Option<Party> {
    let words = &lex.voices;
    if s.heading || !s.quotes.is_empty() {
        return None;
    }
    let at = |rows: &WordRows| (0..s.view.len()).find(|t| rows.stand_at(&s.view.folded, *t));
    let t = at(&words.informs).filter(|_| first).or_else(|| at(&words.condoles).filter(|_| document))?;
    let office = |p: &&recoupe_mention::PartyMention| {
        use recoupe_mention::{Class, MentionKind};
        matches!(p.kind, MentionKind::Name | MentionKind::Noun(Class::Role | Class::Force | Class::Source))
    };
    // it opens the sentence; nobody else quotes it
    let p = s.parties.iter().find(|p| p.tokens.start <= 2 && p.tokens.end <= t).filter(office)?;
    Some(crate::voice::voice(p))
}

/// “Ce rapport est produit par …”: whose document the page is, as one of its first lines says.
pub(crate) fn produced(s: &Sent<'_>, lex: &ClaimLexicon) -> Option<Party> {
    let (view, n) = (s.view, s.view.len());
    let at = (1..n.min(3)).find(|t| {
        lex.documents.contains(&view.folded[*t]) && lex.grammar.demonstrative.contains(&view.folded[*t - 1])
    })?;
    let by = (at + 2..n.min(at + 10)).find(|t| crate::lex::fits(&lex.grammar.by, &view.folded[*t]))?;
    let verb = s.word_at(by - 1)?;
    if !(lex.voices.puts_out.contains(&s.syn.lemma[verb]) || lex.voices.gives.contains(&s.syn.lemma[verb])) {
        return None;
    }
    s.parties.iter().find(|p| p.tokens.start > by && p.tokens.start <= by + 3).map(crate::voice::voice)
}

/// “Fin du communiqué.”, “NDLR.”: where a document ends on its page.
pub(crate) fn ends_document(view: &View<'_>, lex: &ClaimLexicon) -> bool {
    (0..2).any(|t| lex.voices.closing.stand_at(&view.folded, t))
}

/// The quotation a sentence opens and a later one closes: who is said there to have spoken.
pub(crate) fn closing_speaker(scopes: &[Scope], quote: Span, tokens: &[recoupe_text::Token]) -> Option<Party> {
    scopes
        .iter()
        .filter(|s| tokens.get(s.at).is_some_and(|t| t.span.start + 2 >= quote.end))
        .min_by_key(|s| s.at)
        .and_then(|s| s.speaker.clone())
}
