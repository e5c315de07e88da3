//! What a page is read into.

use std::sync::Arc;

use jiff::civil::Date;
use recoupe_text::{OffsetMap, Span, squeeze};

/// A name that the program itself holds.
pub type Constant = &'static str;

/// A page as it is handed in: bytes and what the caller knows about it from elsewhere.
#[derive(Clone, Debug, Default)]
pub struct RawInput<'a> {
    /// The path or address as given by the caller; only its ending is looked at (`.html`).
    pub source: &'a str,
    /// The page's bytes, in any encoding.
    pub bytes: &'a [u8],
    /// What the caller knows about the page.
    pub meta: Meta,
}

/// What is known about a page from outside: a sidecar table or a command-line override. It wins over what the page says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// The page's address.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// When: an ISO day (`2020-03-03`), month (`2020-03`), year, or two of these with `/` between.
    pub published: Option<String>,
}

/// A page, read: its text, what each part of it is, and what it says about itself.
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Article {
    /// The page as decoded, before markup, entities and mojibake are resolved. Published offsets point here.
    pub original: Arc<str>,
    /// The working text that all stages read; for most text pages the very same.
    pub text: Arc<str>,
    /// From working spans to original spans.
    pub map: OffsetMap,
    /// Whether the page was HTML.
    pub html: bool,
    /// Name of the encoding the bytes were decoded from (`utf-8`, `windows-1252` …).
    #[cfg_attr(feature = "cache", serde(with = "crate::cache::encoding"))]
    pub encoding: Constant,
    /// ISO 639-1 code of the language, one that has a pack; `None` when the page is in none of them.
    pub language: Option<String>,
    /// How sure the language is, 0 to 1.
    pub language_confidence: f32,
    /// The title, where one was found.
    pub title: Option<Span>,
    /// All non-blank text, in order.
    pub blocks: Vec<Block>,
    /// When the page was published.
    pub published: Option<Published>,
    /// Where only a day and month are known, and no year: a sibling page may complete it.
    pub partial: Option<PartialDate>,
    /// The weekday of the page's own day, 1 (Monday) to 7, where the page gives it away ("hier jeudi"), and where.
    pub weekday: Option<(i8, Span)>,
    /// Who published it.
    pub outlet: Option<Named>,
    /// Agencies that the page credits.
    pub agencies: Vec<Named>,
    /// The page's address.
    pub url: Option<String>,
    /// What the reader should know about how the page was read.
    pub notes: Vec<Note>,
}

impl Article {
    /// The page's text behind a working span as it is quoted: white space folded.
    ///
    /// For text pages it is the original text (also where mojibake was undone in the working text); for HTML the visible text.
    pub fn quote(&self, span: Span) -> String {
        if self.html { squeeze(span.of(&self.text)) } else { squeeze(self.map.original(span).of(&self.original)) }
    }

    /// Where a working span stands in the original text.
    pub fn original_span(&self, span: Span) -> Span {
        self.map.original(span)
    }

    /// The blocks that belong to the article (not dropped), in order.
    pub fn kept(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|b| b.dropped.is_none())
    }
}

/// A part of the page: a line or paragraph. Blocks are sorted and do not overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Block {
    /// Where it stands in the working text, without white space at its ends.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// Why it is no part of the article, where it is not.
    pub dropped: Option<Why>,
    /// Which article of the page it belongs to: 0, then 1, 2 … for articles glued behind it and items of a digest.
    pub part: u16,
    /// Number of the paragraph on the page. Lines that were wrapped share it.
    pub paragraph: u32,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum BlockKind {
    /// The title of an article.
    Title,
    /// The standfirst below a title.
    Chapo,
    /// A subheading.
    Heading,
    /// A paragraph.
    Body,
    /// What stands below a picture.
    Caption,
    /// Who wrote it.
    Byline,
    /// Where or when it was written or published.
    Dateline,
    /// An item of a list inside the article.
    ListItem,
    /// A quotation set off.
    Quote,
}

/// Why a block is no part of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum Why {
    /// Navigation: menus, breadcrumbs, footers, tags.
    Menu,
    /// Share buttons, counters, print and listen buttons.
    Share,
    /// Readers' comments and what surrounds them.
    Comments,
    /// Links to and teasers of other articles.
    Related,
    /// Photo credits and copyright.
    Credit,
    /// Text that stands on the page already.
    Repeat,
    /// Newsletter, search, login, cookie and donation forms.
    Form,
    /// What a broken plugin or missing script left behind.
    Error,
    /// Advertising and anything else.
    Other,
}

impl Why {
    /// The word that the dossier uses.
    pub fn code(self) -> &'static str {
        match self {
            Why::Menu => "menu",
            Why::Share => "share",
            Why::Comments => "comments",
            Why::Related => "related",
            Why::Credit => "credit",
            Why::Repeat => "repeat",
            Why::Form => "form",
            Why::Error => "error",
            Why::Other => "other",
        }
    }
}

/// When a page was published, and how that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Published {
    /// First possible day.
    pub from: Date,
    /// Last possible day.
    pub to: Date,
    /// How it is known.
    pub basis: Basis,
    /// Where the page says so.
    pub span: Option<Span>,
    /// Where the year (or other missing part) was taken from, when it does not stand in `span`.
    pub evidence: Option<Span>,
}

/// A date without its year, as the page has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct PartialDate {
    /// Day of the month, 1 to 31.
    pub day: i8,
    /// Month, 1 to 12.
    pub month: i8,
    /// The weekday it is said to be, 1 (Monday) to 7.
    pub weekday: Option<i8>,
    /// Where it stands: a dateline or caption dates the page, the text only an event.
    pub basis: Basis,
    /// Where the page says so.
    pub span: Span,
}

/// How the date of publication is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub enum Basis {
    /// The caller said so (sidecar table or option).
    Override,
    /// Machine-readable metadata of an HTML page.
    Metadata,
    /// A date line, header line or agency dateline.
    Dateline,
    /// A dated picture caption.
    Caption,
    /// A weekday with day and month, which fits one plausible year only.
    Weekday,
    /// The page's address.
    Url,
    /// The latest dated past event of the text: a lower bound.
    Text,
    /// Another page about the same thing.
    Sibling,
}

impl Basis {
    /// The word that the dossier uses.
    pub fn code(self) -> &'static str {
        match self {
            Basis::Override => "override",
            Basis::Metadata => "metadata",
            Basis::Dateline => "dateline",
            Basis::Caption => "caption",
            Basis::Weekday => "weekday",
            Basis::Url => "url",
            Basis::Text => "text",
            Basis::Sibling => "sibling",
        }
    }
}

/// An outlet or agency, as known to the packs or only as the page names it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Named {
    /// Its name: the packs' where it is known, else as the page has it.
    pub name: String,
    /// Pack id (`outlet/afp`), where it is known.
    pub id: Option<String>,
    /// Where the page names it; `None` when that comes from metadata or the caller.
    pub span: Option<Span>,
}

/// Something the reader should know about how the page was read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cache", derive(serde::Serialize, serde::Deserialize))]
pub struct Note {
    /// Stable code (`mojibake-undone`, `second-article` …).
    #[cfg_attr(feature = "cache", serde(with = "crate::cache::code"))]
    pub code: Constant,
    /// One English sentence.
    pub message: String,
    /// Which part of the working text it is about.
    pub span: Option<Span>,
}
