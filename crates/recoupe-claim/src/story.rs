//! What a page has told so far: its events become claims, grouped into incidents.

use recoupe_mention::places::PlaceMention;
use recoupe_mention::{Party, Place, TimeBasis, TimePrecision, When};
use recoupe_page::Article;

use crate::carry::same;
use crate::event::Event;
use crate::group::{Known, Told, find, merge};
use crate::lex::ClaimLexicon;
use crate::scene::{self, fine};
use crate::sentence::Sent;
use crate::types::{Certainty, Claim, Detail, Toll};

/// “L'armée parle de cinq morts”: a figure that is the complement of any verb but one of effect is its subject's.
fn reported(s: &Sent<'_>, lex: &ClaimLexicon, t: &crate::toll::FoundToll) -> Option<Party> {
    use recoupe_mention::{Class, MentionKind};
    let word = s.word_at(t.token)?;
    let clause = s.syn.clause(word);
    if t.anchor.is_some_and(|a| a == clause)
        || lex.grammar.cause.contains(&s.syn.lemma[clause])
        || &*t.toll.kind == "attacks" && lex.light_does.contains(&s.syn.lemma[clause])
        || t.rule == "toll.displaced"
        || s.syn.passive(clause)
    {
        return None;
    }
    // "a décrété un deuil après la mort de …": told beside the clause, not in it
    let mut top = word;
    while let Some(h) = s.syn.head(top).filter(|h| *h != clause) {
        top = h;
    }
    // "…, faisant deux morts": an effect, though the tree takes the participle for a preposition, or hangs the dead on the other verb
    let beside = |c: usize| lex.voices.beside.contains(&s.syn.form[c]) || lex.grammar.cause.contains(&s.syn.lemma[c]);
    let effect = |c: usize| lex.grammar.cause.contains(&s.syn.lemma[c]);
    if s.syn.kids(top, &[recoupe_syntax::Dep::Case]).any(beside) || (clause + 1..word).any(effect) {
        return None;
    }
    let subject = s.syn.subject(clause).filter(|x| s.token(*x) < t.token && *x < clause)?;
    let p = &s.parties[s.party_in(subject)?];
    // "La Croix-Rouge a soigné douze blessés": what somebody did for them; a hospital counts those it takes in
    let medical = matches!(&*p.party.id, "generic/hospital-source" | "generic/medics");
    // … and those who come to help count the dead they bring out: "la protection civile a retiré 28 corps"
    let rescues = medical
        || p.party.id.ends_with("/civil-defence")
        || p.party.id.ends_with("/ambulance-service")
        || p.party.id.starts_with("un/")
        || p.kind == MentionKind::Name && p.party.status == recoupe_mention::Status::Civilian;
    let dead = |k: usize| s.word_at(k).is_some_and(|w| lex.voices.bodies_found.contains(&s.syn.lemma[w]));
    let found = rescues && (t.token..s.view.len().min(t.token + 4)).any(dead);
    if !medical && !found && lex.voices.handles.contains(&s.syn.lemma[clause]) {
        return None;
    }
    found
        .then_some(())
        .or_else(|| {
            matches!(
                p.kind,
                MentionKind::State
                    | MentionKind::Person
                    | MentionKind::Name
                    | MentionKind::Noun(Class::Role | Class::Source)
            )
            .then_some(())
        })
        .map(|()| crate::voice::voice(p))
        .filter(|_| !s.syn.under(word, subject))
}

/// Up to how many sentences after an incident “the assailants” are those who did it.
const TRACE: u32 = 3;

