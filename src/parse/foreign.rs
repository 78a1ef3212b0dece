//! Operators of other languages: what was meant, where that is clear.

use super::comparison::{Predicate, Written};
use super::error::ParseProblem;
use super::joiner::begins_with_word;
use super::node::Node;
use super::value::test_for_blank;
use super::{Builder, Rule};
use crate::diagnostic::{Finding, excerpt};
use crate::span::Span;
use crate::syntax::{Operand, Operator, Relation};

/// An operator of the language, with its spelling.
type Meant = (Relation, bool, &'static str);

impl<'t> Builder<'t> {
    /// `!in (a, b)`, `notin (a, b)`
    pub(super) fn joined_not_in(&mut self, test: Node<'t>, field: &str) -> Option<Predicate> {
        let (operator, operand) = split(test)?;
        let place = operator.span();
        let problem = ParseProblem::JoinedNotIn {
            found: operator.as_str().to_owned(),
            span: place,
        };
        let replacement = self.padded(place, "not in");
        self.report_with(problem, "write `not in`", place, replacement);
        let meant = (Relation::In, true, "not in");
        self.operand_of(written(meant, place), None, operand, field)
    }

    /// `=>`, `=~`, `!`, `===`, `≥`
    pub(super) fn wrong_symbol(&mut self, test: Node<'t>, field: &str) -> Option<Predicate> {
        let (operator, operand) = split(test)?;
        let place = operator.span();
        let found = operator.as_str();
        let joined: String = found.split_whitespace().collect();
        let meant: Meant = match joined.as_str() {
            "=>" | "≥" => (Relation::GreaterOrEqual, false, ">="),
            "=<" | "≤" => (Relation::LessOrEqual, false, "<="),
            "===" | ":" | ":=" | "＝" => (Relation::Equal, false, "="),
            "!==" | "=!" | "=!=" | "≠" => (Relation::Equal, true, "!="),
            ">=" => (Relation::GreaterOrEqual, false, ">="),
            "<=" => (Relation::LessOrEqual, false, "<="),
            "==" => (Relation::Equal, false, "="),
            "!=" | "<>" => (Relation::Equal, true, "!="),
            "!" => {
                self.report(Finding::new(ParseProblem::LoneExclamation(place)));
                return None;
            }
            _ if found.contains('~') => {
                self.report(Finding::new(ParseProblem::RegularExpression {
                    operator: excerpt(found),
                    span: place,
                }));
                return None;
            }
            _ => {
                self.report(Finding::new(ParseProblem::UnknownOperator {
                    found: excerpt(found),
                    span: place,
                    help: "write `=`, `!=`, `<`, `<=`, `>` or `>=`".to_owned(),
                }));
                return None;
            }
        };
        let problem = if matches!(joined.as_str(), "=>" | "=<") {
            ParseProblem::ReversedSymbol {
                found: found.to_owned(),
                instead: meant.2,
                span: place,
            }
        } else {
            ParseProblem::UnknownOperator {
                found: found.to_owned(),
                span: place,
                help: format!("write `{}`", meant.2),
            }
        };
        let finding = Finding::new(problem);
        // `= <Acme>` is hardly meant for `<=`.
        let is_parted = joined.len() < found.len() && matches!(joined.as_str(), "=>" | "=<");
        self.report(if is_parted {
            finding
        } else {
            finding.fix(format!("write `{}`", meant.2), place, meant.2)
        });
        self.operand_of(written(meant, place), None, operand, field)
    }

    /// `begins with "x"`, `gt 5`, `isnull`
    pub(super) fn foreign(&mut self, test: Node<'t>, field: &str) -> Option<Predicate> {
        let mut negated: Option<Span> = None;
        let mut operator = None;
        let mut quantifier = None;
        let mut operand = Vec::new();
        for child in test.children() {
            match child.rule() {
                Rule::negated => negated = Some(child.span()),
                Rule::any | Rule::all if operator.is_some() => quantifier = Some(child.rule()),
                _ if operator.is_none() => operator = Some(child),
                _ => operand.push(child),
            }
        }
        let operator = operator?;
        let place = negated.map_or(operator.span(), |not| not.to(operator.span()));
        let meant = meant_by(operator.rule(), negated.is_some());
        // Said of a part of a text, and of one of several values.
        let is_after = operator.rule() == Rule::like_after;
        let is_ambiguous = is_after || operator.rule() == Rule::like_has;
        let has_list = operand
            .first()
            .is_some_and(|first: &Node<'_>| first.rule() == Rule::list);
        // `does not contain all (…)`: none of them, or not all of them together.
        let is_of_all =
            quantifier == Some(Rule::all) && matches!(meant, Some((Relation::Contains, true, _)));
        let help = match meant {
            Some((_, _, instead)) if is_after => {
                format!(
                    "write `{instead}` and a time, or `>=` and the next day: a day is its start"
                )
            }
            Some((_, negated, instead)) if is_ambiguous && has_list => {
                let quantifier = match quantifier {
                    Some(Rule::all) => "all",
                    _ => "any",
                };
                let whole = if negated { "not in" } else { "in" };
                format!(
                    "write `{instead} {quantifier} (…)` for parts of the text, `{whole} (…)` for \
                     all of it"
                )
            }
            Some((_, negated, instead)) if is_ambiguous => {
                let equal = if negated { "!=" } else { "=" };
                format!("write `{instead}` for a part of the text, `{equal}` for all of it")
            }
            Some((relation, negated, _)) if is_of_all => {
                any_or_all(Operator { relation, negated }).unwrap_or_default()
            }
            Some((_, _, instead)) => format!("write `{instead}`"),
            None if operator.rule() == Rule::like_exists => match negated {
                Some(_) => "write `is null` or `is blank`".to_owned(),
                None => "write `is not null` or `is not blank`".to_owned(),
            },
            None => match operator.rule() {
                Rule::like_starts_with => no_opposite("starts with"),
                Rule::like_ends_with => no_opposite("ends with"),
                _ => "write NOT in front of the field, and the operator without it".to_owned(),
            },
        };
        let finding = Finding::new(ParseProblem::UnknownOperator {
            found: self.slice(place).to_owned(),
            span: place,
            help,
        });
        let Some(meant) = meant else {
            self.report(finding);
            return None;
        };
        // `does not contain any of (…)`: what is said of ANY OF says all of it.
        let is_any = |token: &Node<'_>| token.rule() == Rule::mistake_any_list;
        if !(words_of_part(meant.0).is_some() && operand.first().is_some_and(is_any)) {
            let title = format!("write `{}`", meant.2);
            self.report(if is_ambiguous || is_of_all {
                finding
            } else {
                finding.fix(title, place, meant.2)
            });
        }
        let written = written(meant, place);
        if matches!(meant.0, Relation::IsNull | Relation::IsBlank) {
            return Some(Predicate::new(written, Operand::None));
        }
        let is_list = |token: &Node<'_>| token.rule() == Rule::list;
        let takes_list = meant.0 == Relation::In || quantifier.is_some();
        if !takes_list && operand.first().is_some_and(is_list) {
            return None;
        }
        self.operand_of(written, quantifier, operand, field)
    }

    /// `seniority not vp`, `seniority not = vp`, `company_employee_count not > 5`
    pub(super) fn not_value(&mut self, test: Node<'t>, field: &str) -> Option<Predicate> {
        let mut parts = test.children();
        let (not, next) = (parts.next()?, parts.next()?);
        let mut place = not.span();
        let mut meant: Meant = (Relation::Equal, true, "!=");
        let mut operand = vec![next];
        if next.rule() == Rule::list {
            meant = (Relation::In, true, "not in");
        } else if matches!(next.rule(), Rule::equality | Rule::ordering) {
            let (symbol, value) = split(next)?;
            meant = match symbol.rule() {
                Rule::equal => meant,
                Rule::not_equal => (Relation::Equal, false, "="),
                Rule::less => (Relation::GreaterOrEqual, false, ">="),
                Rule::less_or_equal => (Relation::Greater, false, ">"),
                Rule::greater => (Relation::LessOrEqual, false, "<="),
                _ => (Relation::Less, false, "<"),
            };
            place = place.to(symbol.span());
            operand = value;
        } else {
            operand.extend(parts);
        }
        let end = operand.last().map_or(place.end(), |last| last.span().end());
        let rest = self.text.get(end..).unwrap_or_default().trim_start();
        let value_follows = operand.len() > 1 || rest.starts_with(['"', '\'', '(']);
        if let Some(first) = operand.first()
            && first.rule() == Rule::word
            && value_follows
            && meant.2 == "!="
        {
            self.report_not_words(place, first.span(), end);
            return None;
        }
        let is_value = self.comparison_ends(end);
        if meant.2 == "=" {
            // Two negatives are as often a slip for one as they are none: what is meant is not known.
            self.report(Finding::new(ParseProblem::UnknownOperator {
                found: self.slice(place).to_owned(),
                span: place,
                help: "write `!=` if it must not be this value, `=` if it must".to_owned(),
            }));
            return None;
        }
        let write = format!("write `{}`", meant.2);
        // `not empty` is hardly said of the word.
        let blank = operand.first().and_then(|value| said_of_blank(value));
        let help = match blank {
            Some(instead) => format!("write `{instead}`, or `{}` for the word", meant.2),
            None => write.clone(),
        };
        let finding = Finding::new(ParseProblem::UnknownOperator {
            found: self.slice(place).to_owned(),
            span: place,
            help,
        });
        self.report(if is_value && blank.is_none() {
            finding.fix(write, place, meant.2)
        } else {
            finding
        });
        if blank.is_some() {
            return None;
        }
        self.operand_of(written(meant, place), None, operand, field)
    }

    /// `in any (vp, cxo)`, `= any (vp, cxo)`, `contains in (vp, cxo)`; `any`: up to the list.
    pub(super) fn report_redundant_any(&mut self, written: Written, any: Span) {
        let operator = written.span.to(any);
        let Operator { relation, negated } = written.operator;
        let found = self.slice(operator);
        let instead = if negated { "not in" } else { "in" };
        if let Some(words) = words_of_part(relation) {
            let help = match (negated, words) {
                (false, _) | (_, "contains") => {
                    let not = if negated { "not " } else { "" };
                    format!(
                        "write `{not}{words} any (…)` for parts of the text, \
                         `{instead} (…)` for all of it"
                    )
                }
                _ => no_opposite(words),
            };
            self.report(Finding::new(ParseProblem::UnknownOperator {
                found: excerpt(found),
                span: operator,
                help,
            }));
            return;
        }
        let begins = |word: &str| begins_with_word(self.slice(any), word);
        let (is_all, is_none) = (begins("all"), begins("none"));
        // `> any (5, 6)` asks for no whole value.
        let is_equality = matches!(
            relation,
            Relation::Equal | Relation::Is | Relation::Equals | Relation::In
        );
        let finding = Finding::new(ParseProblem::UnknownOperator {
            found: excerpt(found),
            span: operator,
            help: if !is_equality {
                "write one operator: `in (…)` or `not in (…)` for several values".to_owned()
            } else if is_none && negated {
                "write `in (…)`, or `not in (…)`".to_owned()
            } else if is_none {
                "write `not in (…)`".to_owned()
            } else if is_all && !negated {
                "write `in (…)` if one of the values is enough, else a comparison for each"
                    .to_owned()
            } else {
                format!("write `{instead} (…)`")
            },
        });
        self.report(if is_all || is_none || !is_equality {
            finding
        } else {
            finding.fix(format!("write `{instead}`"), operator, instead)
        });
    }

    /// `job_title any (…)`
    pub(super) fn any_alone(&mut self, test: Node<'t>) -> Option<Predicate> {
        let is_word =
            |child: &Node<'_>| matches!(child.rule(), Rule::any | Rule::all | Rule::any_of);
        let is_not = |child: &Node<'_>| child.rule() == Rule::negated;
        let not = if test.children().any(|child| is_not(&child)) {
            "not "
        } else {
            ""
        };
        let word = test.children().find(is_word)?;
        let found = word.as_str();
        let is_all = begins_with_word(found, "all");
        self.report(Finding::new(ParseProblem::UnknownOperator {
            found: found.to_owned(),
            span: word.span(),
            help: if is_all {
                format!(
                    "write `{not}contains all (…)` for parts of the text, or a comparison for \
                     each value"
                )
            } else {
                format!(
                    "write `{not}in (…)` for whole values, or `{not}contains any (…)` for parts \
                     of the text"
                )
            },
        }));
        None
    }

    /// `contains either (…)`, `contains any of (…)`
    pub(super) fn report_quantifier(&mut self, written: Written) {
        let found = self.slice(written.span);
        let mut words = found.split_whitespace().rev();
        let is_not = |word: &str| word.eq_ignore_ascii_case("not");
        let is_none = words.clone().next().is_some_and(is_not)
            || words.any(|word| word.eq_ignore_ascii_case("none"));
        let negated = written.operator.negated;
        let help = match words_of_part(written.operator.relation) {
            Some(words) if is_none && negated => Some(format!(
                "write `{words} any (…)` if one of them must be there"
            )),
            Some("contains") if is_none => Some("write `not contains any (…)`".to_owned()),
            Some(words) if is_none => Some(no_opposite(words)),
            _ => any_or_all(written.operator),
        };
        self.report(Finding::new(ParseProblem::UnknownOperator {
            found: excerpt(found),
            span: written.span,
            help: help.unwrap_or_else(|| "write `any (…)` or `all (…)`".to_owned()),
        }));
    }
}

fn split(test: Node<'_>) -> Option<(Node<'_>, Vec<Node<'_>>)> {
    let mut parts = test.children();
    let operator = parts.next()?;
    Some((operator, parts.collect()))
}

fn written((relation, negated, _): Meant, span: Span) -> Written {
    Written {
        operator: Operator { relation, negated },
        span,
    }
}

/// What `not empty` says of a field, where a word behind NOT is one for the absence of a value.
fn said_of_blank(value: &Node<'_>) -> Option<&'static str> {
    let is_word = value.rule() == Rule::word;
    is_word.then(|| test_for_blank(value.as_str(), true))?
}

/// The operator that a foreign one stands for.
fn meant_by(rule: Rule, negated: bool) -> Option<Meant> {
    Some(match (rule, negated) {
        (Rule::like_equal, false) => (Relation::Equal, false, "="),
        (Rule::like_equal, true) | (Rule::like_not_equal, false) => (Relation::Equal, true, "!="),
        (Rule::like_in, false) => (Relation::In, false, "in"),
        (Rule::like_in, true) | (Rule::like_not_in, false) => (Relation::In, true, "not in"),
        (Rule::like_contains | Rule::like_has, false) => (Relation::Contains, false, "contains"),
        (Rule::like_contains | Rule::like_has, true) | (Rule::like_not_contains, false) => {
            (Relation::Contains, true, "not contains")
        }
        (Rule::like_starts_with, false) => (Relation::StartsWith, false, "starts with"),
        (Rule::like_ends_with, false) => (Relation::EndsWith, false, "ends with"),
        (Rule::like_greater | Rule::like_after, false) => (Relation::Greater, false, ">"),
        (Rule::like_greater_or_equal, false) => (Relation::GreaterOrEqual, false, ">="),
        (Rule::like_less, false) => (Relation::Less, false, "<"),
        (Rule::like_less_or_equal, false) => (Relation::LessOrEqual, false, "<="),
        (Rule::like_blank, false) => (Relation::IsBlank, false, "is blank"),
        (Rule::like_blank, true) | (Rule::like_not_blank, false) => {
            (Relation::IsBlank, true, "is not blank")
        }
        (Rule::like_null, false) => (Relation::IsNull, false, "is null"),
        (Rule::like_null, true) | (Rule::like_not_null, false) => {
            (Relation::IsNull, true, "is not null")
        }
        _ => return None,
    })
}

/// How an operator for parts of a text takes several values.
pub(super) fn any_or_all(operator: Operator) -> Option<String> {
    let words = words_of_part(operator.relation)?;
    Some(if operator.negated && words != "contains" {
        no_opposite(words)
    } else if operator.negated {
        format!(
            "write `not {words} any (…)` if none of them may be there, \
             `not {words} all (…)` if only all of them together may not"
        )
    } else {
        format!(
            "write `{words} any (…)` if one of them is enough, \
             `{words} all (…)` if all of them must be there"
        )
    })
}

/// The operators that look at a part of a text.
pub(super) fn words_of_part(relation: Relation) -> Option<&'static str> {
    Some(match relation {
        Relation::Contains => "contains",
        Relation::StartsWith => "starts with",
        Relation::EndsWith => "ends with",
        _ => return None,
    })
}

/// What to write for the opposite of STARTS WITH or ENDS WITH.
pub(super) fn no_opposite(operator: &str) -> String {
    format!(
        "the vendor's filter has no opposite of `{operator}`: write `not contains` \
         if the text may stand nowhere in the value"
    )
}
