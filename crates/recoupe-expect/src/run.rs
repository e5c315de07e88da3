//! From a few pages to what was read of them.

use recoupe::{Meta, Options, Packs, PageInput, RawInput, Reader, Rule};
use recoupe_wire::{Dossier, Made, Source};

/// One page of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CasePage {
    /// Its name; ends in `.html` where it is HTML.
    pub source: String,
    /// The day it was published, as given from outside.
    pub published: Option<String>,
    /// Its outlet, as given from outside.
    pub outlet: Option<String>,
    /// Its text.
    pub text: String,
}

/// Everything an expectation can look at.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// The dossier on the wire, with views.
    pub dossier: Dossier,
    /// The pages' text as spans of the dossier count it, by page id.
    pub texts: Vec<(String, String)>,
    /// Sentences of all pages, in order.
    pub sentences: Vec<String>,
    /// Tokens of each of those sentences.
    pub tokens: Vec<Vec<String>>,
}

/// Reads pages with one set of packs. Built once for all cases or examples.
pub struct Runner {
    reader: Reader,
}

impl Runner {
    /// With the packs that ship with Recoupe, or what in them does not fit.
    pub fn new() -> Result<Self, String> {
        Ok(Self { reader: Reader::new(&Packs::baked()).map_err(|e| e.to_string())? })
    }

    /// With a reader that is there already.
    pub fn with(reader: Reader) -> Self {
        Self { reader }
    }

    /// The reader.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Reads the pages of one case and brings them together.
    pub fn run(&self, pages: &[CasePage]) -> Run {
        self.with_rule(pages, &Options::default(), None)
    }

    /// [`Self::run`], with decisions on what is read ([`crate::decide`]) and one figure for each toll by a rule (`median`), or what
    /// is wrong with them.
    pub fn run_by(&self, pages: &[CasePage], decided: &[String], figures: Option<&str>) -> Result<Run, String> {
        let rule = figures.map(str::parse).transpose()?;
        let decisions = crate::decide::decisions(decided, pages)?;
        Ok(self.with_rule(pages, &Options { decisions, ..Options::default() }, rule.as_ref()))
    }

    fn with_rule(&self, pages: &[CasePage], options: &Options, rule: Option<&Rule>) -> Run {
        let mut run = Run::default();
        let mut inputs = Vec::new();
        for (i, page) in pages.iter().enumerate() {
            let meta = Meta { url: None, outlet: page.outlet.clone(), published: page.published.clone() };
            let bytes = page.text.as_bytes();
            let reading = self.reader.read_page(&RawInput { source: &page.source, bytes, meta });
            let article = &reading.article;
            let segmenter = article.language.as_deref().and_then(|l| self.reader.language(l)).map(|l| l.segmenter());
            for span in &reading.sentences {
                run.sentences.push(recoupe_text::squeeze(span.of(&article.text)));
                let tokens = segmenter.map(|s| s.tokens(&article.text, *span)).unwrap_or_default();
                run.tokens.push(tokens.iter().map(|t| t.span.of(&article.text).to_owned()).collect());
            }
            let id = crate::decide::page_id(i);
            run.texts.push((id.clone(), article.original.to_string()));
            inputs.push(PageInput { id, source: page.source.clone(), reading });
        }
        let mut dossier = recoupe::cross_check(&self.reader, inputs, options);
        if let Some(rule) = rule {
            recoupe::figure::apply(self.reader.table(), &mut dossier, rule);
        }
        run.dossier = recoupe_wire::from_dossier(Source { dossier: &dossier, made: &Made::default(), views: true });
        run
    }
}
