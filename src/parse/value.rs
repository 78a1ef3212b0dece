//! The value slot of a comparison: one word or string, and what people put there instead.

use std::iter::Peekable;
use std::vec;

use super::comparison::{Predicate, Written};
use super::error::ParseProblem;
use super::foreign::{any_or_all, words_of_part};
use super::joiner::begins_with_word;
use super::node::Node;
use super::quoting::{AROUND_EACH, holds_more, may_be_list};
use super::value_error::ValueProblem;
use super::warning::ParseWarning;
use super::{Builder, Rule};
use crate::blank::{is_for_nothing, says_present};
use crate::diagnostic::{Finding, excerpt, shortened};
use crate::span::Span;
use crate::syntax::{Literal, Operand, Operator, Relation, quoted};

/// The tokens of a value slot or of a list.
pub(super) type Tokens<'t> = Peekable<vec::IntoIter<Node<'t>>>;

/// Where a value stands: what its mistakes are explained by.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    pub(super) operator: Operator,
    pub(super) in_list: bool,
    /// Whether the comparison leaves out whom the value is true of: a value that is read wrongly
    /// leaves out nobody.
    pub(super) excludes: bool,
}

impl<'t> Builder<'t> {
    pub(super) fn slot(&self, operator: Operator, in_list: bool) -> Slot {
        Slot {
            operator,
            in_list,
            excludes: operator.negated != self.under_not,
        }
    }

    /// The operand of an operator that takes one value. A list there turns `=` into `in`.
    pub(super) fn value_slot(
        &mut self,
        written: Written,
        tokens: Vec<Node<'t>>,
        field: &str,
    ) -> Option<Predicate> {
        match tokens.first() {
            Some(first) if first.rule() == Rule::mistake_list => {
                let list = first.children().next()?;
                self.list_for_value(written, list, field)
            }
            Some(first) if first.rule() == Rule::mistake_any_list => {
                let mut parts = first.children();
                let (any, list) = (parts.next()?.span(), parts.next()?);
                let Operator { relation, negated } = written.operator;
                self.report_redundant_any(written, any);
                let values = self.list(list, written.operator, field);
                if words_of_part(relation).is_some() {
                    return None;
                }
                let relation = Relation::In;
                Some(Predicate {
                    written: Written {
                        operator: Operator { relation, negated },
                        ..written
                    },
                    operand: Operand::List(values.literals),
                    complete: values.complete,
                })
            }
            _ => {
                let value = self.value(written, tokens, field)?;
                self.warn_of_blank(written, &value);
                Some(Predicate::new(written, Operand::One(value)))
            }
        }
    }

    /// One value, where a list is not to be explained as one.
    pub(super) fn value(
        &mut self,
        written: Written,
        tokens: Vec<Node<'t>>,
        field: &str,
    ) -> Option<Literal> {
        let mut tokens: Tokens<'t> = tokens.into_iter().peekable();
        let first = tokens.next()?;
        match first.rule() {
            Rule::missing_value => {
                self.report_missing_value(written, "a value", field);
                None
            }
            // The list is the last part: before it there may be IN or ANY.
            Rule::mistake_list | Rule::mistake_any_list => {
                let list = first.children().last()?;
                self.list_for_value(written, list, field);
                None
            }
            Rule::mistake_keyword => {
                self.keyword_value(written, first.span(), field);
                None
            }
            _ => {
                let slot = self.slot(written.operator, false);
                self.literal(first, &mut tokens, slot)
            }
        }
    }

