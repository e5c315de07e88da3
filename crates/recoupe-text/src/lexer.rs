//! Text to tokens, one pass.

use crate::rules::Compiled;
use crate::{Span, Token, TokenKind};

/// Longest run looked at as one number, URL or handle; longer ones are cut, so that no input costs more than linear time.
const MAX_RUN: usize = 2048;

pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘')
}

pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

/// Letters, digits, marks that sit on letters, and invisible characters inside words.
#[inline]
fn is_wordy(c: char) -> bool {
    // what ends most words is plain
    if c.is_ascii() { c.is_ascii_alphanumeric() || c == '_' } else { is_wordy_beyond(c) }
}

/// The same of what is not ASCII.
fn is_wordy_beyond(c: char) -> bool {
    matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ſ')
        || c.is_alphanumeric()
        || matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}')
        || is_mark(c)
}

fn is_mark(c: char) -> bool {
    // Combining marks of the common scripts; what is missing only becomes a token of its own.
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}'
        | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
}

fn is_punct(c: char) -> bool {
    matches!(c, '!' | '"' | '\'' | '(' | ')' | ',' | '-' | '.' | '/' | ':' | ';' | '?' | '[' | ']' | '{' | '}' | '_' | '*' | '\\' | '&' | '#' | '@'
        | '¡' | '¿' | '«' | '»' | '·' | '‹' | '›' | '•' | '…' | '‐'..='‟' | '‰'..='⁞' | '،' | '؛' | '؟' | '۔' | '、' | '。' | '「' | '」' | '！' | '？' | '，')
        && !matches!(c, '&' | '#' | '@' | '*' | '‰')
}

/// Cuts a text into tokens.
pub(crate) struct Lexer<'a> {
    rules: &'a Compiled,
    text: &'a str,
    base: usize,
    out: Vec<Token>,
}

