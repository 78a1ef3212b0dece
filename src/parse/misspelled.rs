//! Operators typed wrongly: the nearest one, and whether it is certain enough for a fix.

use super::error::ParseProblem;
use super::foreign::{any_or_all, no_opposite};
use super::joiner::begins_with_word;
use super::node::Node;
use super::{Builder, Rule};
use crate::diagnostic::{Finding, excerpt, shortened};
use crate::span::Span;
use crate::suggest::nearest;
use crate::syntax::{Expr, Mistake, Name, Operator, Relation, quoted};

impl<'t> Builder<'t> {
    /// `topic resembles "x"`
    pub(super) fn unknown_operator(&mut self, node: Node<'t>) -> Expr {
        let whole = node.span();
        let mut fields: Vec<Name> = Vec::new();
        for child in node.children() {
            match child.rule() {
                Rule::name | Rule::quoted_name => fields.extend(self.name(&child)),
                Rule::unknown_operator => {
                    let found = child.as_str();
                    self.report_operator(found, nearest_operator(found), child.span());
                }
                _ => {}
            }
        }
        Expr::Mistake(Mistake {
            fields,
            span: whole,
        })
    }

    /// `not contians x`, `not starting with x`: words that are an operator, and not `!=` with a value.
    /// `first`: the word behind NOT. `end`: of what belongs to it.
    pub(super) fn report_not_words(&mut self, not: Span, first: Span, end: usize) {
        if let Some(near) = nearest_operator(self.slice(first)).and_then(Near::negated) {
            let place = not.to(first);
            self.report_operator(self.slice(place), Some(near), place);
            return;
        }
        let value = quoted(&shortened(self.slice(Span::new(first.start(), end))));
        self.report(Finding::new(ParseProblem::UnknownOperator {
            found: self.slice(not).to_owned(),
            span: not,
            help: format!(
                "write an operator behind it, such as `not contains`, or `!= {value}` if that is \
                 the value"
            ),
        }));
    }

    /// A word where an operator belongs; `near`: the one that it nearly is.
    pub(super) fn report_operator(&mut self, found: &str, near: Option<Near>, span: Span) {
        self.bound_follows = near.is_some_and(|near| near.operator == "between");
        let mut instead = None;
        let behind = self.text.get(span.end()..).unwrap_or_default().trim_start();
        // Of other operators ANY is no part.
        let near =
            near.filter(|near| looks_at_parts(near.operator) || !begins_with_quantifier(behind));
        let list = near.and_then(|near| near.help_for_list(behind.starts_with(['(', '[', '{'])));
        let help = match (list, near) {
            // One step further: these take no list without ANY or ALL, and which is not known.
            (Some(help), _) => help,
            (None, Some(Near { operator, sign, .. })) => {
                let has_opposite = !operator.contains(' ');
                let not = format!("not {operator}");
                match sign {
                    Sign::Plain => {
                        // Of two words the second may stand there already.
                        instead = has_opposite.then(|| operator.to_owned());
                        format!("write `{operator}`")
                    }
                    Sign::Negated if !has_opposite => no_opposite(operator),
                    Sign::Negated if begins_with_word(behind, "all") => {
                        // None of them, or not all of them together.
                        let (relation, negated) = (Relation::Contains, true);
                        any_or_all(Operator { relation, negated }).unwrap_or_default()
                    }
                    Sign::Negated => {
                        instead = Some(not.clone());
                        format!("write `{not}`")
                    }
                    Sign::Unclear if has_opposite => {
                        format!("write `{operator}`, or `{not}` for the opposite")
                    }
                    Sign::Unclear => {
                        format!("write `{operator}`: the vendor's filter has no opposite of it")
                    }
                }
            }
            (None, None) => {
                "the operators for text are `=`, `!=`, `in`, `contains`, `starts with`, …"
                    .to_owned()
            }
        };
        let finding = Finding::new(ParseProblem::UnknownOperator {
            found: excerpt(found),
            span,
            help,
        });
        self.report(match instead {
            Some(instead) => finding.fix("correct the operator", span, instead),
            None => finding,
        });
    }
}