/// What a page has told so far.
pub(crate) struct Page {
    pub(crate) claims: Vec<Claim>,
    pub(crate) known: Vec<Known>,
    /// For each event kept: claim index and index in `known`.
    pub(crate) events: Vec<(usize, usize)>,
    /// Whose document the page is, where it is one: they speak throughout.
    pub(crate) author: Option<Party>,
    /// The sentence behind which such a document has ended and the outlet goes on by itself.
    pub(crate) document_ends: Option<u32>,
    pub(crate) published: Option<(jiff::civil::Date, jiff::civil::Date)>,
    /// Sentences in which somebody speaks, with who opened it where it is all theirs (“Selon X, …”).
    pub(crate) spoken: Vec<(u32, Option<Party>)>,
    /// Sentences in which somebody speaks, with all who do.
    pub(crate) said: Vec<(u32, Vec<Party>)>,
    /// The last sentence that somebody's report fills, with who it is.
    pub(crate) reported: Option<(u32, Party)>,
    /// The sentence that says that somebody put out a document, which the next one tells from.
    pub(crate) put_out: Option<u32>,
    /// Whoever the page lets speak behind a colon that opens all that follows (“le communiqué détaille :”), and since when.
    pub(crate) dictated: Option<(u32, Party)>,
    /// Whoever speaks in a sentence that ends with the colon of a list, and its index: the items are theirs.
    pub(crate) listed: Option<(u32, Party)>,
    /// Paragraph of each sentence.
    pub(crate) paragraphs: Vec<u32>,
    /// Whether a sentence is a title or heading.
    pub(crate) headings: Vec<bool>,
    /// The places of each sentence that others may lean on.
    pub(crate) places: Vec<Vec<recoupe_mention::places::PlaceMention>>,
    /// The day each sentence is set on, where it names one.
    pub(crate) days: Vec<Option<When>>,
}

