//! Who is mentioned: names, common nouns with the modifiers that tell their state or side.

use std::ops::Range;

use recoupe_syntax::Upos;

use crate::lexicon::{Class, Lexicon, Ref, Side};
use crate::types::{Id, Party, Status};
use crate::view::{Stream, View};

/// A party as a sentence names it.
#[derive(Clone, Debug)]
pub struct PartyMention {
    /// Who.
    pub party: Party,
    /// The tokens, modifiers included.
    pub tokens: Range<usize>,
    /// The token of its head noun or name.
    pub head: usize,
    /// What kind of words name it.
    pub kind: MentionKind,
    /// A name that may as well be the place (a capital, a country).
    pub placelike: bool,
    /// The state was not said but taken from the page.
    pub assumed: bool,
}

/// What kind of words name a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MentionKind {
    /// A proper name of a group or body.
    Name,
    /// A state, by name or capital.
    State,
    /// A person known by name.
    Person,
    /// A common noun of that class.
    Noun(Class),
    /// An agency, cited.
    Outlet,
}

/// What the page says so far about who is who.
#[derive(Clone, Debug, Default)]
pub struct PageContext {
    /// The state the page is mostly about, by index.
    pub country: Option<u16>,
    /// The last state named for each role (`armed-forces` → Turkey).
    pub last_role: Vec<(Id, u16)>,
    /// Year of the page, to choose among office holders.
    pub year: Option<i16>,
}

impl PageContext {
    fn role(&self, role: &str) -> Option<u16> {
        self.last_role.iter().rev().find(|r| &*r.0 == role).map(|r| r.1).or(self.country)
    }
    fn last(&self, role: &str) -> Option<u16> {
        self.last_role.iter().rev().find(|r| &*r.0 == role).map(|r| r.1)
    }
    /// Remembers that the page named this state's body.
    pub fn note(&mut self, role: &Id, state: u16) {
        self.last_role.retain(|r| r.0 != *role);
        self.last_role.push((role.clone(), state));
    }
}

/// What stands after a noun and tells whose it is.
#[derive(Debug, Default)]
struct Modifiers {
    country: Option<u16>,
    side: Option<Side>,
    sponsor: bool,
    party: Option<Ref>,
    end: usize,
}

/// The kind of those whom a page calls the enemy.
const ENEMY: &str = "enemy";

/// Who “the enemy” is, once the whole page is read: “l'ennemi israélien” anywhere on it says of which land its enemy's forces
/// are. A page that calls two lands so leaves the bare enemy open.
pub fn settle_enemy(lex: &Lexicon, pages: &mut [Vec<PartyMention>]) {
    let enemy = format!("generic/{ENEMY}");
    let mut lands: Vec<u16> = Vec::new();
    for m in pages.iter().flatten().filter(|m| *m.party.id == *enemy) {
        let land = m.party.country.as_deref().and_then(|c| lex.state2(c));
        lands.extend(land.filter(|l| !lands.contains(l)));
    }
    for m in pages.iter_mut().flatten().filter(|m| *m.party.id == *enemy) {
        let own = m.party.country.as_deref().and_then(|c| lex.state2(c));
        if let Some(land) = own.or_else(|| lands.first().copied().filter(|_| lands.len() == 1)) {
            m.party = state_party(lex, land, "armed-forces", m.party.span);
        }
    }
}

/// Whether a party is a kind of people who only tell: “une source sécuritaire”, “un témoin”.
pub fn only_tells(lex: &Lexicon, party: &Party) -> bool {
    let kind = party.id.strip_prefix("generic/");
    kind.is_some_and(|k| {
        let mut nouns = lex.noun_table.iter().filter(|n| &*n.id == k).peekable();
        nouns.peek().is_some() && nouns.all(|n| n.class == Class::Source)
    })
}