/// The operator that a mistyped word is near to.
#[derive(Clone, Copy)]
pub(super) struct Near {
    pub(super) operator: &'static str,
    /// Whether ANY or ALL is a part of the word: `containsAny`.
    has_quantifier: bool,
    sign: Sign,
}

impl Near {
    /// What to write for an operator that looks at a part of a text, where it is said of several.
    fn help_for_list(self, has_list: bool) -> Option<String> {
        let relation = match self.operator {
            "contains" => Relation::Contains,
            "starts with" => Relation::StartsWith,
            "ends with" => Relation::EndsWith,
            _ => return None,
        };
        if !has_list && !self.has_quantifier {
            return None;
        }
        let words = self.operator;
        let negated = match self.sign {
            Sign::Plain => false,
            Sign::Negated => true,
            Sign::Unclear if relation == Relation::Contains => {
                return Some(format!(
                    "write `{words} any (…)`, or `not {words} any (…)` for the opposite"
                ));
            }
            Sign::Unclear => {
                return Some(format!(
                    "write `{words} any (…)`: the vendor's filter has no opposite of it"
                ));
            }
        };
        any_or_all(Operator { relation, negated })
    }

    /// With a NOT in front; `None` if there may be one in the word already.
    fn negated(self) -> Option<Self> {
        let sign = Sign::Negated;
        matches!(self.sign, Sign::Plain).then_some(Self { sign, ..self })
    }
}

/// Whether an operator takes ANY and ALL.
fn looks_at_parts(operator: &str) -> bool {
    matches!(operator, "contains" | "starts with" | "ends with")
}

/// `any (vp, cxo)`
fn begins_with_quantifier(text: &str) -> bool {
    ["any", "all"].iter().any(|it| begins_with_word(text, it))
}

/// Whether a mistyped operator says the opposite: a correction must never turn it round.
#[derive(Clone, Copy)]
enum Sign {
    Plain,
    /// `notEquals`, `containsNot`
    Negated,
    /// `nequals`, `isnt`: one `n` more, or another beginning, may be meant for NOT.
    Unclear,
}

/// The operator that a mistyped word is nearest to.
pub(super) fn nearest_operator(word: &str) -> Option<Near> {
    let folded = word.to_ascii_lowercase();
    let quantified = ["any", "all"]
        .into_iter()
        .find_map(|quantifier| folded.strip_suffix(quantifier));
    let stem = quantified.map(|stem| stem.trim_end_matches(['_', '-']));
    let quantified = stem.and_then(nearest_alone).filter(|(operator, _)| {
        // Of others ANY is no part.
        looks_at_parts(operator)
    });
    let has_quantifier = quantified.is_some();
    let (operator, sign) = quantified.or_else(|| nearest_alone(&folded))?;
    Some(Near {
        operator,
        has_quantifier,
        sign,
    })
}

/// The same of a word in small letters without ANY or ALL.
fn nearest_alone(folded: &str) -> Option<(&'static str, Sign)> {
    if let Some((before, behind)) = folded.split_once("not") {
        let parts = [before.trim_end_matches('_'), behind.trim_start_matches('_')];
        if let Some(operator) = operator_like(&parts.concat()) {
            // `conotains` is no NOT.
            let is_at_an_end = parts.contains(&"");
            return Some((
                operator,
                if is_at_an_end {
                    Sign::Negated
                } else {
                    Sign::Unclear
                },
            ));
        }
    }
    let operator = operator_like(folded)?;
    let negations = |text: &str| text.matches('n').count();
    let is_begun = folded.starts_with(|first| operator.starts_with(first));
    let sign = if is_begun && negations(folded) <= negations(operator) {
        Sign::Plain
    } else {
        Sign::Unclear
    };
    Some((operator, sign))
}

fn operator_like(word: &str) -> Option<&'static str> {
    const OPERATORS: [(&str, &str); 7] = [
        ("contains", "contains"),
        ("between", "between"),
        ("equals", "equals"),
        ("startswith", "starts with"),
        ("endswith", "ends with"),
        ("starts", "starts with"),
        ("ends", "ends with"),
    ];
    let near = nearest(word, OPERATORS.map(|(typed, _)| typed))?;
    let found = OPERATORS.into_iter().find(|(typed, _)| *typed == near);
    found.map(|(_, operator)| operator)
}
