//! Texts without a mistake, read the short way: by the rule `plain` of the grammar.
//!
//! Makes the very tree that the long way makes, or none: whatever needs a second look, be it for a
//! warning, is left to the rule `source`. Most texts are plain, and this costs a fraction. The
//! grammar finds the groups and comparisons; `pieces` takes apart what is between and in them.

mod pieces;

use pest::{Parser, Token};

use super::Rule;
use super::grammar::Grammar;
use crate::span::Span;
use crate::syntax::{Expr, Group, Name, Not, Source};
use pieces::Pieces;

/// The tree of a text in which `scan` found nothing. `None`: the long way has to read it.
pub(super) fn plain(text: &str) -> Option<Source> {
    if text.contains('\\') {
        return None;
    }
    let whole = Grammar::parse(Rule::plain, text).ok()?.next()?.into_inner();
    let mut audience = None;
    let mut open: Vec<Open> = Vec::new();
    let mut start = 0;
    for token in whole.tokens() {
        match token {
            Token::Start { rule, pos } => {
                start = pos.pos();
                if rule == Rule::plain_group {
                    let nots = match open.last_mut() {
                        // INVARIANT: the parentheses stand directly around what the rule matches.
                        Some(around) => around.lead(text, start.checked_sub(1)?)?,
                        None => Vec::new(),
                    };
                    open.push(Open::new(start, nots));
                }
            }
            Token::End { rule, pos } => {
                let end = pos.pos();
                match rule {
                    Rule::plain_comparison => {
                        let around = open.last_mut()?;
                        let nots = around.lead(text, start)?;
                        let comparison = Pieces::new(text, start, end).comparison()?;
                        around.push(nots, Expr::Comparison(comparison), end);
                    }
                    Rule::plain_group => {
                        let Open {
                            start,
                            nots,
                            operands,
                            ..
                        } = open.pop()?;
                        let expr = operands.close()?;
                        let Some(around) = open.last_mut() else {
                            return Some(Source {
                                audience,
                                expr,
                                sound: true,
                            });
                        };
                        let group = Expr::Group(Group {
                            inner: Box::new(expr),
                            span: Span::new(start - 1, end + 1),
                        });
                        around.push(nots, group, end + 1);
                    }
                    Rule::audience => {
                        audience = Some(Name {
                            text: text.get(start..end)?.into(),
                            span: Span::new(start, end),
                        });
                    }
                    _ => {}
                }
            }
        }
    }
    None
}

/// A group of which the end was not met yet.
struct Open {
    start: usize,
    /// Those in front of it.
    nots: Vec<Span>,
    operands: Operands,
    /// The end of what of it was read.
    read: usize,
}

impl Open {
    fn new(start: usize, nots: Vec<Span>) -> Self {
        Self {
            start,
            nots,
            operands: Operands::default(),
            read: start,
        }
    }

    /// Reads what leads to the operand at `to`: AND or OR, and the NOTs, which are returned.
    fn lead(&mut self, text: &str, to: usize) -> Option<Vec<Span>> {
        let (is_or, nots) = Pieces::new(text, self.read, to).lead()?;
        if is_or {
            self.operands.or();
        }
        Some(nots)
    }

    fn push(&mut self, nots: Vec<Span>, operand: Expr, end: usize) {
        self.read = end;
        self.operands.ands.push(if nots.is_empty() {
            operand
        } else {
            let operand = Box::new(operand);
            Expr::Not(Not { nots, operand })
        });
    }
}

/// Operands by precedence: an OR of ANDs.
#[derive(Default)]
struct Operands {
    ors: Vec<Expr>,
    /// Since the last OR.
    ands: Vec<Expr>,
}

impl Operands {
    fn or(&mut self) {
        let and = self.and();
        self.ors.extend(and);
    }

    /// One operand is itself.
    fn and(&mut self) -> Option<Expr> {
        if self.ands.len() > 1 {
            return Some(Expr::And(std::mem::take(&mut self.ands)));
        }
        self.ands.pop()
    }

    fn close(mut self) -> Option<Expr> {
        let last = self.and();
        if self.ors.is_empty() {
            return last;
        }
        self.ors.extend(last);
        Some(Expr::Or(self.ors))
    }
}

#[cfg(test)]
mod tests;
