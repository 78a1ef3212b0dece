//! Cells in columns, one line a row, nothing cut. Must not know what the cells are.

use unicode_width::UnicodeWidthStr;

use crate::output::{BOLD, painted};

/// Two blanks between columns, none at the end of a line. The first row are the headings, bold where
/// there are colours. A cell that is empty is `-`.
pub(crate) fn aligned<const N: usize>(rows: Vec<[String; N]>, colors: bool) -> String {
    let rows = rows.into_iter().map(|row| {
        row.map(|cell| {
            if cell.is_empty() {
                "-".to_owned()
            } else {
                cell
            }
        })
    });
    let rows: Vec<[String; N]> = rows.collect();
    let widths = rows.iter().fold([0; N], |widths, row| {
        let mut cells = row.iter();
        widths.map(|width: usize| width.max(cells.next().map_or(0, |cell| cell.width())))
    });
    let mut text = String::new();
    for (number, row) in rows.iter().enumerate() {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            let blanks = (width + 2).saturating_sub(cell.width());
            line += cell;
            line += &" ".repeat(blanks);
        }
        text += &painted(line.trim_end(), BOLD, colors && number == 0);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::aligned;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned);
        assert_eq!(
            aligned(
                vec![row(["A", "B"]), row(["日本", ""]), row(["c", "d"])],
                false
            ),
            "A     B\n日本  -\nc     d\n"
        );
    }
}