impl Page {
    pub(crate) fn add(&mut self, s: &Sent<'_>, mut e: Event, lex: &ClaimLexicon) {
        // who speaks of an act for an office that commands no arms has not done it
        let speaks = |p: &Party| s.scopes.iter().filter_map(|x| x.speaker.as_ref()).any(|v| v.id == p.id);
        e.actor = e.actor.take().filter(|p| !(unarmed_office(p) && speaks(p)));
        if crate::event::by_nature(s, lex, &e) {
            return;
        }
        let violent = matches!(
            &*e.kind,
            "airstrike"
                | "drone_strike"
                | "shelling"
                | "armed_clash"
                | "attack"
                | "explosion_ied"
                | "capture_of_territory"
                | "protest"
                | "arrest"
        );
        let tolled = e.war.is_some() || e.tolls.iter().any(|t| t.toll.min.is_some() || t.toll.max.is_some());
        // hostages set free, people missing: figures, though nothing violent is told with them
        if !(violent || tolled && &*e.kind == "other") {
            return;
        }
        let open = matches!(e.certainty, Certainty::Planned | Certainty::Conditional | Certainty::Asked);
        if open && !tolled {
            return;
        }
        // "le groupe a revendiqué la tuerie": adds who did it to what was told
        let named = |p: &Party| p.status == recoupe_mention::Status::Combatant && !crate::event::nameless(p);
        e.accuses |= !e.core && !tolled && (e.definite || e.blamed) && e.actor.as_ref().is_some_and(named);
        if e.accuses {
            // "a revendiqué lundi la tuerie": when and where it was claimed
            (e.time, e.place) = (None, None);
        }
        let argued = e.place.is_some() || e.time.is_some() || e.actor.is_some() || e.target.is_some() || tolled;
        if !(e.core || tolled || e.accuses) || !argued {
            return;
        }
        let at = Told { part: s.part, sentence: s.index, paragraph: s.paragraph, section: self.section(s.index) };
        self.carried_off(&mut e, at);
        let group = find(&self.known, &e, at, self.published);
        if group.is_some_and(|k| self.known[k].war.is_some()) {
            e.tolls.iter_mut().for_each(|t| t.toll.cumulative = true);
            e.pluperfect = true;
        }
        if let Some(k) = group {
            crate::group::settle(&self.known[k], &mut e);
        }
        // What does not count as an incident by itself only adds to one.
        let fresh = group.is_none();
        if fresh
            && (e.accuses
                || e.certainty == Certainty::Denied
                || nowhere(&e)
                || e.recalled && !tolled && e.time.is_none() && e.place.is_none()
                || e.again && !tolled
                || unsure(&e) && !tolled
                || (e.habitual && !tolled && (e.actor.is_none() || e.target.is_none())))
        {
            return;
        }
        let claim = self.claims.len();
        let known = match group {
            Some(k) => {
                merge(&mut self.known[k], &e, s.index, s.paragraph);
                self.known[k].heading &= s.heading;
                self.known[k].headed |= s.heading;
                k
            }
            None => {
                let mut k = Known {
                    first: claim,
                    kind: e.kind.clone(),
                    rank: e.rank,
                    time: e.time.clone(),
                    place: e.place.clone(),
                    actor: e.actor.clone(),
                    target: e.target.clone(),
                    tolls: Vec::new(),
                    part: s.part,
                    sentence: s.index,
                    paragraph: s.paragraph,
                    guess: None,
                    boast: None,
                    presumed: None,
                    traced: None,
                    series: None,
                    stranger: false,
                    core: e.core,
                    heading: s.heading,
                    headed: s.heading,
                    another: e.another,
                    summed: e.summed && e.tolls.is_empty(),
                    war: e.war,
                };
                let e2 = e.clone();
                merge(&mut k, &e2, s.index, s.paragraph);
                self.known.push(k);
                self.known.len() - 1
            }
        };
        // One claim a voice: figures of the same sentence may come from several mouths.
        let mut by_voice: Vec<(Vec<Party>, Vec<Toll>)> = Vec::new();
        let mut place_of: Vec<(usize, usize)> = Vec::new();
        let mut theirs: Option<(recoupe_mention::Id, Party)> = None;
        for t in &e.tolls {
            if petty(&t.toll) {
                place_of.push((usize::MAX, 0));
                continue;
            }
            let mut v = crate::event::voices(s, t.token);
            let own = v.iter().any(crate::voice::is_outlet) || s.counts_itself(lex) || crate::carry::own_people(s, lex);
            v.retain(|p| !crate::voice::is_outlet(p));
            if v.is_empty() && !s.heading && !own {
                v = reported(s, lex, t).into_iter().collect();
            }
            // a part is told by whoever tells the whole
            if let Some((whole, _)) = t.toll.part_of.and_then(|p| place_of.get(p)).filter(|_| v.is_empty() && !own)
                && let Some((voices, _)) = by_voice.get(*whole)
            {
                v.clone_from(voices);
            }
            if v.is_empty() && !s.heading && !own {
                v = self.carried(known, s, &t.toll, e.pluperfect, lex);
            }
            v.retain(|p| !crate::voice::is_outlet(p));

            let at = by_voice.iter().position(|(w, _)| same(w, &v)).unwrap_or_else(|| {
                by_voice.push((v, Vec::new()));
                by_voice.len() - 1
            });
            let mut toll = t.toll.clone();
            // "un convoi de la mission a sauté. Quatre soldats …": bare soldiers are those of the mission that was hit
            let bare = s.parties.iter().any(|p| p.assumed && p.party.span == toll.group.span);
            let mission = self.known[known].target.as_ref().filter(|p| peacekeepers(s, p));
            if let Some(m) = mission.filter(|_| bare && toll.group.id.ends_with("/armed-forces")) {
                theirs = Some((toll.group.id.clone(), m.clone()));
                toll.group = Party { span: toll.group.span, ..m.clone() };
            }
            toll.part_of = toll.part_of.and_then(|p| place_of.get(p)).filter(|p| p.0 == at).map(|p| p.1);
            if t.open_group
                && let Some(g) = self.fill(known, &e, &toll)
            {
                toll.status = g.status;
                toll.group = Party { span: toll.group.span, ..g };
            }
            place_of.push((at, by_voice[at].1.len()));
            by_voice[at].1.push(toll);
        }
        if let Some((_, m)) = theirs.filter(|x| e.target.as_ref().is_some_and(|t| t.id == x.0)) {
            e.target = Some(m);
        }
        // whose report it turns out to be counts its own foes
        let carried = by_voice.iter().find_map(|(v, _)| crate::event::boaster(s, &e.tolls, v));
        if self.known[known].boast.is_none() && e.actor.is_none() && self.known[known].actor.is_none() {
            self.known[known].boast = carried;
        }
        if by_voice.is_empty() {
            by_voice.push((e.voices.clone(), Vec::new()));
        }
        for (voices, tolls) in by_voice {
            let certainty = e.certainty;
            self.events.push((self.claims.len(), known));
            self.claims.push(Claim {
                span: s.view.sentence.span,
                sentence: s.index,
                part: s.part,
                kind: e.kind.clone(),
                detail: Detail::Incident,
                certainty,
                background: e.pluperfect,
                actor_voice: e.actor_voice.clone(),
                voices,
                time: e.time.clone(),
                place: e.place.clone(),
                actor: e.actor.clone(),
                target: e.target.clone(),
                means: e.means.clone(),
                tolls,
                group: self.known[known].first as u32,
                rules: e.rules.clone(),
            });
        }
    }