/// All parties a sentence mentions, in order, none inside another. Updates `ctx` with the bodies it names.
pub fn find(view: &View<'_>, lex: &Lexicon, ctx: &mut PageContext) -> Vec<PartyMention> {
    let names = epithets(view, lex, ctx, lex.names_in(view));
    let adjective: Vec<Option<u16>> = (0..view.len())
        .map(|t| {
            (!view.capital(t) || view.upos(t) == Some(Upos::Adj)).then(|| lex.adjective(&view.folded[t])).flatten()
        })
        .collect();
    let reduced = Stream::build(&view.folded, |t| adjective[t].is_none() || t == 0);
    let nouns = lex.nouns_in(&reduced);
    let name_at = |t: usize| names.iter().find(|h| h.tokens.start == t);
    let mut out: Vec<PartyMention> = Vec::new();
    let mut next = 0;
    let (mut ni, mut ci) = (0, 0);
    loop {
        // The next of the two kinds of hits, the longer where both start together.
        let name = names[ni..].iter().find(|h| h.tokens.start >= next);
        let noun = nouns[ci..].iter().find(|h| h.tokens.start >= next);
        let take_name = match (name, noun) {
            (None, None) => break,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (Some(a), Some(b)) => {
                (a.tokens.start, usize::MAX - a.tokens.len()) <= (b.tokens.start, usize::MAX - b.tokens.len())
            }
        };
        if take_name {
            let Some(h) = name else { break };
            ni = names.iter().position(|x| std::ptr::eq(x, h)).unwrap_or(ni) + 1;
            next = h.tokens.end;
            if let Some(m) = named(view, lex, ctx, &h.refs, h.tokens.clone()) {
                out.push(m);
            }
        } else {
            let Some(h) = noun else { break };
            ci = nouns.iter().position(|x| std::ptr::eq(x, h)).unwrap_or(ci) + 1;
            // "un communiqué officiel": an adjective of another noun is nobody
            let start = h.tokens.start;
            let adjectival = h.tokens.len() == 1
                && view.upos(start) == Some(Upos::Adj)
                && start > 0
                && view.upos(start - 1) == Some(Upos::Noun)
                && h.refs.iter().all(|r| lex.noun_table[*r as usize].class == Class::Source);
            if adjectival {
                next = start + 1;
                continue;
            }
            let inside: Option<u16> = h.tokens.clone().find_map(|t| adjective[t]);
            let mut mods = modifiers(view, lex, &adjective, &names, h.tokens.end);
            mods.country = mods.country.or(inside).or_else(|| before(view, lex, h.tokens.start));
            if let Some(m) = noun_party(view, lex, ctx, &h.refs, h.tokens.clone(), &mods) {
                // "le président turc Recep Tayyip Erdogan": the person behind the office is part of the mention.
                let mut m = m;
                if let Some(p) = name_at(m.tokens.end).filter(|p| p.refs.iter().any(|r| matches!(r, Ref::Person(_)))) {
                    if m.assumed
                        && let Some(q) = named(view, lex, ctx, &p.refs, p.tokens.clone())
                    {
                        m.party = Party { span: m.party.span, ..q.party };
                        m.assumed = false;
                    }
                    m.tokens.end = p.tokens.end;
                    m.party.span = view.span(&m.tokens);
                }
                next = m.tokens.end.max(h.tokens.end);
                out.push(m);
            } else {
                next = h.tokens.start + 1;
            }
        }
    }
    for m in &out {
        if m.assumed {
            continue;
        }
        if let Some((iso3, role)) = m.party.id.split_once('/')
            && let Some(s) = lex.state3(iso3)
            && (matches!(m.kind, MentionKind::Noun(Class::Role | Class::Force)) || role != "government")
        {
            ctx.note(&role.into(), s);
        }
    }
    out
}

/// Keeps of the epithets those that the page's land and year call a party by, where they stand alone behind an article.
fn epithets(
    view: &View<'_>,
    lex: &Lexicon,
    ctx: &PageContext,
    names: Vec<crate::lexicon::Hit<Ref>>,
) -> Vec<crate::lexicon::Hit<Ref>> {
    let f = &lex.function;
    let is = |list: &[String], t: usize| list.iter().any(|x| x == view.folded[t].trim_end_matches('\''));
    let fits = |e: u16, tokens: &Range<usize>| {
        let e = &lex.epithets[e as usize];
        let land = ctx.country.is_some_and(|c| e.lands.contains(&lex.world.states[c as usize].iso2));
        let year = ctx.year.is_none_or(|y| e.from.is_none_or(|x| x <= y) && e.to.is_none_or(|x| y <= x));
        // "la coalition gouvernementale", "les rebelles d'un autre mouvement": of another one
        let more = |t: usize| {
            view.upos(t) == Some(Upos::Adj)
                || is(&f.of, t) && view.folded.get(t + 1).is_some()
                || lex.adjective(&view.folded[t]).is_some()
        };
        let alone = tokens.end >= view.len() || !more(tokens.end);
        // an acronym is a name, with or without its article
        let acronym = tokens.len() == 1 && view.span(tokens).of(view.text).chars().all(char::is_uppercase);
        // "le ministère des rebelles": the article has melted with the preposition
        let melted = |t: usize| {
            is(&f.of, t)
                && is(&f.determiners, t)
                && t.checked_sub(1).is_some_and(|n| matches!(view.upos(n), Some(Upos::Noun | Upos::Propn)))
        };
        let article = |t: usize| is(&f.definite, t) || melted(t);
        land && year && (acronym || alone && tokens.start.checked_sub(1).is_some_and(article))
    };
    names
        .into_iter()
        .filter_map(|mut h| {
            let epithet = h.refs.iter().copied().find(|r| matches!(r, Ref::Epithet(e) if fits(*e, &h.tokens)));
            h.refs.retain(|r| !matches!(r, Ref::Epithet(_)));
            if let Some(e) = epithet {
                h.refs = vec![e];
            }
            (!h.refs.is_empty()).then_some(h)
        })
        .collect()
}

