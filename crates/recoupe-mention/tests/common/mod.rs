//! Tokens for tests: Recoupe's own, and those of a plain tokenizer with grouped digits whole or in pieces, since the
//! readers must not depend on how a number was cut.
#![allow(dead_code)]

use recoupe_pack::Packs;
use recoupe_text::{SegmentRules, Segmenter, Span, Token, TokenKind};

/// Tokens of a text; with `whole`, grouped digits are one token.
pub fn tokens(text: &str, whole: bool) -> Vec<Token> {
    let mut out = Vec::new();
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let at = |i: usize| chars.get(i).map_or(text.len(), |c| c.0);
    let ch = |i: usize| chars.get(i).map_or('\0', |c| c.1);
    let mut i = 0;
    while i < chars.len() {
        let c = ch(i);
        let start = i;
        if c.is_whitespace() {
            i += 1;
            continue;
        }
        let kind = if c.is_ascii_digit() {
            i += 1;
            loop {
                let d = ch(i);
                if d.is_ascii_digit() {
                    i += 1;
                } else if matches!(d, '.' | ',') && ch(i + 1).is_ascii_digit()
                    || whole
                        && matches!(d, ' ' | '\u{a0}' | '\u{202f}')
                        && i - start <= 3
                        && (1..=3).all(|k| ch(i + k).is_ascii_digit())
                        && !ch(i + 4).is_ascii_digit()
                {
                    i += 2;
                } else {
                    break;
                }
            }
            TokenKind::Number
        } else if c.is_alphanumeric() {
            i += 1;
            loop {
                let d = ch(i);
                if d.is_alphanumeric() || d == '-' && ch(i + 1).is_alphanumeric() {
                    i += 1;
                } else if matches!(d, '\'' | '’') {
                    i += 1;
                    let word = &text[at(start)..at(i)];
                    if !matches!(word, "aujourd'" | "aujourd’" | "Aujourd'" | "Aujourd’") {
                        break;
                    }
                } else {
                    break;
                }
            }
            TokenKind::Word
        } else {
            i += 1;
            if matches!(c, '$' | '€' | '%' | '£' | '°') { TokenKind::Symbol } else { TokenKind::Punct }
        };
        out.push(Token { span: Span::new(at(start), at(i)), kind });
    }
    out
}

/// Recoupe's own segmenter for a language.
pub fn segmenter(lang: &str) -> Segmenter {
    let rules: SegmentRules = Packs::baked().toml(&format!("lang/{lang}/segment.toml")).expect("segment.toml");
    Segmenter::new(rules)
}

/// The text cut in every way.
pub fn cuts(segmenter: &Segmenter, text: &str) -> [Vec<Token>; 3] {
    [segmenter.tokens(text, Span::new(0, text.len())), tokens(text, true), tokens(text, false)]
}
