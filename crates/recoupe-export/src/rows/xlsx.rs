//! Tables as one workbook: a sheet for each, its head frozen and filtered, text as text.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::cell::{Cell, defuse};
use super::sheet::{Column, Kind, Table};

/// The most rows of a sheet, its head included, and the most characters of a cell.
const ROWS: usize = 1_048_576;
const CHARACTERS: usize = 32_767;

/// The workbook. Tables longer than a sheet go on in sheets of the same name with a number.
pub fn xlsx(tables: impl Iterator<Item = Table>, title: &str) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The day of making would make every file another; the dossier says by what it was made.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(title).set_comment("Recoupe").set_creation_datetime(&day));
    for t in tables {
        let mut parts = t.rows.chunks(ROWS - 1);
        let mut number = 1;
        let mut part = parts.next().unwrap_or_default();
        loop {
            let name = if number == 1 { t.name.clone() } else { format!("{} {number}", t.name) };
            let sheet = book.add_worksheet();
            sheet.set_name(name)?;
            fill(sheet, &t.columns, part)?;
            let Some(next) = parts.next() else { break };
            part = next;
            number += 1;
        }
    }
    book.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, columns: &[Column], rows: &[Vec<Cell>]) -> Result<(), XlsxError> {
    let head = Format::new().set_bold();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    for (i, c) in columns.iter().enumerate() {
        let col = column(i);
        sheet.write_string_with_format(0, col, c.name, &head)?;
        sheet.set_column_width(col, width(c))?;
    }
    for (r, row) in rows.iter().enumerate() {
        let r = u32::try_from(r + 1).unwrap_or(u32::MAX);
        for (i, (cell, c)) in row.iter().zip(columns).enumerate() {
            let col = column(i);
            match cell {
                Cell::Empty => {}
                Cell::Int(n) if n.unsigned_abs() < 1 << 53 => {
                    sheet.write_number(r, col, *n as f64)?;
                }
                Cell::Int(n) => {
                    sheet.write_string(r, col, n.to_string())?;
                }
                Cell::Real(x) => {
                    sheet.write_number(r, col, (x * 1e4).round() / 1e4)?;
                }
                Cell::Flag(b) => {
                    sheet.write_boolean(r, col, *b)?;
                }
                Cell::Text(s) => match (c.kind == Kind::Day).then(|| ExcelDateTime::parse_from_str(s).ok()).flatten() {
                    Some(day) => {
                        sheet.write_datetime_with_format(r, col, &day, &date)?;
                    }
                    None => {
                        sheet.write_string(r, col, cut(&defuse(s)))?;
                    }
                },
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    if let (Some(last), false) = (columns.len().checked_sub(1), rows.is_empty()) {
        sheet.autofilter(0, 0, u32::try_from(rows.len()).unwrap_or(u32::MAX), column(last))?;
    }
    Ok(())
}

fn column(i: usize) -> u16 {
    u16::try_from(i).unwrap_or(u16::MAX)
}

/// A width at which most values of such a column can be read.
fn width(c: &Column) -> f64 {
    let named = c.name.chars().count() as f64 + 3.0;
    let usual: f64 = match (c.kind, c.name) {
        (Kind::Text, "quote" | "notes") => 70.0,
        (Kind::Text, "text" | "title" | "url") => 32.0,
        (Kind::Text, _) => 16.0,
        (Kind::Day, _) => 12.0,
        _ => 8.0,
    };
    usual.max(named)
}

/// Text as long as a cell may be; what is cut off is marked.
fn cut(s: &str) -> String {
    // The limit counts UTF-16 units.
    if s.len() <= CHARACTERS || s.encode_utf16().count() <= CHARACTERS {
        return s.to_owned();
    }
    let mut units = 0;
    let mut out: String = s
        .chars()
        .take_while(|c| {
            units += c.len_utf16();
            units < CHARACTERS
        })
        .collect();
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_longer_than_a_cell_is_cut_and_says_so() {
        assert_eq!(cut("short"), "short");
        assert_eq!(cut(&"é".repeat(CHARACTERS)).chars().count(), CHARACTERS, "as long as may be");
        for long in ["é".repeat(CHARACTERS + 1), "😀".repeat(CHARACTERS)] {
            let kept = cut(&long);
            assert!(kept.ends_with('…') && kept.encode_utf16().count() <= CHARACTERS);
        }
    }

    #[test]
    fn a_sheet_holds_numbers_too_large_for_it_as_text() {
        let t = super::super::sheet::Sheet::<i64>::new("t", "t").int("n", "n", |n| *n).of([1, i64::MAX]);
        assert!(xlsx(std::iter::once(t), "t").is_ok());
    }
}