/// An adjective of nationality right before the noun ("l'ex-armée", "la très américaine …") is rare; a prefix is not.
fn before(view: &View<'_>, lex: &Lexicon, start: usize) -> Option<u16> {
    let t = start.checked_sub(1)?;
    (!view.capital(t)).then(|| lex.adjective(&view.folded[t])).flatten()
}

/// Reads the words after a noun as long as they can belong to it.
fn modifiers(
    view: &View<'_>,
    lex: &Lexicon,
    adjective: &[Option<u16>],
    names: &[crate::lexicon::Hit<Ref>],
    start: usize,
) -> Modifiers {
    let mut m = Modifiers { end: start, ..Default::default() };
    let mut t = start;
    let mut loose = 0;
    while t < view.len() {
        let f = view.folded[t].as_str();
        if let Some(c) = adjective[t] {
            m.country.get_or_insert(c);
            t += 1;
            m.end = t;
            continue;
        }
        if lex.pro_adjective(f).is_some() {
            // "pro-turcs": armed by another, so not that state's own.
            m.sponsor = true;
            m.side.get_or_insert(Side::Rebels);
            t += 1;
            m.end = t;
            continue;
        }
        if let Some(s) = lex.side(f) {
            // "armé" alone tells little; a later word may tell more.
            if m.side.is_none() || m.side == Some(Side::Gunmen) {
                m.side = Some(s);
            }
            t += 1;
            m.end = t;
            continue;
        }
        if m.party.is_none()
            && let Some(h) = names.iter().find(|h| h.tokens.start == t)
        {
            // A bare name after the noun: "forces Wagner", "rebelles du M23" without its preposition.
            if h.refs.iter().any(|r| matches!(r, Ref::Party(_) | Ref::Person(_))) {
                m.party = h.refs.first().copied();
                t = h.tokens.end;
                m.end = t;
                continue;
            }
            break;
        }
        let is = |list: &[String], t: usize| {
            view.folded.get(t).is_some_and(|f| list.iter().any(|o| o == f.trim_end_matches('\'')))
        };
        if is(&lex.function.alleged, t) {
            t += 1;
            m.end = t;
            continue;
        }
        // "les troupes fidèles au maréchal", "les forces loyales à Kiev"
        let loyal = is(&lex.function.loyal, t) && is(&lex.function.loyal_to, t + 1);
        if loyal || is(&lex.function.of, t) {
            let mut u = t + if loyal { 2 } else { 1 };
            while u < view.len()
                && lex.function.determiners.iter().any(|d| d.as_str() == view.folded[u].trim_end_matches('\''))
            {
                u += 1;
            }
            if u >= view.len() {
                break;
            }
            if let Some(h) = names.iter().find(|h| h.tokens.start == u) {
                match h.refs[0] {
                    Ref::State(s) | Ref::Metonym(s, _) if m.country.is_none() => m.country = Some(s),
                    r @ (Ref::Party(_) | Ref::Person(_)) if m.party.is_none() => m.party = Some(r),
                    _ => break,
                }
                t = h.tokens.end;
                m.end = t;
                continue;
            }
            // "le bureau de presse de l'armée": a body, not a quality
            let body = u > t + 1 && view.upos(u) == Some(Upos::Noun);
            if let Some(s) = lex.side(&view.folded[u]).filter(|s| !(body && *s == Side::Gunmen)) {
                m.side = Some(s);
                t = u + 1;
                m.end = t;
                continue;
            }
            // "des éléments du groupe X", "les troupes du maréchal Y"
            let titled =
                |v: usize| (u..v).all(|k| !view.capital(k) && matches!(view.upos(k), Some(Upos::Noun | Upos::Adj)));
            if let Some(h) = names.iter().find(|h| (u + 1..u + 4).contains(&h.tokens.start) && titled(h.tokens.start))
                && m.party.is_none()
                && matches!(h.refs[0], Ref::Party(_) | Ref::Person(_))
            {
                m.party = Some(h.refs[0]);
                t = h.tokens.end;
                m.end = t;
                continue;
            }
            break;
        }
        if loose < 2 && view.upos(t) == Some(Upos::Adj) && !view.capital(t) {
            loose += 1;
            t += 1;
            continue;
        }
        break;
    }
    m
}