    /// “des habitants ont été emmenés”, right after a raid: those who came carried them off, nobody arrested them.
    fn carried_off(&self, e: &mut Event, at: Told) {
        let raiders = |p: &Party| p.id.starts_with("group/") || crate::event::nameless(p);
        let raid = |k: &&Known| {
            k.part == at.part
                && at.sentence.saturating_sub(k.sentence) <= 2
                && &*k.kind == "attack"
                && k.actor.as_ref().or(k.traced.as_ref()).is_some_and(raiders)
        };
        let open = &*e.kind == "arrest" && e.actor.is_none() && e.time.is_none() && e.place.is_none();
        if open && self.known.last().filter(raid).is_some() {
            (e.kind, e.rank) = ("attack".into(), 2);
        }
    }

    /// Notes who a sentence says to have been there for the incident told last before it, if it is near.
    pub(crate) fn trace(&mut self, s: &Sent<'_>, who: Party) {
        let near = |k: &&mut Known| k.part == s.part && k.sentence + TRACE >= s.index && k.actor.is_none();
        if let Some(k) = self.known.iter_mut().rev().max_by_key(|k| k.sentence).filter(near) {
            k.traced.get_or_insert(who);
        }
    }

    /// Where the story that a sentence belongs to begins, on a page of many headings; 0 on others.
    fn section(&self, sentence: u32) -> u32 {
        let further = |i: usize| i > 3 && self.headings[i];
        if (0..self.headings.len()).filter(|i| further(*i)).count() < 4 {
            return 0;
        }
        (0..=sentence as usize).rev().find(|i| further(*i)).unwrap_or(0) as u32
    }

    /// The place named last before a sentence in its paragraph.
    fn beside(&self, sentence: u32) -> Option<Place> {
        let at = |i: usize, loose: bool| {
            let area = recoupe_mention::PlacePrecision::Province;
            let fits = |p: &&PlaceMention| if loose { p.place.precision < area } else { fine(p) };
            self.places.get(i)?.iter().find(fits).map(|p| p.place.clone())
        };
        // A heading that names none stands over the place its text names first.
        if self.headings.get(sentence as usize) == Some(&true) {
            let below = (sentence as usize + 1..self.headings.len()).skip_while(|i| self.headings[*i]);
            return below.take_while(|i| !self.headings[*i]).take(scene::FIRST).find_map(|i| at(i, false));
        }
        self.before(sentence).find_map(|i| at(i, false)).or_else(|| self.before(sentence).find_map(|i| at(i, true)))
    }

    /// The day named last before a sentence in its paragraph.
    fn day_beside(&self, sentence: u32) -> Option<When> {
        self.before(sentence).find_map(|i| self.days.get(i)?.clone())
    }

    /// The sentences before one in its paragraph, last first.
    fn before(&self, sentence: u32) -> impl Iterator<Item = usize> {
        let here = self.paragraphs.get(sentence as usize);
        (0..sentence as usize).rev().take_while(move |i| self.paragraphs.get(*i) == here)
    }

    pub(crate) fn paragraph_of(&self, sentence: u32) -> u32 {
        self.paragraphs.get(sentence as usize).copied().unwrap_or(u32::MAX)
    }

    /// Whom a toll without a group counts: those of the toll before it in the incident, else the incident's target.
    fn fill(&self, known: usize, e: &Event, toll: &Toll) -> Option<Party> {
        let k = &self.known[known];
        if &*toll.unit != "person" {
            return k.target.clone().filter(|t| t.status == recoupe_mention::Status::Combatant);
        }
        let own = e
            .tolls
            .iter()
            .find(|t| {
                !t.open_group
                    && &*t.toll.group.id != "generic/suicide-bomber"
                    && &*t.toll.unit == "person"
                    && t.toll.part_of.is_none()
                    && t.toll.span.start < toll.span.start
            })
            .map(|t| t.toll.group.clone());
        own.or_else(|| {
            self.events
                .iter()
                .rev()
                .filter(|(_, g)| *g == known)
                .flat_map(|(c, _)| self.claims[*c].tolls.iter().rev())
                .find(|t| &*t.unit == "person" && &*t.group.id != "generic/people" && t.part_of.is_none())
                // one of those counted says nothing of who the many are
                .filter(|t| t.kind != toll.kind || t.min.zip(toll.min).is_none_or(|(a, b)| a.saturating_mul(4) >= b))
                // dead attackers say nothing of who the others are
                .filter(|t| !crate::event::nameless(&t.group) || t.group.status != recoupe_mention::Status::Combatant)
                .map(|t| t.group.clone())
        })
        // an office is hit in its buildings, and who blows himself up is not whom he kills
        .or_else(|| k.target.clone().filter(dies))
    }