    /// A word, a string, or text that should have been one.
    pub(super) fn literal(
        &mut self,
        token: Node<'t>,
        following: &mut Tokens<'t>,
        slot: Slot,
    ) -> Option<Literal> {
        let place = token.span();
        let is_tail = |next: &Node<'_>| {
            matches!(
                next.rule(),
                Rule::mistake_glued
                    | Rule::mistake_phrase
                    | Rule::mistake_item_phrase
                    | Rule::mistake_call
            )
        };
        if let Some(tail) = following.next_if(is_tail) {
            let rule = tail.rule();
            let whole = place.to(tail.span());
            match rule {
                Rule::mistake_glued => self.report_glued(place, tail.span(), slot),
                Rule::mistake_call => self.report(Finding::new(ParseProblem::UnexpectedText {
                    found: excerpt(self.slice(whole)),
                    span: self.trimmed(whole),
                    help: "write the value itself, such as `2026-01-31`: there are no functions",
                })),
                _ => self.report_unquoted(whole, slot),
            }
            return None;
        }
        match token.rule() {
            Rule::string => self.string(place),
            Rule::word => Some(self.word(place)),
            Rule::mistake_curly => Some(self.curly_string(place, slot)),
            Rule::mistake_unterminated => {
                self.report_unterminated(place);
                None
            }
            Rule::mistake_backtick => {
                let inside = self.slice(place).trim_matches('`');
                let holds_more = may_be_list(inside, slot) || holds_more(inside);
                let finding = Finding::new(ValueProblem::BacktickValue {
                    instead: if holds_more {
                        AROUND_EACH.to_owned()
                    } else {
                        format!("`{}`", quoted(&shortened(inside)))
                    },
                    span: place,
                });
                self.report(if holds_more {
                    finding
                } else {
                    finding.fix("write straight quotes", place, quoted(inside))
                });
                None
            }
            Rule::mistake_open_quote => {
                self.report_open_quote(place);
                None
            }
            _ => {
                self.report_unquoted(place, slot);
                None
            }
        }
    }

    /// `= (a, b)`
    fn list_for_value(
        &mut self,
        written: Written,
        list: Node<'t>,
        field: &str,
    ) -> Option<Predicate> {
        let place = list.span();
        let operator = self.slice(written.span);
        let Operator { relation, negated } = written.operator;
        let instead = match (relation, negated) {
            (Relation::Equal | Relation::Is | Relation::Equals, false) => Some("in"),
            (Relation::Equal | Relation::Is | Relation::Equals, true) => Some("not in"),
            _ => None,
        };
        let help = match instead {
            Some(instead) => format!("write `{instead}` in place of `{operator}`"),
            None => any_or_all(written.operator)
                .unwrap_or_else(|| "write one value, without brackets".to_owned()),
        };
        let problem = ValueProblem::ListForValue {
            operator: operator.to_owned(),
            span: place,
            help,
        };
        match instead {
            Some(instead) => {
                let title = format!("write `{instead}`");
                self.report_with(problem, &title, written.span, instead.to_owned());
            }
            None => self.report(Finding::new(problem)),
        }
        let reported = self.findings.len();
        let values = self.list(list, written.operator, field);
        if values.literals.is_empty() {
            // One mistake: that the list is empty besides is no news.
            self.findings.truncate(reported);
        }
        instead?;
        Some(Predicate {
            written: Written {
                operator: Operator {
                    relation: Relation::In,
                    negated,
                },
                ..written
            },
            operand: Operand::List(values.literals),
            complete: values.complete,
        })
    }

    /// `what`: a value, or a list.
    pub(super) fn report_missing_value(
        &mut self,
        written: Written,
        what: &'static str,
        field: &str,
    ) {
        let operator = self.slice(written.span);
        let mut help = match (written.operator.relation, what) {
            (Relation::Between, _) => format!("write both bounds: `{field} between … and …`"),
            (_, "a list") => format!("write a list after it: `{field} {operator} (…, …)`"),
            _ => format!("write a value after it: `{field} {operator} …`"),
        };
        let rest = self
            .text
            .get(written.span.end()..)
            .unwrap_or_default()
            .trim_start();
        let joiner = ["and", "or"]
            .into_iter()
            .find(|word| begins_with_word(rest, word));
        let takes_value = what == "a value" && written.operator.relation != Relation::Between;
        if let Some(word) = joiner.filter(|_| takes_value) {
            help.push_str(&format!(
                "; if the value is the word `{word}`, put it in quotes"
            ));
        }
        self.report(Finding::new(ParseProblem::MissingValue {
            what,
            place: format!("after `{operator}`"),
            span: written.span,
            help,
        }));
    }

    /// `is empty`: a text as any other, and hardly meant as one.
    fn warn_of_blank(&mut self, written: Written, value: &Literal) {
        if let Some(instead) = meant_as_blank(written.operator, value) {
            self.report(Finding::new(ParseWarning::WordForBlank {
                word: value.text.to_string(),
                instead,
                span: value.span,
            }));
        }
    }

    /// `= null`, `= not vp`, `= in`
    fn keyword_value(&mut self, written: Written, place: Span, field: &str) {
        let text = self.slice(place);
        let (keyword, rest) = match text.split_once(char::is_whitespace) {
            Some((keyword, rest)) => (keyword, Some(rest.trim_start())),
            None => (text, None),
        };
        let Operator { relation, negated } = written.operator;
        let equality = matches!(relation, Relation::Equal | Relation::Is | Relation::Equals);
        let not = if negated { "not " } else { "" };
        let lower = keyword.to_ascii_lowercase();
        let instead = match (lower.as_str(), rest) {
            ("null" | "blank", None) if equality => Some(format!("is {not}{lower}")),
            ("not", Some(rest)) if equality && !negated => Some(if rest.contains(' ') {
                format!("!= {}", quoted(rest))
            } else {
                format!("!= {rest}")
            }),
            _ => None,
        };
        let help = match &instead {
            // `Not Employed` is a value to people.
            Some(instead) if lower == "not" => format!(
                "write `{field} {}`, or `{}` if it is one text",
                excerpt(instead),
                quoted(&shortened(text))
            ),
            Some(instead) => format!("write `{field} {}`", excerpt(instead)),
            None if lower == "null" || lower == "blank" => {
                format!("write `{field} is {lower}` as a comparison of its own")
            }
            None => format!("in quotes it is a text: `{}`", quoted(keyword)),
        };
        let finding = Finding::new(if lower == "null" {
            ValueProblem::NullComparison { span: place, help }
        } else {
            ValueProblem::KeywordAsValue {
                found: keyword.to_owned(),
                span: place,
                help,
            }
        });
        let certain_text = rest.is_none()
            && !["null", "blank", "any", "all"].contains(&lower.as_str())
            && self.comparison_ends(place.end());
        self.report(match instead.filter(|_| lower != "not") {
            Some(instead) => {
                let title = format!("write `{}`", excerpt(&instead));
                finding.fix(title, written.span.to(place), instead)
            }
            None if certain_text => finding.fix("put it in quotes", place, quoted(keyword)),
            None => finding,
        });
    }
}

/// What `is empty` and `is set` are hardly meant to differ from.
pub(super) fn meant_as_blank(operator: Operator, value: &Literal) -> Option<&'static str> {
    let may_be = !value.quoted
        && match operator.relation {
            Relation::Is => true,
            // Of a field that is equal to it `empty` may be said.
            Relation::Equal => operator.negated && is_for_nothing(&value.text),
            _ => false,
        };
    may_be.then(|| test_for_blank(&value.text, operator.negated))?
}

/// The test that a word behind IS stands for, or behind IS NOT, where it says that there is a value
/// or none.
pub(super) fn test_for_blank(word: &str, negated: bool) -> Option<&'static str> {
    let present = says_present(word)?;
    Some(if present == negated {
        "is blank"
    } else {
        "is not blank"
    })
}
