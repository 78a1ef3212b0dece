//! What needs no second look, read the short way: a right text, and what is right around a mistake.
//!
//! Makes the very trees that the grammar and the walk over its tokens make, at a small part of the
//! cost, or none: whatever there is to say of, be it a warning, is left to the grammar. What was read
//! is a token to it (`sound`). What is read here is read strictly and in order.

mod parts;
mod pieces;

use memchr::memchr;

use super::scan::NESTING_LIMIT;
use crate::span::Span;
use crate::syntax::{Expr, Group, Name, Not};
pub(super) use parts::{Kind, Part};
use pieces::Pieces;

/// What the short way makes of a text.
pub(super) enum Read {
    /// All of it, but for the audience type in front.
    Whole(Part),
    /// What could be read: in the order of the text, none inside of another.
    Parts(Vec<Part>),
}

/// Reads a text without characters that cannot be seen, or with such as nothing is to be told of.
pub(super) fn read(text: &str) -> Read {
    let has_escapes = memchr(b'\\', text.as_bytes()).is_some();
    let mut builder = Builder::new(text, has_escapes);
    let mut is_read = builder.read().is_some();
    if is_read
        && builder.is_whole()
        && let Some(expr) = builder.joined_operands()
    {
        return Read::Whole(Part::alone(expr));
    }
    while !is_read && builder.go_on() {
        is_read = builder.read().is_some();
    }
    if is_read {
        builder.set_aside(builder.after_operand);
    }
    Read::Parts(builder.parts)
}

