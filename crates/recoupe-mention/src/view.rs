//! A sentence prepared for look-ups: folded tokens and the streams that name automata run over.

use recoupe_syntax::Tree;
use recoupe_text::{Sentence, Span, TextSketch, fold_into};

/// A sentence with its tokens folded once, and its tree where it has been parsed.
#[derive(Debug)]
pub struct View<'a> {
    /// Working text of the page.
    pub text: &'a str,
    /// The sentence.
    pub sentence: &'a Sentence,
    /// Folded form of each token.
    pub folded: Vec<String>,
    /// Folded tokens with hyphens and apostrophes opened, one blank after each.
    pub stream: Stream,
    /// The words with which its tokens begin in the stream.
    pub openings: TextSketch,
    /// The parse.
    pub tree: Tree,
    /// First word of the tree for each token.
    pub word_of: Vec<u32>,
}

/// Tokens joined by blanks, with the way back from offsets to tokens.
#[derive(Clone, Debug, Default)]
pub struct Stream {
    /// The joined text; every token is followed by one blank.
    pub text: String,
    /// Token index and the offset where it starts, in order.
    pub starts: Vec<(u32, u32)>,
}

impl Stream {
    /// Builds a stream of the tokens `keep` lets through.
    pub fn build(folded: &[String], mut keep: impl FnMut(usize) -> bool) -> Self {
        let len = folded.iter().map(|f| f.len() + 1).sum();
        let mut s = Stream { text: String::with_capacity(len), starts: Vec::with_capacity(folded.len()) };
        for (i, f) in folded.iter().enumerate() {
            if !keep(i) {
                continue;
            }
            s.starts.push((s.text.len() as u32, i as u32));
            push_opened(f, &mut s.text);
        }
        s
    }

    /// The tokens that a match covers, if it starts and ends at token borders.
    pub fn tokens(&self, start: usize, end: usize) -> Option<std::ops::Range<usize>> {
        let a = self.starts.binary_search_by_key(&(start as u32), |s| s.0).ok()?;
        let b = if end == self.text.len() {
            self.starts.len()
        } else {
            self.starts.binary_search_by_key(&(end as u32), |s| s.0).ok()?
        };
        (b > a).then(|| self.starts[a].1 as usize..self.starts[b - 1].1 as usize + 1)
    }
}

/// Appends a folded token with hyphens and apostrophes as blanks, white space squeezed, and one blank at the end.
pub fn push_opened(folded: &str, out: &mut String) {
    let from = out.len();
    let mut part = 0;
    for (i, b) in folded.bytes().enumerate() {
        if matches!(b, b'-' | b'\'' | b'.' | b'"' | b' ') {
            if i > part {
                out.push_str(&folded[part..i]);
                out.push(' ');
            }
            part = i + 1;
        }
    }
    if part < folded.len() {
        out.push_str(&folded[part..]);
        out.push(' ');
    }
    if out.len() == from {
        out.push_str(folded);
        if !out.ends_with(' ') {
            out.push(' ');
        }
    }
}

/// The form under which a name of a pack is looked up in a [`Stream`].
pub fn key(name: &str) -> String {
    let mut f = String::with_capacity(name.len());
    fold_into(name, &mut f);
    let mut out = String::with_capacity(f.len() + 1);
    push_opened(&f, &mut out);
    out
}

/// The first word of a stream, or of a key in it.
pub fn opening(text: &str) -> &str {
    let end = text.bytes().position(|b| b == b' ');
    &text[..end.unwrap_or(text.len())]
}

impl<'a> View<'a> {
    /// Prepares a sentence; `tree` may be empty when it was not parsed.
    pub fn new(text: &'a str, sentence: &'a Sentence, tree: Tree) -> Self {
        let folded: Vec<String> = sentence
            .tokens
            .iter()
            .map(|t| {
                let mut f = String::with_capacity(t.span.len());
                fold_into(t.span.of(text), &mut f);
                f
            })
            .collect();
        let stream = Stream::build(&folded, |_| true);
        let openings = stream.starts.iter().map(|(at, _)| opening(&stream.text[*at as usize..])).collect();
        let mut view = Self { text, sentence, folded, stream, openings, tree: Tree::default(), word_of: Vec::new() };
        view.parsed(tree);
        view
    }

    /// Gives the sentence its tree.
    pub fn parsed(&mut self, tree: Tree) {
        self.word_of.clear();
        self.word_of.resize(self.sentence.tokens.len(), u32::MAX);
        for (i, w) in tree.words.iter().enumerate() {
            if let Some(slot) = self.word_of.get_mut(w.token as usize)
                && *slot == u32::MAX
            {
                *slot = i as u32;
            }
        }
        self.tree = tree;
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    /// Whether the sentence has no token.
    pub fn is_empty(&self) -> bool {
        self.sentence.tokens.is_empty()
    }

    /// The words of a token as the page has them.
    pub fn surface(&self, token: usize) -> &'a str {
        self.sentence.tokens[token].span.of(self.text)
    }

    /// Span of a run of tokens.
    pub fn span(&self, tokens: &std::ops::Range<usize>) -> Span {
        if tokens.is_empty() {
            return Span::default();
        }
        self.sentence.tokens[tokens.start].span.cover(self.sentence.tokens[tokens.end - 1].span)
    }

    /// Whether the token starts with a capital letter.
    pub fn capital(&self, token: usize) -> bool {
        self.surface(token).chars().next().is_some_and(char::is_uppercase)
    }

    /// Part of speech of a token's last word (its noun, where a contraction stands before one).
    pub fn upos(&self, token: usize) -> Option<recoupe_syntax::Upos> {
        let w = *self.word_of.get(token)?;
        self.tree.words.get(w as usize).map(|w| w.upos)
    }
}