    /// A headline repeats the body in short: a figure of it that the body gives with a bound or a voice is that figure.
    fn echo_headings(&mut self) {
        let heads: Vec<(usize, usize)> = self
            .events
            .iter()
            .copied()
            .filter(|(c, _)| self.headings.get(self.claims[*c].sentence as usize) == Some(&true))
            .collect();
        for (c, k) in heads {
            for t in 0..self.claims[c].tolls.len() {
                let mine = self.claims[c].tolls[t].clone();
                // The same incident's first; a figure of several told elsewhere on the page is hardly another one.
                let own = self.events.iter().filter(|(o, g)| *g == k && *o != c);
                let others = self.events.iter().filter(|(_, g)| *g != k && mine.min.is_some_and(|n| n > 2));
                let body = own.chain(others).find_map(|(o, _)| {
                    let o = &self.claims[*o];
                    let body = self.headings.get(o.sentence as usize) != Some(&true);
                    o.tolls
                        .iter()
                        .find(|x| {
                            // "40 soldats" is not "40 personnes" told elsewhere
                            let one = x.group.id == mine.group.id
                                || [&x.group, &mine.group]
                                    .iter()
                                    .any(|g| &*g.id == "generic/people" || &*g.id == "generic/unknown")
                                || x.group.status == mine.group.status;
                            body && one && x.kind == mine.kind && x.unit == mine.unit && x.min == mine.min
                        })
                        .map(|x| (x.clone(), o.voices.clone()))
                });
                if let Some((x, voices)) = body {
                    let claim = &mut self.claims[c];
                    let known = &*mine.group.id != "generic/people" && &*x.group.id == "generic/people";
                    let group = if known { mine.group.clone() } else { Party { span: mine.group.span, ..x.group } };
                    claim.tolls[t] = Toll { span: mine.span, part_of: None, group, ..x };
                    // "selon les secours" in the headline are those whom the body names
                    let unnamed = |v: &[Party]| {
                        v.iter()
                            .all(|p| p.id.starts_with("generic/") || p.id.starts_with("org/") && p.country.is_none())
                    };
                    if claim.voices.is_empty() || unnamed(&claim.voices) && !unnamed(&voices) {
                        claim.voices = voices;
                    }
                }
            }
        }
    }

