//! From the layout to lines: one where it fits and no comment forbids it, else one an operand.

use super::layout::{Body, Comment, Header, Item, List, Page};

/// The columns of a line, comments at its end aside.
const WIDTH: usize = 100;

/// The blanks of one step to the right.
const STEP: usize = 4;

pub(super) fn print(page: &Page<'_>) -> String {
    let mut printer = Printer {
        text: String::new(),
        column: 0,
        is_start: true,
    };
    let mut indent = 0;
    if let Some(header) = &page.header {
        indent = printer.header(header, &page.expr);
    }
    printer.leading(&page.expr.leading, indent);
    printer.item(&page.expr, indent, indent);
    printer.line_end();
    printer.lines(&page.end, 0);
    printer.text
}

struct Printer {
    text: String,
    /// The characters of the line so far.
    column: usize,
    /// Nothing is written yet of the text, or of what is set off.
    is_start: bool,
}

impl Printer {
    fn write(&mut self, text: &str) {
        self.column += text.chars().count();
        self.text.push_str(text);
        self.is_start = false;
    }

    /// Ends the line, if anything is on it.
    fn line_end(&mut self) {
        if self.column > 0 {
            self.text.push('\n');
            self.column = 0;
        }
    }

    fn start_line(&mut self, indent: usize) {
        self.line_end();
        for _ in 0..indent {
            self.text.push(' ');
        }
        self.column = indent;
    }

    /// Ends a line behind which the text is set off.
    fn opened(&mut self) {
        self.line_end();
        self.is_start = true;
    }

    fn empty_line(&mut self) {
        self.line_end();
        if !self.is_start && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Comments on lines of their own.
    fn lines(&mut self, comments: &[Comment<'_>], indent: usize) {
        for comment in comments {
            if comment.blank_before {
                self.empty_line();
            }
            self.start_line(indent);
            self.write(comment.text);
            self.line_end();
        }
    }

    /// Comments in front of something.
    fn leading(&mut self, comments: &[Comment<'_>], indent: usize) {
        self.lines(comments, indent);
        if comments.last().is_some_and(|last| last.blank_after) {
            self.empty_line();
        }
    }

    /// A comment behind something, and the end of its line.
    fn trailing(&mut self, comment: Option<&Comment<'_>>) {
        let Some(comment) = comment else { return };
        self.write(" ");
        self.write(comment.text);
        self.line_end();
    }

    /// `intents where`, and how far the rest is indented: not at all where it follows on the line.
    fn header(&mut self, header: &Header<'_>, expr: &Item<'_>) -> usize {
        self.leading(&header.leading, 0);
        self.write(&header.audience);
        self.write(" where");
        let room = WIDTH.saturating_sub(self.column + 1);
        let fits = expr.width.is_some_and(|width| width <= room);
        if fits && expr.leading.is_empty() && header.trailing.is_none() {
            self.write(" ");
            return 0;
        }
        self.trailing(header.trailing.as_ref());
        self.opened();
        STEP
    }

    /// An item from where the line is on. `indent` is that of the lines that follow, `behind` that
    /// of the operands behind the first.
    fn item(&mut self, item: &Item<'_>, indent: usize, behind: usize) {
        if self.column == 0 {
            self.start_line(indent);
        }
        let room = WIDTH.saturating_sub(self.column);
        let on_one_line = item.width.is_some_and(|width| width <= room);
        if on_one_line {
            self.flat(item);
        } else {
            self.broken(item, indent, behind);
        }
        self.trailing(item.trailing.as_ref());
    }

    fn flat(&mut self, item: &Item<'_>) {
        self.nots(item.nots);
        match &item.body {
            Body::Text(text) => self.write(text),
            Body::List(list) => {
                self.write(&list.head);
                for (place, value) in list.values.iter().enumerate() {
                    self.write(match place {
                        0 => " (",
                        _ => ", ",
                    });
                    self.write(&value.text);
                }
                self.write(")");
            }
            Body::Joined { word, operands } => {
                for (place, operand) in operands.iter().enumerate() {
                    if place > 0 {
                        self.write(" ");
                        self.write(word);
                        self.write(" ");
                    }
                    self.flat(operand);
                }
            }
            Body::Parentheses { inner, .. } => {
                self.write("(");
                self.flat(inner);
                self.write(")");
            }
        }
    }

    fn broken(&mut self, item: &Item<'_>, indent: usize, behind: usize) {
        self.nots(item.nots);
        match &item.body {
            Body::Text(text) => self.write(text),
            Body::List(list) => self.list(list, indent),
            Body::Joined { word, operands } => self.joined(word, operands, indent, behind),
            Body::Parentheses { inner, end } => {
                let inside = indent + STEP;
                self.write("(");
                self.opened();
                self.leading(&inner.leading, inside);
                self.item(inner, inside, inside);
                self.lines(end, inside);
                self.start_line(indent);
                self.write(")");
            }
        }
    }

    /// One operand a line. Of an AND inside an OR, those behind the first are set off.
    fn joined(&mut self, word: &str, operands: &[Item<'_>], first: usize, behind: usize) {
        for (place, operand) in operands.iter().enumerate() {
            let indent = if place == 0 { first } else { behind };
            if place > 0 {
                self.leading(&operand.leading, indent);
                self.start_line(indent);
                self.write(word);
                self.write(" ");
            }
            self.item(operand, indent, indent + STEP);
        }
    }

    /// Its values, as many on a line as fit.
    fn list(&mut self, list: &List<'_>, indent: usize) {
        self.write(&list.head);
        self.write(" (");
        self.opened();
        let inner = indent + STEP;
        let mut values = list.values.iter().peekable();
        while let Some(value) = values.next() {
            let comma = if values.peek().is_some() { "," } else { "" };
            self.leading(&value.leading, inner);
            let width = value.text.chars().count() + comma.len();
            if self.column == 0 || self.column + 1 + width > WIDTH {
                self.start_line(inner);
            } else {
                self.write(" ");
            }
            self.write(&value.text);
            self.write(comma);
            self.trailing(value.trailing.as_ref());
        }
        self.lines(&list.end, inner);
        self.start_line(indent);
        self.write(")");
    }

    fn nots(&mut self, count: usize) {
        for _ in 0..count {
            self.write("not ");
        }
    }
}