struct Builder<'t> {
    text: &'t str,
    /// Whether the text has a backslash: no comparison with one is plain.
    has_escapes: bool,
    pieces: Pieces<'t>,
    has_header: bool,
    /// Those of every group that is open, outermost first.
    operands: Vec<Expr>,
    /// The groups that are open, without the innermost.
    around: Vec<Open>,
    /// The innermost open group, or the whole text.
    open: Open,
    /// Those read since the last operand.
    nots: Vec<Span>,
    /// Whether what comes next joins or closes.
    after_operand: bool,
    /// Where the last token begins: a parenthesis, an AND, OR or NOT, or a whole comparison.
    begun: usize,
    /// Whether something that could not be read stands in front of the last AND or OR. Behind such
    /// only a comparison is read, which the grammar looks ahead for: the AND may be one of BETWEEN,
    /// and a parenthesis then begins a value.
    after_mistake: bool,
    /// What could be read around mistakes.
    parts: Vec<Part>,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str, has_escapes: bool) -> Self {
        Self {
            text,
            has_escapes,
            pieces: Pieces::new(text),
            has_header: false,
            // In most texts no more wait for what joins them; a vector that grows moves them.
            operands: Vec::with_capacity(8),
            around: Vec::new(),
            open: Open::default(),
            nots: Vec::new(),
            after_operand: false,
            begun: 0,
            after_mistake: false,
            parts: Vec::new(),
        }
    }

    /// Reads the text to its end.
    fn read(&mut self) -> Option<()> {
        loop {
            self.pieces.skip_gap();
            let start = self.pieces.at;
            self.begun = start;
            match (self.pieces.peek(), self.after_operand) {
                (None, _) => return Some(()),
                (Some(b')'), true) if !self.around.is_empty() => {
                    self.pieces.at += 1;
                    self.close()?;
                }
                (Some(first @ (b'a' | b'A' | b'&')), true) => {
                    self.joined(if first == b'&' { "&&" } else { "and" })?;
                    self.open.last_and = self.pieces.since(start);
                }
                (Some(first), true) => {
                    self.joined(if first == b'|' { "||" } else { "or" })?;
                    self.end_conjunction()?;
                    self.open.last_or = self.pieces.since(start);
                }
                (Some(b'('), false) if !self.after_mistake && self.around.len() < NESTING_LIMIT => {
                    self.pieces.at += 1;
                    let open = Open {
                        start,
                        nots: std::mem::take(&mut self.nots),
                        ors: self.operands.len(),
                        ands: self.operands.len(),
                        ..Open::default()
                    };
                    self.around.push(std::mem::replace(&mut self.open, open));
                }
                (Some(b'!'), false) if !self.after_mistake => {
                    self.pieces.at += 1;
                    self.nots.push(self.pieces.since(start));
                }
                (Some(b'n' | b'N'), false)
                    if !self.after_mistake && self.pieces.skip_keyword("not").is_some() =>
                {
                    self.nots.push(self.pieces.since(start));
                }
                (Some(_), false) => {
                    let name = self.pieces.name()?;
                    self.pieces.skip_gap();
                    if matches!(self.pieces.peek(), Some(b'w' | b'W')) {
                        self.header(&name)?;
                    } else {
                        let comparison = self.pieces.comparison(name)?;
                        if self.has_escapes && self.has_escape_behind(start) {
                            return None;
                        }
                        self.operand(Expr::Comparison(comparison));
                    }
                }
            }
        }
    }

    #[cold]
    fn has_escape_behind(&self, start: usize) -> bool {
        let passed = self.text.get(start..self.pieces.at);
        passed.is_none_or(|passed| passed.contains('\\'))
    }

    /// The WHERE of `intents where`.
    fn header(&mut self, audience: &Name) -> Option<()> {
        self.pieces.skip_keyword("where")?;
        let is_first = self.nots.is_empty() && self.around.is_empty() && self.operands.is_empty();
        let is_first = is_first && !self.open.has_mistake;
        // Neither `a.b` nor a name in backticks.
        let is_word = audience.span.len() == audience.text.len() && !audience.text.contains('.');
        let is_second = std::mem::replace(&mut self.has_header, true);
        (is_first && is_word && !is_second).then_some(())
    }

    fn joined(&mut self, joiner: &str) -> Option<()> {
        self.pieces.skip_keyword(joiner)?;
        self.after_operand = false;
        Some(())
    }

    /// At an OR.
    fn end_conjunction(&mut self) -> Option<()> {
        if self.open.has_mistake_in_conjunction {
            self.set_aside(true);
            self.open.has_mistake_in_conjunction = false;
            return Some(());
        }
        let conjunction = self.take_from(self.open.ands, Expr::And)?;
        self.operands.push(conjunction);
        self.open.ands = self.operands.len();
        Some(())
    }

    fn close(&mut self) -> Option<()> {
        if self.open.has_mistake {
            self.set_aside(true);
            self.open = self.around.pop()?;
            self.after_mistake = false;
            return Some(());
        }
        let inner = self.joined_operands()?;
        let open = std::mem::replace(&mut self.open, self.around.pop()?);
        self.nots = open.nots;
        self.operand(Expr::Group(Group {
            inner: Box::new(inner),
            span: self.pieces.since(open.start),
        }));
        Some(())
    }

    /// All operands of the innermost group as one.
    fn joined_operands(&mut self) -> Option<Expr> {
        let last = self.take_from(self.open.ands, Expr::And)?;
        if self.operands.len() == self.open.ors {
            return Some(last);
        }
        self.operands.push(last);
        self.take_from(self.open.ors, Expr::Or)
    }

    /// The last operands, from one on, as one; one alone is itself.
    fn take_from(&mut self, first: usize, join: fn(Vec<Expr>) -> Expr) -> Option<Expr> {
        if self.operands.len() == first + 1 {
            return self.operands.pop();
        }
        Some(join(match first {
            0 => std::mem::take(&mut self.operands),
            _ => self.operands.split_off(first),
        }))
    }

    #[inline(always)] // Once a comparison: the call costs a part of what is done.
    fn operand(&mut self, operand: Expr) {
        self.after_operand = true;
        self.after_mistake = false;
        self.operands.push(if self.nots.is_empty() {
            operand
        } else {
            Expr::Not(Not {
                nots: std::mem::take(&mut self.nots),
                operand: Box::new(operand),
            })
        });
    }

    /// Whether nothing is missing at the end of the text.
    fn is_whole(&self) -> bool {
        self.after_operand && self.around.is_empty() && !self.open.has_mistake
    }
}

/// A group that is not closed yet.
#[derive(Default)]
struct Open {
    /// Where its parenthesis is.
    start: usize,
    /// Those in front of it.
    nots: Vec<Span>,
    /// How many operands there were before its first one.
    ors: usize,
    /// How many there were before the first one behind its last OR.
    ands: usize,
    last_or: Span,
    last_and: Span,
    /// Whether a part of it could not be read.
    has_mistake: bool,
    /// Whether a part behind its last OR could not.
    has_mistake_in_conjunction: bool,
}

#[cfg(test)]
mod tests;