impl<'a> Lexer<'a> {
    /// Tokens of `text`, whose first byte is byte `base` of the page.
    pub fn run(rules: &'a Compiled, text: &'a str, base: usize) -> Vec<Token> {
        let mut lexer = Self { rules, text, base, out: Vec::with_capacity(text.len() / 5 + 1) };
        let mut at = 0;
        while let Some(c) = lexer.char_at(at) {
            at = if c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}') {
                at + c.len_utf8()
            } else {
                lexer.token(at, c)
            };
        }
        lexer.out
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..).and_then(|t| t.chars().next())
    }
    fn char_before(&self, at: usize) -> Option<char> {
        self.text.get(..at).and_then(|t| t.chars().next_back())
    }
    fn push(&mut self, start: usize, end: usize, kind: TokenKind) -> usize {
        self.out.push(Token { span: Span::new(self.base + start, self.base + end), kind });
        end
    }

    fn token(&mut self, at: usize, c: char) -> usize {
        if let Some(end) = self.link(at, c) {
            return self.push(at, end, TokenKind::Symbol);
        }
        if c.is_ascii_digit() {
            return self.number(at, at);
        }
        if matches!(c, '+' | '-' | '−' | '±')
            && self.char_at(at + c.len_utf8()).is_some_and(|d| d.is_ascii_digit())
            && self.char_before(at).is_none_or(|b| b.is_whitespace() || matches!(b, '(' | '[' | '«' | '"'))
        {
            return self.number(at, at + c.len_utf8());
        }
        if c.is_alphanumeric() {
            return self.word(at);
        }
        self.mark(at, c)
    }

    /// URLs, addresses and handles.
    fn link(&self, at: usize, c: char) -> Option<usize> {
        let rest = &self.text[at..];
        let starts = |p: &str| rest.len() > p.len() && rest.as_bytes()[..p.len()].eq_ignore_ascii_case(p.as_bytes());
        let url = matches!(c, 'h' | 'H' | 'w' | 'W') && (starts("http://") || starts("https://") || starts("www."));
        let handle = matches!(c, '@' | '#') && rest[1..].starts_with(|d: char| d.is_alphanumeric() || d == '_');
        if !url && !handle {
            return None;
        }
        let mut end = 0;
        for (i, d) in rest.char_indices().take(MAX_RUN) {
            let inside = if url {
                !d.is_whitespace() && !matches!(d, '<' | '>' | '"' | '«' | '»' | '“' | '”' | '|')
            } else {
                i == 0 || is_wordy(d)
            };
            if !inside {
                break;
            }
            end = i + d.len_utf8();
        }
        let kept = if url {
            rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '’', '…'])
        } else {
            &rest[..end]
        };
        Some(at + kept.len().max(c.len_utf8()))
    }

    fn digits(&self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut end = at;
        while bytes.get(end).is_some_and(u8::is_ascii_digit) {
            end += 1;
        }
        end
    }

    /// Where the plain letters and digits end that stand at a place.
    fn plain(&self, at: usize) -> usize {
        let rest = &self.text.as_bytes()[at..];
        at + rest.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(rest.len())
    }

    /// A number from `start`, its digits from `at`: thousands, decimals, dates, times, ordinals.
    fn number(&mut self, start: usize, at: usize) -> usize {
        let mut end = self.digits(at);
        let first = end - at;
        let leading_zero = self.text.as_bytes()[at] == b'0';
        let mut separator = None;
        while first <= 3 && !leading_zero && end - start < MAX_RUN {
            let Some(c) = self.char_at(end) else { break };
            if !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '.' | '\'' | '’')
                || separator.is_some_and(|s| s != c)
            {
                break;
            }
            let from = end + c.len_utf8();
            let to = self.digits(from);
            // The group must not run on into letters or more digits (`20 000m` may; `3 125e` may not be told from it).
            if to - from != 3 {
                break;
            }
            separator = Some(c);
            end = to;
        }
        while end - start < MAX_RUN {
            let Some(c) = self.char_at(end) else { break };
            let next = end + c.len_utf8();
            let digit_next = self.char_at(next).is_some_and(|d| d.is_ascii_digit());
            let letter_next = self.char_at(next).is_some_and(char::is_alphabetic);
            if c.is_ascii_digit() || (matches!(c, ',' | '.' | '/' | ':') && digit_next) {
                end = self.digits(next);
            } else if (is_hyphen(c) && (digit_next || letter_next)) || is_wordy(c) {
                let mut to = next;
                while let Some(d) = self.char_at(to).filter(|d| is_wordy(*d)) {
                    to += d.len_utf8();
                }
                if !is_hyphen(c) && self.rules.glued_unit(&self.text[end..to]) {
                    break;
                }
                end = to;
            } else {
                break;
            }
        }
        self.push(start, end, TokenKind::Number)
    }

    /// A word from its first letter: elisions, hyphens, apostrophes inside, full stops of abbreviations, enclitics.
    fn word(&mut self, start: usize) -> usize {
        let mut end = start;
        // Where the part after the last inner mark begins: elision is only looked for at the start of a token.
        let mut part = start;
        let mut hyphens = false;
        loop {
            end = self.plain(end);
            let Some(c) = self.char_at(end) else { break };
            let next = end + c.len_utf8();
            if is_wordy(c) {
                end = next;
                continue;
            }
            let follow = self.char_at(next);
            let letter_follows = follow.is_some_and(char::is_alphanumeric);
            if is_apostrophe(c) {
                if part == start
                    && self.rules.elision(&self.text[start..end])
                    && follow.is_some_and(|f| !f.is_whitespace())
                {
                    if let Some(whole) = self.whole(start, next) {
                        return self.push(start, whole, TokenKind::Word);
                    }
                    return self.push(start, next, TokenKind::Word);
                }
                if letter_follows {
                    if let Some(whole) = self.whole(start, next) {
                        return self.push(start, whole, TokenKind::Word);
                    }
                    end = next;
                    part = next;
                    continue;
                }
            } else if is_hyphen(c) {
                hyphens = true;
                if letter_follows {
                    end = next;
                    part = next;
                    continue;
                }
                if let Some(joined) = self.broken(start, next) {
                    end = joined;
                    part = joined;
                    continue;
                }
            } else if c == '.' {
                if let Some(kept) = self.stop(start, end, next, follow) {
                    end = kept;
                    if letter_follows && kept == next {
                        part = next;
                        continue;
                    }
                    if self.char_at(end).is_some_and(is_hyphen)
                        && self.char_at(end + 1).is_some_and(char::is_alphabetic)
                    {
                        continue; // J.-C.
                    }
                    return self.push(start, end, TokenKind::Word);
                }
            } else if (c == '°' && self.text[start..end].ends_with(['n', 'N'])) || (c == '&' && letter_follows) {
                end = next;
                continue;
            } else if c == '/' && letter_follows && self.slash(part, end, next) {
                end = next;
                part = next;
                continue;
            } else if c == '@' && letter_follows {
                return self.address(start, next);
            } else if c == '('
                && let Some(close) = self.text.as_bytes()[next..].iter().take(5).position(|b| *b == b')')
                && self.text.get(next..next + close).is_some_and(|e| self.rules.bracket_ending(e))
            {
                end = next + close + 1;
                hyphens = true; // perhaps
                continue;
            }
            break;
        }
        let cut = if hyphens { self.rules.enclitic(&self.text[start..end]) } else { 0 };
        if cut > 0 {
            self.push(start, end - cut, TokenKind::Word);
            return self.push(end - cut, end, TokenKind::Word);
        }
        self.push(start, end, TokenKind::Word)
    }

    /// The end of a listed word with an apostrophe (`aujourd'hui`), seen from just after that apostrophe.
    fn whole(&self, start: usize, after: usize) -> Option<usize> {
        if !self.rules.opens_whole(&self.text[start..after]) {
            return None;
        }
        let mut end = after;
        let mut found = None;
        for c in self.text[after..].chars().take(30) {
            if !is_wordy(c) && !is_hyphen(c) && !is_apostrophe(c) {
                break;
            }
            end += c.len_utf8();
            let ends = !self.char_at(end).is_some_and(is_wordy);
            if ends && self.rules.whole(&self.text[start..end]) {
                found = Some(end);
            }
        }
        found
    }

    /// A word broken by a hyphen at the end of a line: where its second half begins.
    fn broken(&self, start: usize, after: usize) -> Option<usize> {
        let letters = self.text[start..after].chars().filter(|c| c.is_alphabetic()).count();
        let mut at = after;
        let mut breaks = 0;
        for c in self.text[after..].chars().take(12) {
            if !c.is_whitespace() {
                break;
            }
            breaks += usize::from(c == '\n');
            at += c.len_utf8();
        }
        (breaks == 1 && letters >= 2 && self.char_at(at).is_some_and(char::is_lowercase)).then_some(at)
    }

    /// Where the word ends if the full stop at `end..next` belongs to it.
    fn stop(&self, start: usize, end: usize, next: usize, follow: Option<char>) -> Option<usize> {
        let word = &self.text[start..end];
        let dotted = word.contains('.');
        let tail = word.rsplit(['.', '-', '‑', '\'', '’']).next().unwrap_or(word);
        let single = tail.chars().count() == 1 && tail.chars().all(char::is_alphabetic);
        if let Some(f) = follow {
            // O.N.U. and J.A.Smith; a listed word with its name glued on (M.Dupont) ends at its stop.
            if single && f.is_alphabetic() {
                let mut rest = self.text[next..].chars();
                rest.next();
                let g = rest.next();
                let again = g == Some('.') || (dotted && !g.is_some_and(char::is_alphanumeric));
                return (again || tail.starts_with(char::is_uppercase)).then_some(next);
            }
            if f == '.' {
                return None; // an ellipsis
            }
            if f.is_alphanumeric() {
                // A domain name goes on in lower case; otherwise a blank is missing after a sentence.
                let domain = f.is_lowercase() || (f.is_ascii_digit() && tail.ends_with(|c: char| c.is_ascii_digit()));
                return (domain || self.rules.abbreviation(word)).then_some(next);
            }
        }
        if dotted && single {
            return Some(next);
        }
        let rest = self.text[next..].trim_start();
        let after = rest.chars().next();
        if single && tail.starts_with(char::is_uppercase) && after.is_some_and(char::is_uppercase) {
            let word: &str = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
            if !self.rules.starter(word) {
                return Some(next);
            }
        }
        if after.is_some_and(|c| c.is_ascii_digit()) && self.rules.number_abbreviation(word) {
            return Some(next);
        }
        (self.rules.abbreviation(word) || self.rules.final_abbreviation(word)).then_some(next)
    }

    /// Whether a slash joins (`km/h`, `et/ou`, `IIb/IIIa`) rather than lists.
    fn slash(&self, part: usize, end: usize, next: usize) -> bool {
        let short = |w: &str| w.chars().count() <= 2 || w.contains(|c: char| c.is_ascii_digit());
        let mut to = next;
        while let Some(c) = self.char_at(to).filter(|c| is_wordy(*c)) {
            to += c.len_utf8();
        }
        let (a, b) = (&self.text[part..end], &self.text[next..to]);
        a.len() <= 8 && b.len() <= 8 && (short(a) || short(b))
    }

    /// The rest of a mail address.
    fn address(&mut self, start: usize, from: usize) -> usize {
        let mut end = from;
        for c in self.text[from..].chars().take(MAX_RUN) {
            if !is_wordy(c) && !is_hyphen(c) && c != '.' {
                break;
            }
            end += c.len_utf8();
        }
        let kept = self.text[start..end].trim_end_matches(['.', '-']).len();
        self.push(start, start + kept, TokenKind::Symbol)
    }

    /// One mark; dots and dashes run together, emoji keep their joiners.
    fn mark(&mut self, at: usize, c: char) -> usize {
        let mut end = at + c.len_utf8();
        if c == '.' || c == '-' {
            while self.text.as_bytes().get(end) == Some(&(c as u8)) {
                end += 1;
            }
            return self.push(at, end, TokenKind::Punct);
        }
        if c == '°' && self.char_at(end).is_some_and(|d| matches!(d, 'C' | 'F')) {
            return self.push(at, end + 1, TokenKind::Symbol);
        }
        if is_punct(c) {
            return self.push(at, end, TokenKind::Punct);
        }
        let mut joined = false;
        while let Some(d) = self.char_at(end) {
            let joins = d == '\u{200d}' || is_mark(d);
            let emoji = joined && !d.is_whitespace() && !d.is_alphanumeric() && !is_punct(d);
            if !joins && !emoji {
                break;
            }
            joined = d == '\u{200d}';
            end += d.len_utf8();
        }
        self.push(at, end, TokenKind::Symbol)
    }
}
