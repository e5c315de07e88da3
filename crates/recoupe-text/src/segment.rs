//! Tokens to sentences.

use crate::lexer::Lexer;
use crate::lines::Lines;
use crate::rules::Compiled;
use crate::{SegmentRules, Sentence, Span, Token, TokenKind};

/// Sentences and tokens of one language.
#[derive(Clone, Debug, Default)]
pub struct Segmenter {
    rules: Compiled,
}

/// What a token can do at the end of a sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Plain,
    /// `.` `!` `?`, and an abbreviation that may end a sentence.
    Stop,
    /// `…`: ends a sentence only where a capital follows.
    Dots,
    Open,
    Close,
    /// `"`, which is either.
    Quote,
    Dash,
    /// `,` `;` `:`: nothing before it has ended.
    Joint,
}

fn role(token: &str, kind: TokenKind) -> Role {
    if kind != TokenKind::Punct {
        return Role::Plain;
    }
    match token.chars().next().unwrap_or(' ') {
        '.' if token.len() > 1 => Role::Dots,
        '.' | '!' | '?' | '؟' | '۔' | '。' | '！' | '？' | '‼' | '⁇' | '⁈' | '⁉' => Role::Stop,
        '…' => Role::Dots,
        '(' | '[' | '{' | '«' | '“' | '‹' | '„' | '「' | '¿' | '¡' => Role::Open,
        ')' | ']' | '}' | '»' | '”' | '›' | '’' | '」' => Role::Close,
        '"' | '\'' | '‘' => Role::Quote,
        '-' | '–' | '—' => Role::Dash,
        ',' | ';' | ':' | '،' | '؛' | '，' => Role::Joint,
        _ => Role::Plain,
    }
}

impl Segmenter {
    /// A segmenter with the rules of a language (`lang/<xx>/segment.toml`).
    pub fn new(rules: SegmentRules) -> Self {
        Self { rules: Compiled::new(rules) }
    }

    /// The tokens of `block` in order, without sentences.
    pub fn tokens(&self, text: &str, block: Span) -> Vec<Token> {
        let Some(part) = text.get(block.range()) else { return Vec::new() };
        Lexer::run(&self.rules, part, block.start as usize)
    }

    /// The sentences of `block`, a stretch of the working text such as a paragraph, in order. Every character that is not
    /// white space stands in one token of one sentence. A block that does not lie on character bounds has none.
    ///
    /// A blank line ends a sentence; a single line break does where the line had room for the next word, since a wrapped
    /// text would have used it.
    pub fn sentences(&self, text: &str, block: Span) -> Vec<Sentence> {
        let tokens = self.tokens(text, block);
        let Some(part) = text.get(block.range()) else { return Vec::new() };
        let lines = Lines::measure(part);
        let base = block.start as usize;
        let roles: Vec<Role> = tokens.iter().map(|t| role(t.span.of(text), t.kind)).collect();
        let mut out = Vec::new();
        let mut first = 0;
        for i in 1..tokens.len() {
            let gap = Span { start: tokens[i - 1].span.end, end: tokens[i].span.start };
            let space = gap.of(text);
            let hard = !matches!(space, "" | " ")
                && space.contains(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'])
                && lines.hard(part, gap.start as usize - base, space);
            if hard || self.ends(text, &tokens, &roles, first, i) {
                out.push(sentence(&tokens[first..i]));
                first = i;
            }
        }
        if first < tokens.len() {
            out.push(sentence(&tokens[first..]));
        }
        out
    }

    /// Whether a sentence that began at `first` ends before token `i`.
    fn ends(&self, text: &str, tokens: &[Token], roles: &[Role], first: usize, i: usize) -> bool {
        let glued = |k: usize| k > 0 && tokens[k - 1].span.end == tokens[k].span.start;
        // A closing mark stays with the sentence it closes.
        match roles[i] {
            Role::Close | Role::Stop | Role::Dots | Role::Joint => return false,
            Role::Quote if glued(i) => return false,
            _ => {}
        }
        // Back over closing marks to the stop.
        let mut k = i - 1;
        let mut closed = false;
        while k > first && (roles[k] == Role::Close || (roles[k] == Role::Quote && glued(k))) {
            closed = true;
            k -= 1;
        }
        let stop = match roles[k] {
            Role::Stop => true,
            // "(...)" leaves something out; nothing ends there.
            Role::Dots => !(closed && k > first && roles[k - 1] == Role::Open),
            Role::Plain => {
                let word = tokens[k].span.of(text);
                word.len() > 1 && word.ends_with('.') && self.may_end(word, text, tokens, i)
            }
            _ => false,
        };
        if !stop || (roles[k] == Role::Stop && k == first) {
            return false;
        }
        // What follows must look like a beginning.
        let mut n = i;
        while n < tokens.len() && matches!(roles[n], Role::Open | Role::Quote | Role::Dash) {
            n += 1;
        }
        let Some(next) = tokens.get(n) else { return false };
        let Some(c) = next.span.of(text).chars().next() else { return false };
        if glued(i) && n == i && roles[k] != Role::Plain && k + 1 == i {
            // No blank: a missing one before a capital, else part of something else ("Yahoo!info").
            return c.is_uppercase();
        }
        if c.is_lowercase() {
            return false;
        }
        // A dash after a closed quotation leads on to who said it.
        !(n > i && roles[i] == Role::Dash && closed && !c.is_uppercase())
    }

    /// Whether a word that ends with a full stop of its own may end a sentence before token `i`.
    fn may_end(&self, word: &str, text: &str, tokens: &[Token], i: usize) -> bool {
        let bare = word.trim_end_matches('.');
        let next = tokens.get(i).map_or("", |t| t.span.of(text));
        if self.rules.final_abbreviation(bare) || bare.contains('.') {
            // "l'O.N.U. Le conseil", but "l'O.N.U. Antonio Guterres" stays.
            return if self.rules.final_abbreviation(bare) {
                true
            } else {
                self.rules.starter(next.trim_end_matches(['\'', '’']))
            };
        }
        false
    }
}

fn sentence(tokens: &[Token]) -> Sentence {
    let span = tokens[0].span.cover(tokens[tokens.len() - 1].span);
    Sentence { span, tokens: tokens.to_vec() }
}

#[cfg(test)]
mod tests;
