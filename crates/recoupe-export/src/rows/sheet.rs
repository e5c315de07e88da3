//! A table: its columns, what each means, and its rows.

use super::cell::Cell;

/// What kind of values a column has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Whole numbers.
    Int,
    /// Numbers with decimals.
    Real,
    /// Yes or no.
    Flag,
    /// A day, ISO 8601.
    Day,
}

impl Kind {
    /// Its name in a Frictionless table schema.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Text => "string",
            Kind::Int => "integer",
            Kind::Real => "number",
            Kind::Flag => "boolean",
            Kind::Day => "date",
        }
    }
}

/// One column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name, the first row of the file.
    pub name: &'static str,
    /// What kind of values it has.
    pub kind: Kind,
    /// What it means.
    pub about: &'static str,
    /// HXL hashtag with attributes; empty where the table has none.
    pub tag: &'static str,
}

/// A table as files hold it.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Its name: that of the sheet, and of the file without its ending.
    pub name: String,
    /// What a row is.
    pub about: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each with one cell for every column.
    pub rows: Vec<Vec<Cell>>,
}

type Value<'a, R> = Box<dyn Fn(&R) -> Cell + 'a>;

/// A table in the making: each column with how its value is found, side by side.
pub struct Sheet<'a, R> {
    name: &'static str,
    about: &'static str,
    columns: Vec<Column>,
    values: Vec<Value<'a, R>>,
}

impl<'a, R> Sheet<'a, R> {
    /// A table without columns yet.
    pub fn new(name: &'static str, about: &'static str) -> Self {
        Sheet { name, about, columns: Vec::new(), values: Vec::new() }
    }

    fn with<T: Into<Cell>>(
        mut self,
        kind: Kind,
        name: &'static str,
        about: &'static str,
        value: impl Fn(&R) -> T + 'a,
    ) -> Self {
        self.columns.push(Column { name, kind, about, tag: "" });
        self.values.push(Box::new(move |r| value(r).into()));
        self
    }

    /// A column of words.
    pub fn text<T: Into<Cell>>(self, name: &'static str, about: &'static str, value: impl Fn(&R) -> T + 'a) -> Self {
        self.with(Kind::Text, name, about, value)
    }

    /// A column of days.
    pub fn day<T: Into<Cell>>(self, name: &'static str, about: &'static str, value: impl Fn(&R) -> T + 'a) -> Self {
        self.with(Kind::Day, name, about, value)
    }

    /// A column of whole numbers.
    pub fn int<T: Into<Cell>>(self, name: &'static str, about: &'static str, value: impl Fn(&R) -> T + 'a) -> Self {
        self.with(Kind::Int, name, about, value)
    }

    /// A column of numbers with decimals.
    pub fn real<T: Into<Cell>>(self, name: &'static str, about: &'static str, value: impl Fn(&R) -> T + 'a) -> Self {
        self.with(Kind::Real, name, about, value)
    }

    /// A column of yes and no.
    pub fn flag<T: Into<Cell>>(self, name: &'static str, about: &'static str, value: impl Fn(&R) -> T + 'a) -> Self {
        self.with(Kind::Flag, name, about, value)
    }

    /// The HXL hashtag of the column before.
    pub fn tag(mut self, tag: &'static str) -> Self {
        if let Some(c) = self.columns.last_mut() {
            c.tag = tag;
        }
        self
    }

    /// The table of these rows.
    pub fn of(self, rows: impl IntoIterator<Item = R>) -> Table {
        let rows = rows.into_iter().map(|r| self.values.iter().map(|f| f(&r)).collect()).collect();
        Table { name: self.name.to_owned(), about: self.about.to_owned(), columns: self.columns, rows }
    }
}

impl Table {
    /// The cell of a row under a column's name.
    pub fn cell(&self, row: usize, column: &str) -> Option<&Cell> {
        let at = self.columns.iter().position(|c| c.name == column)?;
        self.rows.get(row)?.get(at)
    }
}

/// The columns of all tables and what they mean, as a Frictionless data package.
pub fn datapackage(tables: &[Table], dossier: &str) -> Vec<u8> {
    #[derive(serde::Serialize)]
    struct Package<'a> {
        name: &'a str,
        profile: &'a str,
        dossier: &'a str,
        resources: Vec<Resource<'a>>,
    }
    #[derive(serde::Serialize)]
    struct Resource<'a> {
        name: &'a str,
        path: String,
        profile: &'a str,
        description: &'a str,
        encoding: &'a str,
        schema: Schema<'a>,
    }
    #[derive(serde::Serialize)]
    struct Schema<'a> {
        fields: Vec<Field<'a>>,
    }
    #[derive(serde::Serialize)]
    struct Field<'a> {
        name: &'a str,
        #[serde(rename = "type")]
        kind: &'a str,
        description: &'a str,
    }
    let field = |c: &Column| Field { name: c.name, kind: c.kind.name(), description: c.about };
    super::json(&Package {
        name: "recoupe",
        profile: "tabular-data-package",
        dossier,
        resources: tables
            .iter()
            .map(|t| Resource {
                name: &t.name,
                path: format!("{}.csv", t.name),
                profile: "tabular-data-resource",
                description: &t.about,
                encoding: "utf-8",
                schema: Schema { fields: t.columns.iter().map(field).collect() },
            })
            .collect(),
    })
}