    /// Gives each claim what its incident knows, and dates what nothing dates.
    pub(crate) fn finish(
        mut self,
        article: &Article,
        published: Option<(jiff::civil::Date, jiff::civil::Date)>,
    ) -> Vec<Claim> {
        // What the outlet's own people tell, it tells itself.
        self.claims.iter_mut().for_each(|c| c.voices.retain(|p| &*p.id != crate::voice::OUTLET));
        self.echo_headings();
        self.echo_voices();
        if let Some(author) = self.author.as_ref().filter(|p| &*p.id != crate::voice::OUTLET) {
            let ends = self.document_ends.unwrap_or(u32::MAX);
            for c in self.claims.iter_mut().filter(|c| c.voices.is_empty() && c.sentence < ends) {
                c.voices.push(author.clone());
            }
        }
        // The first incident with a day of its own dates what nothing dates, unless the page opens with another day.
        let recent =
            |t: &When| published.is_none_or(|p| t.from.is_some_and(|d| (p.1 - d).get_days() <= 10 && d <= p.1));
        let own = |t: &When| t.precision == TimePrecision::Day && t.from.is_some() && t.basis != TimeBasis::Narrative;
        let told = self
            .known
            .iter()
            .filter(|k| k.time.as_ref().is_none_or(recent))
            .find_map(|k| Some((self.claims[k.first].sentence as usize, k.time.clone().filter(own)?)));
        let body = (0..self.days.len()).filter(|i| !self.headings[*i]).take(scene::FIRST);
        let opening = body.filter_map(|i| Some((i, self.days[i].clone().filter(|t| own(t) && recent(t))?))).next();
        let main = [told, opening].into_iter().flatten().min_by_key(|m| m.0).map(|m| m.1);
        let lead_place = scene::main_place(&self.places, &self.headings);
        let stated = article.published.as_ref().is_some_and(|p| p.basis != recoupe_page::Basis::Sibling);
        let mut voices: Vec<Vec<&Party>> = vec![Vec::new(); self.known.len()];
        for (c, k) in &self.events {
            voices[*k].extend(self.claims[*c].voices.last());
        }
        crate::series::share(&mut self.known, &voices);
        for (c, k) in &self.events {
            let k = &self.known[*k];
            let beside = self.beside(self.claims[*c].sentence);
            let day_beside = self.day_beside(self.claims[*c].sentence);
            let claim = &mut self.claims[*c];
            if claim.time.as_ref().is_none_or(|t| t.from.is_none() && t.weekday.is_none()) {
                claim.time = k.time.clone().map(|t| When { basis: TimeBasis::Inherited, ..t });
            }
            // A count of many days or places keeps to what its own sentence says.
            let total = !claim.tolls.is_empty() && claim.tolls.iter().all(|t| t.cumulative);
            if claim.time.is_none() && !claim.background && !total {
                claim.time = day_beside.map(|t| When { basis: TimeBasis::Inherited, ..t });
            }
            if claim.time.is_none() && !claim.background {
                let day = main.clone();
                // A page that tells today's news tells most of it of today or yesterday; an older main day stands for itself.
                let day = day.filter(|t| published.is_none_or(|p| (p.0 - t.to.unwrap_or(p.0)).get_days() > 1));
                claim.time = match (day, published) {
                    (Some(t), _) => Some(When { basis: TimeBasis::Inherited, ..t }),
                    (None, Some((from, to))) if (to - from).get_days() <= 3 => Some(When {
                        // told as news: the day of publication or the one before
                        from: if from == to { from.yesterday().ok() } else { Some(from) },
                        to: Some(if from == to { to } else { from.tomorrow().unwrap_or(to) }),
                        precision: TimePrecision::Range,
                        basis: TimeBasis::Inherited,
                        weekday: None,
                        span: article.published.as_ref().and_then(|p| p.span).unwrap_or_default(),
                    }),
                    // a page that gives only its month tells the news of that month
                    (None, Some((from, to))) if (to - from).get_days() <= 31 && stated => Some(When {
                        from: from.yesterday().ok(),
                        to: Some(to),
                        precision: TimePrecision::Month,
                        basis: TimeBasis::Inherited,
                        weekday: None,
                        span: article.published.as_ref().and_then(|p| p.span).unwrap_or_default(),
                    }),
                    _ => None,
                };
            }
            use recoupe_mention::PlacePrecision as Precise;
            let country_only = |p: &Place| p.precision == Precise::Country;
            let told = k.place.as_ref().filter(|p| p.precision < Precise::Province);
            if k.war.is_some() {
                // of a whole war no town is the place
            } else if claim.place.as_ref().is_none_or(|p| country_only(p) && !total) {
                let finer = [told, beside.as_ref(), k.place.as_ref(), lead_place.as_ref()]
                    .into_iter()
                    .flatten()
                    .find(|p| !country_only(p) && claim.place.as_ref().is_none_or(|c| c.country == p.country));
                claim.place = finer
                    .cloned()
                    .or_else(|| claim.place.take())
                    .or_else(|| k.place.clone())
                    .or_else(|| lead_place.clone());
            } else if let (Some(p), Some(t)) = (&claim.place, told)
                && p.precision == Precise::Province
                && p.country == t.country
            {
                claim.place = Some(t.clone());
            }
            // what one sentence only describes, another has named
            let vague = |p: &Party| crate::event::nameless(p);
            let unknown = |p: &Party| &*p.id == "generic/people";
            // unless they are whom it was done to, and hit back
            let hit = |q: &Party| {
                let deadly = |t: &Toll| matches!(&*t.kind, "killed" | "wounded") && t.group.id == q.id;
                claim.target.as_ref().is_some_and(|t| t.id == q.id) && claim.tolls.iter().any(deadly)
            };
            let better = k.actor.as_ref().is_some_and(|q| !vague(q) && !hit(q));
            claim.actor = claim.actor.take().filter(|p| !(vague(p) && better));
            // those who attacked did not kill themselves
            let victims = |p: &Party| claim.target.as_ref().is_some_and(|t| t.id == p.id || blue_helmets(t, p));
            claim.actor = claim.actor.take().filter(|p| claim.target.as_ref().is_none_or(|t| !blue_helmets(t, p)));
            claim.actor = claim.actor.take().or_else(|| k.actor.clone().filter(|p| !victims(p)));
            // nobody named: the group the page is about, unless strangers came; the side that counts the dead
            if claim.actor.as_ref().is_none_or(|a| vague(a) && !k.stranger) && k.guess.is_some() {
                claim.actor = k.guess.clone();
            }
            claim.actor = claim.actor.take().or_else(|| k.boast.clone());
            // their own act, not that of the state whose strike or shelling hit others
            let raid = matches!(&*k.kind, "attack" | "armed_clash");
            let other = |p: &Party| claim.target.as_ref().is_none_or(|t| t.id != p.id);
            claim.actor = claim.actor.take().or_else(|| k.traced.clone().filter(|p| raid && other(p)));
            claim.actor = claim.actor.take().or_else(|| k.series.clone().filter(|p| other(p)));
            claim.target =
                claim.target.take().filter(|p| !(unknown(p) && k.target.as_ref().is_some_and(|q| !unknown(q))));
            claim.target = claim.target.take().or_else(|| k.target.clone());
            if claim.target.as_ref().is_none_or(unknown) {
                claim.target = k.presumed.clone().or_else(|| claim.target.take());
            }
            if claim.kind != k.kind {
                claim.kind = k.kind.clone();
            }
        }
        if let Some(published) = published {
            self.claims.iter_mut().for_each(|c| ahead(c, &article.text, published));
        }
        self.claims
    }
}

