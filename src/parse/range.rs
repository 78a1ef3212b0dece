//! BETWEEN and its two bounds.

use super::comparison::{Predicate, Written};
use super::error::ParseProblem;
use super::node::Node;
use super::{Builder, Rule};
use crate::diagnostic::{Finding, excerpt};
use crate::span::Span;
use crate::syntax::{Operand, Operator, Relation};

impl<'t> Builder<'t> {
    /// `between 10 and 500`
    pub(super) fn range(&mut self, test: Node<'t>, field: &str) -> Option<Predicate> {
        let whole = test.span();
        let mut negated = false;
        let mut operator_span: Option<Span> = None;
        let mut bounds: [Vec<Node<'t>>; 2] = [Vec::new(), Vec::new()];
        let mut separator = None;
        for child in test.children() {
            let place = child.span();
            match child.rule() {
                Rule::negated => {
                    negated = true;
                    operator_span = Some(place);
                }
                Rule::between => {
                    operator_span = Some(operator_span.map_or(place, |seen| seen.to(place)));
                }
                Rule::and | Rule::mistake_range_separator | Rule::missing_and => {
                    separator = Some(child);
                }
                _ => {
                    let [low, high] = &mut bounds;
                    if separator.is_none() { low } else { high }.push(child);
                }
            }
        }
        let written = Written {
            operator: Operator {
                relation: Relation::Between,
                negated,
            },
            span: operator_span?,
        };
        let [low, high] = bounds;
        let separator = separator?;
        if separator.rule() == Rule::missing_and {
            return self.malformed_range(written, &low, whole, field);
        }
        if separator.rule() == Rule::mistake_range_separator {
            let place = separator.span();
            let [low, high] = [&low, &high].map(|bound| self.written_value(bound));
            let finding = Finding::new(ParseProblem::MalformedRange {
                low,
                high,
                span: place,
            });
            // `1,5` is a number in other languages.
            let is_comma = self.slice(place).starts_with([',', ';']);
            self.report(if is_comma {
                finding
            } else {
                finding.fix("write `and`", place, " and")
            });
        }
        let joined = Written {
            span: separator.span(),
            ..written
        };
        let low = self.value(written, low, field);
        let high = self.value(joined, high, field);
        Some(Predicate::new(
            written,
            Operand::Range(Box::new([low?, high?])),
        ))
    }

    /// BETWEEN with something else than two values and an AND: `between (1, 5)`, `between 1 to 5`.
    fn malformed_range(
        &mut self,
        written: Written,
        low: &[Node<'t>],
        whole: Span,
        field: &str,
    ) -> Option<Predicate> {
        if matches!(
            low.first().map(|low| low.rule()),
            None | Some(Rule::missing_value)
        ) {
            self.report_missing_value(written, "a value", field);
            return None;
        }
        let text = self.written_value(low);
        let inside = text.trim_matches(|c: char| "()[]{}".contains(c));
        let pieces: Vec<&str> = inside
            .split([',', ' ', ';'])
            .flat_map(|piece| piece.split(".."))
            .flat_map(between_digits)
            .filter(|piece| !piece.is_empty() && !["to", "-", "and", "or"].contains(piece))
            .collect();
        let (low, high) = match pieces.as_slice() {
            [low, high] => (*low, *high),
            _ => (pieces.first().copied().unwrap_or("low"), "…"),
        };
        self.report(Finding::new(ParseProblem::MalformedRange {
            low: excerpt(low),
            high: excerpt(high),
            span: Span::new(
                written.span.start(),
                whole
                    .end()
                    .min(whole.start() + self.slice(whole).trim_end().len()),
            ),
        }));
        None
    }

    /// A value slot as it stands in the text.
    fn written_value(&self, tokens: &[Node<'t>]) -> String {
        let whole = tokens.iter().map(|token| token.span()).reduce(Span::to);
        excerpt(whole.map_or("…", |whole| self.slice(whole)))
    }
}

/// `100` and `500` of `100-500`.
fn between_digits(piece: &str) -> Vec<&str> {
    match piece.split_once('-') {
        Some((low, high)) if is_whole(low) && is_whole(high) => vec![low, high],
        _ => vec![piece],
    }
}

fn is_whole(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
