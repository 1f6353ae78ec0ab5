//! Tables for spreadsheets: CSV as a Flemish Excel opens it, and workbooks (XLSX).

use crate::error::{Error, Result};
use chrono::Datelike;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::group::harmless;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// What stands in a cell.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Cell {
    /// Nothing.
    Empty,
    /// Words, never a formula: people wrote them.
    Text(String),
    /// A count.
    Count(u32),
    /// A number, in tenths.
    Tenths(u32),
    /// A day.
    Date(Day),
}

impl From<&str> for Cell {
    fn from(it: &str) -> Cell {
        if it.is_empty() { Cell::Empty } else { Cell::Text(it.to_owned()) }
    }
}

impl<T> From<Option<T>> for Cell
where
    Cell: From<T>,
{
    fn from(it: Option<T>) -> Cell {
        it.map_or(Cell::Empty, Cell::from)
    }
}

impl From<u32> for Cell {
    fn from(it: u32) -> Cell {
        Cell::Count(it)
    }
}

impl From<Day> for Cell {
    fn from(it: Day) -> Cell {
        Cell::Date(it)
    }
}

/// A table with a heading over each column.
pub(crate) struct Sheet {
    /// What it is called in a workbook.
    pub(crate) name: &'static str,
    /// The headings.
    pub(crate) heads: Vec<String>,
    /// A cell for each heading.
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// So that Excel knows the letters.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// With semicolons and a decimal comma.
///
/// # Errors
/// None that a table in memory can cause.
pub(crate) fn csv(sheet: &Sheet) -> Result<Vec<u8>> {
    let out = BYTE_ORDER_MARK.as_bytes().to_vec();
    let mut table = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer(out);
    let failed = |_| Error::Corrupt("a table that fits in no CSV");
    table.write_record(&sheet.heads).map_err(failed)?;
    for row in &sheet.rows {
        table.write_record(row.iter().map(written)).map_err(failed)?;
    }
    table.into_inner().map_err(|_| Error::Corrupt("a table that fits in no CSV"))
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(it) => harmless(it).into_owned(),
        Cell::Count(it) => it.to_string(),
        Cell::Tenths(it) => format!("{},{}", it / 10, it % 10),
        Cell::Date(it) => it.format("%Y-%m-%d").to_string(),
    }
}

/// A workbook with a sheet for each table.
///
/// # Errors
/// When a table has more rows than a sheet.
pub(crate) fn xlsx(sheets: &[Sheet]) -> Result<Vec<u8>> {
    let mut book = Workbook::new();
    let made = sheets.iter().try_for_each(|it| fill(book.add_worksheet(), it));
    let saved = made.and_then(|()| book.save_to_buffer());
    saved.map_err(|_| Error::Corrupt("a table that fits in no workbook"))
}

fn fill(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    page.set_name(sheet.name)?.set_freeze_panes(1, 0)?;
    let (bold, day) = (Format::new().set_bold(), Format::new().set_num_format("dd/mm/yyyy"));
    for (column, head) in (0..).zip(&sheet.heads) {
        page.write_string_with_format(0, column, head, &bold)?;
    }
    for (line, row) in (1..).zip(&sheet.rows) {
        for (column, cell) in (0..).zip(row) {
            match cell {
                Cell::Empty => continue,
                // A string is never worked out, whatever it begins with.
                Cell::Text(it) => page.write_string(line, column, it)?,
                Cell::Count(it) => page.write_number(line, column, *it)?,
                Cell::Tenths(it) => page.write_number(line, column, f64::from(*it) / 10.0)?,
                Cell::Date(it) => match date(*it) {
                    Some(date) => page.write_datetime_with_format(line, column, &date, &day)?,
                    None => page.write_string(line, column, written(cell))?,
                },
            };
        }
    }
    page.autofit();
    Ok(())
}

/// Spreadsheets know the years from 1900 to 9999.
fn date(it: Day) -> Option<ExcelDateTime> {
    let year = u16::try_from(it.year()).ok()?;
    let (month, day) = (u8::try_from(it.month()).ok()?, u8::try_from(it.day()).ok()?);
    ExcelDateTime::from_ymd(year, month, day).ok()
}