/// “a tiré deux missiles”, “deux attaques en deux jours”: a pair of blows is how it happened, and no count of attacks.
fn petty(t: &Toll) -> bool {
    &*t.kind == "attacks" && !t.approx && t.max.is_some_and(|n| n <= 2)
}

/// “certains ont peut-être été emmenés”: nobody says when, where, by whom or how many, nor that it is so.
fn unsure(e: &Event) -> bool {
    e.certainty == Certainty::Hedged && e.time.is_none() && e.place.is_none() && e.actor.is_none() && !e.heading
}

/// “la reconquête du pays”: what is taken without a place that could be is no incident.
fn nowhere(e: &Event) -> bool {
    let land = e.place.as_ref().is_none_or(|p| p.precision == recoupe_mention::PlacePrecision::Country);
    &*e.kind == "capture_of_territory" && land && e.time.is_none() && e.tolls.is_empty() && !e.heading
}

/// Kinds that are announced for a day to come; of an attack that is feared or ordered the day may be that of the order.
const ANNOUNCED: [&str; 3] = ["talks", "agreement", "protest"];

/// The bare weekday of what is planned is the next one, not the last.
fn ahead(c: &mut Claim, text: &str, published: (jiff::civil::Date, jiff::civil::Date)) {
    if c.certainty != Certainty::Planned || !ANNOUNCED.contains(&&*c.kind) {
        return;
    }
    let Some(w) = c.time.as_mut().filter(|w| w.basis == TimeBasis::Relative && w.weekday.is_some()) else { return };
    let named = text.get(w.span.range()).is_some_and(|t| t.bytes().all(|b| !b.is_ascii_digit()));
    let Some(day) = w.from.filter(|d| named && w.to == Some(*d) && *d < published.0) else { return };
    if let Ok(next) = day.checked_add(jiff::Span::new().days(7)) {
        (w.from, w.to) = (Some(next), Some(next));
    }
}

/// Whether a target can be whom an open figure counts: no government, no aircraft, nobody who blew himself up.
fn dies(p: &Party) -> bool {
    let body = p.id.ends_with("/government") || p.id.ends_with("/air-force") || unarmed_office(p);
    !body && &*p.id != "generic/suicide-bomber"
}

/// Whether a party is a mission of soldiers that several states sent.
fn peacekeepers(s: &Sent<'_>, p: &Party) -> bool {
    let body = |kind: &str| !matches!(kind, "group" | "generic") && s.names().state3(kind).is_none();
    p.status != recoupe_mention::Status::Civilian && p.id.split_once('/').is_some_and(|(kind, _)| body(kind))
}

/// Whether those hit are the peacekeepers that a mission of the UN sent.
fn blue_helmets(hit: &Party, mission: &Party) -> bool {
    let un = |p: &Party| p.id.starts_with("un/") || &*p.id == "generic/peacekeepers";
    un(hit) && un(mission)
}

/// Whether a party is an office of a state that commands no arms of its own.
fn unarmed_office(p: &Party) -> bool {
    let offices =
        ["presidency", "prime-minister", "foreign-ministry", "health-ministry", "parliament", "local-authorities"];
    p.id.split_once('/').is_some_and(|(_, role)| offices.contains(&role))
}
