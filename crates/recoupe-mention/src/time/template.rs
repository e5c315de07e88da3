//! Templates (`dans la nuit de {weekday} à {weekday}`) compiled to one trie.

use crate::number::atoms::Lexicon;

/// What a slot takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// `lundi`.
    Weekday,
    /// `janvier`, `janv.`
    Month,
    /// `janvier`, but not `Mars`: for wordings in which a capital means a name.
    MonthLower,
    /// 1 to 31, `1er`.
    Day,
    /// 1 to 31 in digits, `1er`.
    DayDigits,
    /// Four digits.
    Year,
    /// Any number or `plusieurs`.
    N,
    /// `jours`.
    Unit,
    /// `printemps`.
    Season,
    /// A date in figures.
    Date,
    /// `15h30`, `3 heures`.
    Clock,
}

impl Slot {
    fn named(name: &str) -> Option<Slot> {
        Some(match name {
            "weekday" => Slot::Weekday,
            "month" => Slot::Month,
            "month_lower" => Slot::MonthLower,
            "day" => Slot::Day,
            "day_digits" => Slot::DayDigits,
            "year" => Slot::Year,
            "n" => Slot::N,
            "unit" => Slot::Unit,
            "season" => Slot::Season,
            "date" => Slot::Date,
            "clock" => Slot::Clock,
            _ => return None,
        })
    }
}

/// A step of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Word(u32),
    Slot(Slot),
}

#[derive(Debug, Default)]
pub(super) struct Node {
    /// Sorted by word.
    pub words: Vec<(u32, u32)>,
    pub slots: Vec<(Slot, u32)>,
    /// The rule that ends here.
    pub rule: Option<u32>,
}

/// All templates; node 0 is the root.
#[derive(Debug)]
pub(super) struct Trie {
    pub nodes: Vec<Node>,
}

impl Default for Trie {
    fn default() -> Self {
        Self { nodes: vec![Node::default()] }
    }
}

impl Trie {
    /// Enters one way to say a rule; the first rule to claim a wording keeps it.
    pub fn insert(&mut self, steps: &[Step], rule: u32) {
        let mut at = 0u32;
        for step in steps {
            let next = self.nodes.len() as u32;
            let node = &mut self.nodes[at as usize];
            at = match step {
                Step::Word(w) => match node.words.binary_search_by_key(w, |e| e.0) {
                    Ok(k) => node.words[k].1,
                    Err(k) => {
                        node.words.insert(k, (*w, next));
                        next
                    }
                },
                Step::Slot(s) => match node.slots.iter().find(|e| e.0 == *s) {
                    Some(e) => e.1,
                    None => {
                        node.slots.push((*s, next));
                        next
                    }
                },
            };
            if at == next {
                self.nodes.push(Node::default());
            }
        }
        if at != 0 {
            let node = &mut self.nodes[at as usize];
            node.rule = node.rule.or(Some(rule));
        }
    }
}

/// All ways a template can be said: `[x]` may be left out, `(a|b)` is one of them, `{slot}` takes a value.
pub(super) fn expand(template: &str, lexicon: &mut Lexicon) -> Result<Vec<Vec<Step>>, String> {
    let mut parser = Parser { rest: template, lexicon };
    let ways = parser.alternatives()?;
    if parser.rest.is_empty() { Ok(ways) } else { Err(format!("`{}` closes nothing in `{template}`", parser.rest)) }
}

struct Parser<'a> {
    rest: &'a str,
    lexicon: &'a mut Lexicon,
}

impl Parser<'_> {
    fn alternatives(&mut self) -> Result<Vec<Vec<Step>>, String> {
        let mut all = self.sequence()?;
        while let Some(rest) = self.rest.strip_prefix('|') {
            self.rest = rest;
            all.extend(self.sequence()?);
        }
        Ok(all)
    }

    fn sequence(&mut self) -> Result<Vec<Vec<Step>>, String> {
        let mut ways: Vec<Vec<Step>> = vec![Vec::new()];
        loop {
            self.rest = self.rest.trim_start();
            let Some(c) = self.rest.chars().next() else { return Ok(ways) };
            let more = match c {
                ')' | ']' | '|' => return Ok(ways),
                '(' | '[' => {
                    self.rest = &self.rest[1..];
                    let mut inner = self.alternatives()?;
                    let close = if c == '(' { ')' } else { ']' };
                    self.rest = self.rest.strip_prefix(close).ok_or_else(|| format!("`{c}` is never closed"))?;
                    if c == '[' {
                        inner.push(Vec::new());
                    }
                    inner
                }
                '{' => {
                    let end = self.rest.find('}').ok_or("`{` is never closed")?;
                    let name = &self.rest[1..end];
                    let slot = Slot::named(name).ok_or_else(|| format!("there is no slot `{name}`"))?;
                    self.rest = &self.rest[end + 1..];
                    vec![vec![Step::Slot(slot)]]
                }
                _ => {
                    let end = self.rest.find([' ', '(', ')', '[', ']', '{', '|']).unwrap_or(self.rest.len());
                    let (word, rest) = self.rest.split_at(end.max(1));
                    self.rest = rest;
                    vec![self.lexicon.phrase(word).into_iter().map(Step::Word).collect()]
                }
            };
            let mut next = Vec::with_capacity(ways.len() * more.len());
            for w in &ways {
                for m in &more {
                    let mut way = w.clone();
                    way.extend_from_slice(m);
                    next.push(way);
                }
            }
            if next.len() > 4096 {
                return Err("too many ways to say it; split the template".to_owned());
            }
            ways = next;
        }
    }
}
