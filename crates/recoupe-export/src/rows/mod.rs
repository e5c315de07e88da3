//! A dossier as rows and records for other people's tools: CSV, XLSX, GeoJSON, the columns of ACLED and UCDP GED, PLOVER, HXL,
//! schema.org claims, a brief in Markdown.
//!
//! From the wire types alone. Every row carries the sentence it comes from. Figures stay voice by voice: where a format has
//! room for one number only, it is that of a rule the dossier names, see [`Format::rule`].

mod acled;
mod brief;
mod cell;
mod claims;
mod codes;
mod csv;
mod desk;
mod geojson;
mod plover;
mod sheet;
mod tables;
mod total;
mod ucdp;
mod xlsx;

use recoupe_wire::Dossier;

pub use cell::{Cell, defuse, undefuse};
pub use codes::{Codes, TypeCodes};
pub use desk::digest;
pub use sheet::{Column, Kind, Table};

use desk::Desk;

/// What a dossier can be written as, beside the report and its own JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// One CSV file for each table.
    Csv,
    /// The same tables as sheets of one workbook.
    Xlsx,
    /// Incidents and places held, for maps.
    Geojson,
    /// The 31 columns of ACLED.
    Acled,
    /// The 49 columns of UCDP GED.
    Ucdp,
    /// PLOVER records, one a line.
    Plover,
    /// CSV with HXL hashtags in its second row.
    Hxl,
    /// schema.org `Claim` as JSON-LD.
    Claims,
    /// A brief to read and to send.
    Md,
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 9] = [
        Format::Csv,
        Format::Xlsx,
        Format::Geojson,
        Format::Acled,
        Format::Ucdp,
        Format::Plover,
        Format::Hxl,
        Format::Claims,
        Format::Md,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
            Format::Geojson => "geojson",
            Format::Acled => "acled",
            Format::Ucdp => "ucdp",
            Format::Plover => "plover",
            Format::Hxl => "hxl",
            Format::Claims => "claims",
            Format::Md => "md",
        }
    }

    /// The rule to one figure that its codebook has, for a dossier in which nobody asked for another.
    pub fn rule(self) -> Option<&'static str> {
        match self {
            Format::Acled => Some("acled"),
            Format::Ucdp => Some("ucdp"),
            _ => None,
        }
    }
}

/// How exports are written.
#[derive(Clone, Debug, Default)]
pub struct Export {
    /// Language of what people read (`fr`, `en`): the brief.
    pub lang: String,
    /// A title; else area and period are taken from the dossier.
    pub title: Option<String>,
    /// Where the HTML report can be opened, for links: an address, or a path beside the exports. Empty: `index.html`.
    pub report: String,
    /// What other schemes call the types of incidents.
    pub codes: Codes,
    /// What [`digest`] gives for the dossier as it is kept, where the one to be written has figures by a rule of the format.
    /// Empty: it is asked of the dossier itself.
    pub dossier: String,
}

/// One file of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path below the folder of the export, with `/`.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl File {
    fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        File { name: name.into(), bytes: bytes.into() }
    }
}

/// Why a dossier cannot be written so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The format has room for one number, and the dossier has none: the rule is to be named first.
    NoRule(Format),
    /// The rule of the dossier gives no single number.
    RuleGivesNone(Format, String),
    /// The workbook cannot be made; holds why.
    Workbook(String),
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refused::NoRule(x) => write!(f, "{} has room for one number: name the rule to it", x.name()),
            Refused::RuleGivesNone(x, rule) => {
                write!(f, "{} has room for one number, and the rule {rule} gives a range only", x.name())
            }
            Refused::Workbook(why) => write!(f, "the workbook cannot be made: {why}"),
        }
    }
}

impl std::error::Error for Refused {}

/// The files of a format, the main one first.
pub fn export(d: &Dossier, format: Format, with: &Export) -> Result<Vec<File>, Refused> {
    let report = if with.report.is_empty() { "index.html" } else { &with.report };
    let k = Desk::new(d, report, &with.dossier);
    Ok(match format {
        Format::Csv => csv_files(&k),
        Format::Xlsx => {
            let title = with.title.clone().unwrap_or_else(|| "Recoupe".to_owned());
            let book = xlsx::xlsx(tables::ALL.iter().map(|make| make(&k)), &title)
                .map_err(|e| Refused::Workbook(e.to_string()))?;
            vec![File::new("dossier.xlsx", book)]
        }
        Format::Geojson => geojson::files(&k),
        Format::Acled => acled::files(&k, &with.codes)?,
        Format::Ucdp => ucdp::files(&k, &with.codes)?,
        Format::Plover => plover::files(&k, &with.codes),
        Format::Hxl => {
            tables::tagged(&k).iter().map(|t| File::new(format!("hxl/{}.hxl.csv", t.name), csv::csv(t, true))).collect()
        }
        Format::Claims => vec![File::new("claims.jsonld", claims::json_ld(&k))],
        Format::Md => vec![File::new("brief.md", brief::markdown(&k, with))],
    })
}

/// The tables themselves, for whoever writes them elsewhere.
pub fn tables(d: &Dossier, report: &str) -> Vec<Table> {
    let k = Desk::new(d, report, "");
    tables::ALL.iter().map(|make| make(&k)).collect()
}

fn csv_files(k: &Desk) -> Vec<File> {
    let mut out = Vec::with_capacity(tables::ALL.len() + 1);
    let mut heads = Vec::with_capacity(tables::ALL.len());
    for make in tables::ALL {
        let mut t = make(k);
        out.push(File::new(format!("csv/{}.csv", t.name), csv::csv(&t, false)));
        t.rows = Vec::new();
        heads.push(t);
    }
    out.push(File::new("csv/datapackage.json", sheet::datapackage(&heads, &k.id)));
    out
}

/// The bytes of something as JSON, with a line feed at the end.
fn json<T: serde::Serialize>(value: &T) -> Vec<u8> {
    let mut out = Vec::new();
    // Writing to memory cannot fail, and no key is anything but a string.
    recoupe_wire::to_writer(value, &mut out, recoupe_wire::Style::Pretty).unwrap_or_default();
    out
}
