//! Texts without a mistake, read the short way: by the rule `plain` of the grammar.
//!
//! Makes the very tree that the long way makes, or none: whatever needs a second look, be it for a
//! warning, is left to the rule `source`. Most texts are plain, and this costs a small part. The
//! grammar says whether a text looks plain; what is read here is read strictly and in order.

mod pieces;

use pest::Parser;

use super::Rule;
use super::grammar::Grammar;
use super::scan::NESTING_LIMIT;
use crate::span::Span;
use crate::syntax::{Expr, Group, Name, Not, Source};
use pieces::Pieces;

/// The tree of a text without characters that cannot be seen, or with such as nothing is to be told
/// of. `None`: the long way has to read it.
pub(super) fn plain(text: &str) -> Option<Source> {
    if text.contains('\\') {
        return None;
    }
    Grammar::parse(Rule::plain, text).ok()?;
    let mut builder = Builder {
        pieces: Pieces::new(text),
        audience: None,
        operands: Vec::new(),
        around: Vec::new(),
        open: Open::default(),
        nots: Vec::new(),
        after_operand: false,
    };
    builder.read()?;
    builder.finish()
}

struct Builder<'t> {
    pieces: Pieces<'t>,
    audience: Option<Name>,
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
}

impl Builder<'_> {
    /// Reads the text to its end.
    fn read(&mut self) -> Option<()> {
        loop {
            self.pieces.skip_gap();
            let start = self.pieces.at;
            match (self.pieces.peek(), self.after_operand) {
                (None, _) => return Some(()),
                (Some(b')'), true) => {
                    self.pieces.at += 1;
                    self.close()?;
                }
                (Some(b'a' | b'A'), true) => self.joined("and")?,
                (Some(b'&'), true) => self.joined("&&")?,
                (Some(first), true) => {
                    self.joined(if first == b'|' { "||" } else { "or" })?;
                    let before = self.take_from(self.open.ands, Expr::And)?;
                    self.operands.push(before);
                    self.open.ands = self.operands.len();
                }
                (Some(b'('), false) if self.around.len() < NESTING_LIMIT => {
                    self.pieces.at += 1;
                    let open = Open {
                        start,
                        nots: std::mem::take(&mut self.nots),
                        ors: self.operands.len(),
                        ands: self.operands.len(),
                    };
                    self.around.push(std::mem::replace(&mut self.open, open));
                }
                (Some(b'!'), false) => {
                    self.pieces.at += 1;
                    self.nots.push(self.pieces.since(start));
                }
                (Some(b'n' | b'N'), false) if self.pieces.skip_keyword("not").is_some() => {
                    self.nots.push(self.pieces.since(start));
                }
                (Some(_), false) => {
                    let name = self.pieces.name()?;
                    self.pieces.skip_gap();
                    if matches!(self.pieces.peek(), Some(b'w' | b'W')) {
                        self.header(name)?;
                    } else {
                        let comparison = self.pieces.comparison(name)?;
                        self.operand(Expr::Comparison(comparison));
                    }
                }
            }
        }
    }

    /// The WHERE of `intents where`.
    fn header(&mut self, audience: Name) -> Option<()> {
        self.pieces.skip_keyword("where")?;
        let is_first = self.audience.is_none() && self.nots.is_empty() && self.around.is_empty();
        // Neither `a.b` nor a name in backticks.
        let Span { start, end } = audience.span;
        let is_word = end - start == audience.text.len() && !audience.text.contains('.');
        self.audience = Some(audience);
        (is_first && is_word && self.operands.is_empty()).then_some(())
    }

    fn joined(&mut self, joiner: &str) -> Option<()> {
        self.after_operand = false;
        self.pieces.skip_keyword(joiner)
    }

    fn close(&mut self) -> Option<()> {
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

    fn operand(&mut self, operand: Expr) {
        self.after_operand = true;
        self.operands.push(if self.nots.is_empty() {
            operand
        } else {
            Expr::Not(Not {
                nots: std::mem::take(&mut self.nots),
                operand: Box::new(operand),
            })
        });
    }

    fn finish(mut self) -> Option<Source> {
        let is_whole = self.after_operand && self.around.is_empty();
        let expr = self.joined_operands()?;
        is_whole.then_some(Source {
            audience: self.audience,
            expr,
            sound: true,
        })
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
}

#[cfg(test)]
mod tests;