/// A party named by a proper name.
fn named(
    view: &View<'_>,
    lex: &Lexicon,
    ctx: &PageContext,
    refs: &[Ref],
    tokens: Range<usize>,
) -> Option<PartyMention> {
    let span = view.span(&tokens);
    let r = choose(lex, ctx, refs)?;
    let (party, kind, placelike) = match r {
        Ref::State(s) | Ref::People(s) => (state_party(lex, s, "government", span), MentionKind::State, true),
        Ref::Metonym(s, r) => (state_party(lex, s, &lex.roles[r as usize], span), MentionKind::State, true),
        Ref::Party(p) => (world_party(lex, p, span), MentionKind::Name, false),
        Ref::Person(p) => (person_party(lex, p, span), MentionKind::Person, false),
        Ref::Epithet(e) => {
            let id = lex.epithets[e as usize].party.as_str();
            let party = match (id.strip_prefix("@/"), ctx.country) {
                (Some(role), Some(c)) => state_party(lex, c, role, span),
                _ => by_id(lex, id, span),
            };
            (party, MentionKind::Name, false)
        }
        Ref::Outlet(o) => {
            let o = &lex.world.outlets[o as usize];
            let party = Party {
                id: o.id.as_str().into(),
                name: o.name.as_str().into(),
                country: o.country.as_deref().map(Into::into),
                status: Status::Civilian,
                span,
            };
            (party, MentionKind::Outlet, false)
        }
    };
    let head = tokens.start;
    Some(PartyMention { party, tokens, head, kind, placelike, assumed: false })
}

/// Among readings of one name: a party rather than a state, the person in office in the page's year, the page's own country.
fn choose(lex: &Lexicon, ctx: &PageContext, refs: &[Ref]) -> Option<Ref> {
    let rank = |r: &Ref| -> (u8, u8) {
        match *r {
            Ref::Party(p) => {
                let here = ctx.country.is_some_and(|c| {
                    lex.world.parties[p as usize].country.as_deref() == Some(lex.world.states[c as usize].iso2.as_str())
                });
                (0, u8::from(!here))
            }
            Ref::Person(p) => {
                let p = &lex.world.persons[p as usize];
                let fits = ctx.year.is_none_or(|y| p.from.is_none_or(|f| f <= y) && p.to.is_none_or(|t| y <= t));
                (1, u8::from(!fits))
            }
            Ref::Metonym(..) => (2, 0),
            Ref::State(_) | Ref::People(_) => (3, 0),
            Ref::Epithet(_) => (0, 0),
            Ref::Outlet(_) => (4, 0),
        }
    };
    refs.iter().min_by_key(|r| rank(r)).copied()
}

/// The party of a role of a state.
pub fn state_party(lex: &Lexicon, state: u16, role: &str, span: recoupe_text::Span) -> Party {
    let s = &lex.world.states[state as usize];
    let status = match role {
        "armed-forces" | "air-force" | "navy" | "police" | "gendarmerie" | "border-guard" | "coast-guard"
        | "national-guard" => Status::Combatant,
        _ => Status::Unknown,
    };
    Party {
        id: format!("{}/{role}", s.iso3).into(),
        name: format!("{}: {}", s.name, role.replace('-', " ")).into(),
        country: Some(s.iso2.as_str().into()),
        status,
        span,
    }
}

fn world_party(lex: &Lexicon, p: u32, span: recoupe_text::Span) -> Party {
    let p = &lex.world.parties[p as usize];
    Party {
        id: p.id.as_str().into(),
        name: p.name.as_str().into(),
        country: p.country.as_deref().map(Into::into),
        status: match p.status.as_str() {
            "combatant" => Status::Combatant,
            "civilian" => Status::Civilian,
            _ => Status::Mixed,
        },
        span,
    }
}

