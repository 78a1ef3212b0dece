//! Mistakes between comparisons: what joins them wrongly, what is missing, a second operator.

use pest::Parser;

use super::error::ParseProblem;
use super::node::Node;
use super::tree::mistake;
use super::{Builder, Grammar, Rule};
use crate::diagnostic::Finding;
use crate::span::Span;
use crate::syntax::Expr;

/// What stands for AND or OR.
pub(super) struct WrongJoiner {
    pub(super) is_or: bool,
    /// In bytes.
    pub(super) length: usize,
}

/// What a text begins with, if it is a wrong AND or OR with a comparison behind it.
pub(super) fn wrong_joiner(text: &str) -> Option<WrongJoiner> {
    let joiner = Grammar::parse(Rule::wrong_joiner, text).ok()?.next()?;
    Some(WrongJoiner {
        is_or: joiner.as_rule() == Rule::mistake_or,
        length: joiner.as_str().len(),
    })
}

impl<'t> Builder<'t> {
    /// `,`, `;` or `&` where AND was meant, or nothing at all.
    pub(super) fn report_wrong_and(&mut self, node: &Node<'t>, nothing_follows: bool) {
        let place = node.span();
        self.joiner = Some(place);
        let found = node.as_str().to_owned();
        if nothing_follows {
            let problem = ParseProblem::CommaForAnd {
                found,
                span: place,
                help: "remove it",
            };
            self.report_with(problem, "remove it", place, String::new());
            return;
        }
        let is_word = found.starts_with(|c: char| c.is_ascii_alphabetic());
        let is_one_of = |words: &[&str]| words.iter().any(|word| found.eq_ignore_ascii_case(word));
        let leaves_out = is_one_of(&["without", "excluding", "except", "minus", "unless"]);
        // A comma leaves open which of the two is meant, and `but` how much it is said of.
        let is_slip = !leaves_out && !is_one_of(&["but", "plus", "also"]);
        let is_certain = is_word && is_slip || found == "&";
        let problem = if found == "&" {
            ParseProblem::SingleSymbol {
                found,
                instead: "`and`",
                span: place,
            }
        } else {
            ParseProblem::CommaForAnd {
                found,
                span: place,
                help: if leaves_out {
                    "write `and not`, and parentheses around all that is left out"
                } else if is_word && is_slip {
                    "write `and`"
                } else if is_word {
                    "write `and`, and parentheses around all that it is said of"
                } else {
                    "write `and` if both comparisons must hold, `or` if one is enough"
                },
            }
        };
        if is_certain {
            let replacement = self.padded(place, "and");
            self.report_with(problem, "write `and`", place, replacement);
        } else {
            self.report(Finding::new(problem));
        }
    }

    /// `|` where OR was meant.
    pub(super) fn report_wrong_or(&mut self, node: &Node<'t>) {
        let place = node.span();
        self.joiner = Some(place);
        let found = node.as_str().to_owned();
        let problem = if found == "|" {
            ParseProblem::SingleSymbol {
                found,
                instead: "`or`",
                span: place,
            }
        } else {
            ParseProblem::CommaForAnd {
                found,
                span: place,
                help: "write `or`",
            }
        };
        let replacement = self.padded(place, "or");
        self.report_with(problem, "write `or`", place, replacement);
    }

    /// A word in place of a symbol, with blanks where the symbol had none.
    pub(super) fn padded(&self, place: Span, word: &str) -> String {
        let blank = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
        let bytes = self.text.as_bytes();
        let before = place.start().checked_sub(1).and_then(|at| bytes.get(at));
        let left = if blank(before) { "" } else { " " };
        let right = if blank(bytes.get(place.end())) {
            ""
        } else {
            " "
        };
        format!("{left}{word}{right}")
    }

    /// Nothing stands where an operand is wanted; `at` is the place.
    pub(super) fn missing_operand(&mut self, at: usize) -> Expr {
        let next = self.joiner_at(at);
        let (place, span, help) = match (self.joiner, next) {
            (Some(before), Some(after)) => {
                let (before_text, after_text) = (self.slice(before), self.slice(after));
                (
                    format!("between `{before_text}` and `{after_text}`"),
                    before.to(after),
                    "remove one of the two, or write a comparison between them".to_owned(),
                )
            }
            (Some(before), None) => {
                let text = self.slice(before);
                let help = if text.eq_ignore_ascii_case("where") {
                    format!("write a comparison after `{text}`, such as `seniority = vp`")
                } else {
                    format!("write a comparison after `{text}`, or remove `{text}`")
                };
                (format!("after `{text}`"), before, help)
            }
            (None, after) => {
                let after = after.unwrap_or(Span::new(at, at));
                let text = self.slice(after);
                (
                    format!("before `{text}`"),
                    after,
                    format!("write a comparison before `{text}`, or remove `{text}`"),
                )
            }
        };
        self.report(Finding::new(ParseProblem::MissingOperand {
            place,
            span,
            help,
        }));
        mistake(span)
    }

    /// Whether nothing behind a byte belongs to the same comparison.
    pub(super) fn comparison_ends(&self, at: usize) -> bool {
        let rest = self.text.get(at..).unwrap_or_default().trim_start();
        rest.is_empty()
            || rest.starts_with([')', ']', '}', '#'])
            || self.joiner_at(self.text.len() - rest.len()).is_some()
    }

    /// The AND, OR, `,`, `;`, `&` or `|` that begins at a byte.
    pub(super) fn joiner_at(&self, at: usize) -> Option<Span> {
        let rest = self.text.get(at..)?;
        let length = match rest.chars().next()? {
            'a' | 'A' if begins_with_word(rest, "and") => 3,
            'o' | 'O' if begins_with_word(rest, "or") => 2,
            first @ ('&' | '|') => 1 + usize::from(rest.chars().nth(1) == Some(first)),
            ',' | ';' => 1,
            _ => return None,
        };
        Some(Span::new(at, at + length))
    }
}

/// Whether a text begins with this word, in any case.
pub(super) fn begins_with_word(text: &str, word: &str) -> bool {
    let mut following = text.chars().skip(word.len());
    let begins = text
        .get(..word.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(word));
    begins
        && following
            .next()
            .is_none_or(|next| !next.is_ascii_alphanumeric())
}