fn person_party(lex: &Lexicon, p: u32, span: recoupe_text::Span) -> Party {
    let id = &lex.world.persons[p as usize].party;
    by_id(lex, id, span)
}

/// The party an id of the world packs names: a role of a state (`TUR/presidency`) or an entry.
pub fn by_id(lex: &Lexicon, id: &str, span: recoupe_text::Span) -> Party {
    if let Some(p) = lex.party(id) {
        return world_party(lex, p, span);
    }
    if let Some((iso3, role)) = id.split_once('/')
        && let Some(s) = lex.state3(iso3)
    {
        return state_party(lex, s, role, span);
    }
    Party { id: id.into(), name: id.into(), country: None, status: Status::Unknown, span }
}

/// Whether a force noun names a party without being told whose it is.
fn stands_alone(lex: &Lexicon, id: &str, folded_head: &str) -> bool {
    id == "soldiers" || lex.function.fighters.iter().any(|f| folded_head.starts_with(f.as_str()))
}

/// A party named by a common noun and its modifiers.
fn noun_party(
    view: &View<'_>,
    lex: &Lexicon,
    ctx: &PageContext,
    refs: &[u16],
    tokens: Range<usize>,
    m: &Modifiers,
) -> Option<PartyMention> {
    let head = tokens.start;
    let all = tokens.start..m.end.max(tokens.end);
    let span = view.span(&all);
    let done = |party: Party, class: Class, assumed: bool| PartyMention {
        party,
        tokens: all.clone(),
        head,
        kind: MentionKind::Noun(class),
        placelike: false,
        assumed,
    };
    let of_party = |span| match m.party {
        Some(Ref::Party(p)) => Some(world_party(lex, p, span)),
        Some(Ref::Person(p)) => Some(person_party(lex, p, span)),
        _ => None,
    };
    // A force told by its side, its state or its name comes before the plain reading of the same noun.
    for &r in refs {
        let n = &lex.noun_table[r as usize];
        if n.class != Class::Force {
            continue;
        }
        if let Some(p) = of_party(span) {
            let p = match p.id.split_once('/') {
                Some((iso3, _)) if lex.state3(iso3).is_some() => by_id(lex, &format!("{iso3}/armed-forces"), span),
                _ => p,
            };
            return Some(done(p, Class::Force, false));
        }
        // "les forces du régime": the state whose government the page last called so, else the one it is about.
        let country = m.country.or_else(|| ctx.last("government").or(ctx.country));
        match (m.side, country) {
            (Some(Side::Government), Some(c)) => {
                return Some(done(state_party(lex, c, "armed-forces", span), Class::Force, m.country.is_none()));
            }
            (Some(Side::ProGovernment), c) => {
                return Some(done(
                    generic(lex, "pro-government-fighters", "pro-government fighters", c, span),
                    Class::Force,
                    false,
                ));
            }
            (Some(Side::Rebels), _) => {
                return Some(done(generic(lex, "rebels", "rebels", m.country, span), Class::Force, false));
            }
            (Some(Side::Jihadists), _) => {
                return Some(done(generic(lex, "jihadists", "jihadists", m.country, span), Class::Force, false));
            }
            (Some(Side::Terrorists), _) => {
                return Some(done(
                    generic(lex, "terrorists", "armed groups (called terrorists)", m.country, span),
                    Class::Force,
                    false,
                ));
            }
            (Some(Side::Separatists), _) => {
                return Some(done(generic(lex, "separatists", "separatists", m.country, span), Class::Force, false));
            }
            (Some(Side::Enemy), _) => {
                return Some(done(generic(lex, ENEMY, "enemy forces", m.country, span), Class::Force, false));
            }
            (Some(Side::Gunmen), None) => {
                return Some(done(generic(lex, "armed-groups", "armed groups", m.country, span), Class::Force, false));
            }
            _ => {}
        }
        if let Some(c) = m.country {
            let role = &*n.id == "soldiers" || &*n.id == "troops";
            let p = if role {
                state_party(lex, c, "armed-forces", span)
            } else {
                let s = &lex.world.states[c as usize];
                generic(lex, "fighters", &format!("{}: fighters", s.name), Some(c), span)
            };
            return Some(done(p, Class::Force, false));
        }
    }
    let n = refs
        .iter()
        .map(|r| &lex.noun_table[*r as usize])
        .find(|n| n.class != Class::Force || stands_alone(lex, &n.id, &view.folded[head]))?;
    match n.class {
        Class::Force => {
            if &*n.id == "soldiers" {
                let c = ctx.role("armed-forces")?;
                return Some(done(state_party(lex, c, "armed-forces", span), Class::Force, true));
            }
            Some(done(generic(lex, "fighters", "fighters", None, span), Class::Force, true))
        }
        Class::Role => {
            if let Some(p) = of_party(span) {
                // The health ministry of a movement that governs is that of the country it governs.
                let state_role =
                    matches!(&*n.id, "health-ministry" | "interior-ministry" | "civil-defence" | "local-authorities");
                if state_role && let Some(s) = p.country.as_deref().and_then(|c| lex.state2(c)) {
                    return Some(done(state_party(lex, s, &n.id, span), Class::Role, false));
                }
                return Some(done(p, Class::Role, false));
            }
            // "un drone ennemi": the enemy's, never the page's own
            let arms = matches!(&*n.id, "armed-forces" | "air-force" | "navy");
            if arms && m.side == Some(Side::Enemy) && m.country.is_none() {
                return Some(done(generic(lex, ENEMY, "enemy forces", None, span), Class::Force, false));
            }
            let assumed = m.country.is_none();
            // "les autorités rebelles", "l'administration séparatiste": not those of the state
            let rule =
                matches!(&*n.id, "government" | "local-authorities" | "presidency" | "prosecutor" | "health-ministry");
            match m.side.filter(|_| rule && assumed && !m.sponsor) {
                Some(Side::Rebels) => {
                    return Some(done(generic(lex, "rebels", "rebels", None, span), Class::Role, false));
                }
                Some(Side::Separatists) => {
                    return Some(done(generic(lex, "separatists", "separatists", None, span), Class::Role, false));
                }
                _ => {}
            }
            // "le ministère" alone is the one last named
            if assumed
                && &*n.id == "ministry"
                && let Some((role, c)) = ctx.last_role.iter().rev().find(|r| r.0.ends_with("-ministry"))
            {
                return Some(done(state_party(lex, *c, role, span), Class::Role, true));
            }
            match m.country.or_else(|| ctx.role(&n.id)) {
                Some(c) => Some(done(state_party(lex, c, &n.id, span), Class::Role, assumed)),
                None => {
                    let name = n.id.replace('-', " ");
                    Some(done(generic(lex, &n.id, &name, None, span), Class::Role, true))
                }
            }
        }
        Class::Generic => {
            if let Some(p) = of_party(span) {
                return Some(done(p, Class::Generic, false));
            }
            if m.side == Some(Side::ProGovernment) {
                return Some(done(
                    generic(lex, "pro-government-fighters", "pro-government fighters", m.country, span),
                    Class::Generic,
                    false,
                ));
            }
            let mut p = generic(lex, &n.id, &n.name, m.country, span);
            p.status = n.status;
            Some(done(p, Class::Generic, false))
        }
        Class::Civil => {
            let mut p = generic(lex, &n.id, &n.name, m.country, span);
            p.status = n.status;
            Some(done(p, Class::Civil, false))
        }
        Class::Source => {
            if let Some(p) = of_party(span) {
                return Some(done(p, Class::Source, false));
            }
            if &*n.id == "spokesperson" {
                let c = m.country.or(if m.side == Some(Side::Government) { ctx.country } else { None });
                return match c {
                    Some(c) => Some(done(state_party(lex, c, "government", span), Class::Source, m.country.is_none())),
                    None => Some(done(generic(lex, &n.id, &n.name, None, span), Class::Source, true)),
                };
            }
            if &*n.id == "source"
                && let Some(c) = m.country
            {
                // "des responsables russes": officials speak for their state.
                return Some(done(state_party(lex, c, "government", span), Class::Source, false));
            }
            Some(done(generic(lex, &n.id, &n.name, m.country, span), Class::Source, false))
        }
    }
}

fn generic(lex: &Lexicon, id: &str, name: &str, country: Option<u16>, span: recoupe_text::Span) -> Party {
    let status = match id {
        "fighters"
        | "rebels"
        | "jihadists"
        | "terrorists"
        | "separatists"
        | "armed-groups"
        | "pro-government-fighters"
        | ENEMY => Status::Combatant,
        _ => Status::Unknown,
    };
    Party {
        id: format!("generic/{id}").into(),
        name: name.into(),
        country: country.map(|c| lex.world.states[c as usize].iso2.as_str().into()),
        status,
        span,
    }
}
