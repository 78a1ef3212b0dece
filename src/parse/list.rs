//! Lists of values, and the list slot of an operator.

use super::comparison::Written;
use super::error::ParseProblem;
use super::node::Node;
use super::value::{Slot, Tokens};
use super::value_error::ValueProblem;
use super::{Builder, Rule};
use crate::decimal::{self, Meant};
use crate::diagnostic::{Finding, excerpt};
use crate::span::Span;
use crate::syntax::{Literal, Operator, are_three_digits, is_group_of_digits, quoted};

/// The values of a list, as far as they could be understood.
#[derive(Default)]
pub(super) struct Values {
    pub(super) literals: Vec<Literal>,
    /// Whether these are all of them.
    pub(super) complete: bool,
}

/// Why values without parentheses may be others than they look.
enum Doubt {
    /// `a or b`: the OR may join comparisons.
    Or,
    /// `"a, b"`, with its parts as a list has them.
    SeveralInOne(String),
    /// `10,000`: may be one number.
    GroupsOfDigits,
    /// A value could not be understood.
    Mistake,
}

impl<'t> Builder<'t> {
    /// The operand of IN, ANY and ALL. `None` where there is none.
    pub(super) fn list_slot(
        &mut self,
        written: Written,
        tokens: Vec<Node<'t>>,
        field: &str,
    ) -> Option<Values> {
        let first = tokens.into_iter().next()?;
        match first.rule() {
            Rule::list => Some(self.list(first, written.operator, field)),
            Rule::mistake_bare_list => Some(self.bare_list(first, written.operator)),
            _ => {
                self.report_missing_value(written, "a list", field);
                None
            }
        }
    }

    /// Values in brackets of any kind.
    pub(super) fn list(&mut self, node: Node<'t>, operator: Operator, field: &str) -> Values {
        let whole = node.span();
        let slot = self.slot(operator, true);
        let mut tokens: Tokens<'t> = node.children().collect::<Vec<_>>().into_iter().peekable();
        let mut literals: Vec<Literal> = Vec::new();
        let mut complete = true;
        // The value before the cursor that no comma has closed.
        let mut pending: Option<Span> = None;
        let mut empty = true;
        let mut before = Span::new(whole.start(), whole.start());
        let mut open = whole;
        let mut close = None;
        let mut grouped: Vec<Span> = Vec::new();
        while let Some(token) = tokens.next() {
            let place = token.span();
            match token.rule() {
                Rule::open => open = place,
                Rule::close => close = Some(place),
                Rule::missing_close => {}
                Rule::comma => {
                    match pending.take() {
                        Some(value) => {
                            let next = tokens.peek().map(|next| next.span());
                            let next =
                                next.filter(|next| is_group_of_digits(self.text, value, *next));
                            grouped.extend(next.map(|next| value.to(next)));
                        }
                        None => {
                            self.report_missing_item(place);
                            complete = false;
                        }
                    }
                    empty = false;
                }
                Rule::mistake_separator => {
                    self.report_separator(&token, before, open, pending.is_some());
                    pending = None;
                }
                rule => {
                    if pending.is_some() && rule != Rule::list_junk {
                        self.report_missing_comma(place);
                    }
                    let is_not =
                        rule == Rule::list_keyword && self.slice(place).eq_ignore_ascii_case("not");
                    pending = Some(place).filter(|_| !is_not);
                    empty = false;
                    match self.list_item(token, &mut tokens, slot, field) {
                        Some(value) => literals.push(value),
                        None => complete = false,
                    }
                }
            }
            before = place;
        }
        if !grouped.is_empty() && !are_three_digits(&literals) {
            let numbers = joined(grouped);
            // What they were read as is not complained of once more.
            literals.retain(|literal| !is_inside(literal.span, &numbers));
            complete = false;
            self.report_grouped_digits(&numbers);
        }
        self.check_brackets(open, close, "the list");
        if empty && close.is_some() {
            self.report(Finding::new(ValueProblem::EmptyList(whole)));
        }
        Values {
            complete: complete && !literals.is_empty(),
            literals,
        }
    }

    fn list_item(
        &mut self,
        token: Node<'t>,
        following: &mut Tokens<'t>,
        slot: Slot,
        field: &str,
    ) -> Option<Literal> {
        let place = token.span();
        match token.rule() {
            Rule::nested_list => {
                self.report(Finding::new(ValueProblem::NestedList(place)));
                None
            }
            Rule::list_keyword => {
                self.list_keyword(place, slot, field);
                None
            }
            Rule::list_junk => {
                self.report(Finding::new(ParseProblem::UnexpectedText {
                    found: excerpt(self.slice(place)),
                    span: self.trimmed(place),
                    help: "remove it, or put it in quotes if it belongs to a value; \
                           the values of a list are separated by commas",
                }));
                None
            }
            _ => self.literal(token, following, slot),
        }
    }

    fn list_keyword(&mut self, place: Span, slot: Slot, field: &str) {
        let found = self.slice(place);
        if ["null", "blank"]
            .iter()
            .any(|word| found.eq_ignore_ascii_case(word))
        {
            let found = found.to_ascii_lowercase();
            let help = format!(
                "leave it out of the list and compare by itself: `{field} is {found}`, \
                 or `{field} is not {found}` after NOT IN"
            );
            self.report(Finding::new(if found == "null" {
                ValueProblem::NullComparison { span: place, help }
            } else {
                ValueProblem::KeywordAsValue {
                    found,
                    span: place,
                    help,
                }
            }));
            return;
        }
        if found.eq_ignore_ascii_case("not") {
            let not = if slot.operator.negated { "" } else { "not " };
            let help = format!(
                "a list has no NOT: write a comparison of its own, such as `{field} {not}in (…)`; \
                 in quotes it is a text"
            );
            let found = found.to_owned();
            let problem = ValueProblem::KeywordAsValue {
                found,
                span: place,
                help,
            };
            self.report(Finding::new(problem));
            return;
        }
        let certain = !["any", "all"]
            .iter()
            .any(|word| found.eq_ignore_ascii_case(word))
            && self.comparison_ends(place.end());
        let finding = Finding::new(ValueProblem::KeywordAsValue {
            found: found.to_owned(),
            span: place,
            help: format!("in quotes it is a text: `{}`", quoted(found)),
        });
        self.report(if certain {
            finding.fix("put it in quotes", place, quoted(found))
        } else {
            finding
        });
    }

    /// Values without brackets: `in a, b`, `in a or b`.
    fn bare_list(&mut self, node: Node<'t>, operator: Operator) -> Values {
        let whole = node.span();
        let slot = self.slot(operator, true);
        let reported = self.findings.len();
        let mut tokens: Tokens<'t> = node.children().collect::<Vec<_>>().into_iter().peekable();
        let mut literals = Vec::new();
        let mut places: Vec<Span> = Vec::new();
        let mut complete = true;
        let mut has_or = false;
        while let Some(token) = tokens.next() {
            match token.rule() {
                Rule::comma => continue,
                Rule::or => {
                    has_or = true;
                    continue;
                }
                _ => {}
            }
            places.push(token.span());
            match self.literal(token, &mut tokens, slot) {
                Some(value) => literals.push(value),
                None => complete = false,
            }
        }
        let doubt = if has_or {
            Some(Doubt::Or)
        } else if let Some(parts) = strings_in_one(&literals) {
            Some(Doubt::SeveralInOne(parts))
        } else if self.has_groups_of_digits(&places) && !are_three_digits(&literals) {
            Some(Doubt::GroupsOfDigits)
        } else {
            (!complete).then_some(Doubt::Mistake)
        };
        let text = self.slice(whole);
        let items = match doubt {
            // One phrase without quotes and without parentheses is one mistake, and may be two
            // values just as well.
            Some(Doubt::Mistake) if places.len() == 1 && !text.contains(['"', '\'', '`']) => {
                self.findings.truncate(reported);
                quoted(text)
            }
            Some(Doubt::Or | Doubt::GroupsOfDigits) => {
                let values = places.iter().map(|place| self.slice(*place));
                values.collect::<Vec<_>>().join(", ")
            }
            _ => text.to_owned(),
        };
        let shown = excerpt(&items);
        let finding = Finding::new(ValueProblem::ListWithoutParentheses {
            span: whole,
            help: match &doubt {
                Some(Doubt::SeveralInOne(parts)) => format!(
                    "write `({})`, or `({shown})` if that is one value",
                    excerpt(parts)
                ),
                _ => format!("write `({shown})`"),
            },
        });
        self.report(match doubt {
            None => finding.fix("write parentheses", whole, format!("({items})")),
            Some(_) => finding,
        });
        Values { literals, complete }
    }

    /// `10, 000`
    fn has_groups_of_digits(&self, places: &[Span]) -> bool {
        let is_one = |pair: &[Span]| matches!(pair, [value, next] if is_group_of_digits(self.text, *value, *next));
        places.windows(2).any(is_one)
    }

    /// No fix: one value or several decides who is selected, after NOT IN it is who is left out.
    fn report_grouped_digits(&mut self, numbers: &[Span]) {
        for number in numbers {
            let text = excerpt(self.slice(*number));
            let (one, several) = (quoted(&text), text.replace(',', ", "));
            let are_values = !several.contains(", 0");
            let help = if let Some(Meant { digits: number, .. }) = decimal::meant(&text, true) {
                format!(
                    "write `{number}` for a number, `{one}` for a text, or `{several}` for several values"
                )
            } else if are_values {
                format!("write `{one}` for one value, or `{several}` for several")
            } else {
                format!("write `{one}` if it is one value")
            };
            let span = *number;
            self.report(Finding::new(ValueProblem::GroupedDigits {
                text,
                span,
                help,
            }));
        }
    }

    /// No fix: NOT IN leaves out fewer without the value, and ALL asks for less.
    fn report_missing_item(&mut self, comma: Span) {
        self.report(Finding::new(ParseProblem::MissingValue {
            what: "a value",
            place: "before this comma".to_owned(),
            span: comma,
            help: "write a value, or remove the comma".to_owned(),
        }));
    }

    /// No fix: two values or one that needs quotes decides who is selected.
    fn report_missing_comma(&mut self, next: Span) {
        let problem = ValueProblem::MissingComma {
            next: excerpt(self.slice(next)),
            span: next,
        };
        self.report(Finding::new(problem));
    }

    /// A fix only where OR was written: AND in a list asks for something that a list does not say.
    /// `before`: the token in front. `open`: the list's bracket. ALL with OR between its values
    /// contradicts itself.
    /// `behind_value`: of two separators in a row one may be a value, such as `OR` of a state.
    fn report_separator(&mut self, token: &Node<'t>, before: Span, open: Span, behind_value: bool) {
        let upto = self.text.get(..open.start()).unwrap_or_default();
        let before_list = upto.trim_end();
        let gap = upto.get(before_list.len()..).unwrap_or_default();
        let last_word = before_list
            .rsplit(|c: char| !c.is_ascii_alphabetic())
            .next();
        let is_all = last_word.is_some_and(|word| word.eq_ignore_ascii_case("all"));
        let of_all = is_all || may_end_in_comment(before_list, gap);
        let place = token.span();
        let found = token.as_str();
        let is_and = found == "&&" || found == "&" || found.eq_ignore_ascii_case("and");
        let is_word = found.starts_with(|c: char| c.is_ascii_alphabetic());
        let help = if !behind_value && is_word {
            "put it in quotes if it is a value, else leave it out"
        } else if is_and {
            "write a comma between the values of a list, or quotes around them if they are one; \
             if all of them must hold, write a comparison for each and join them with AND"
        } else {
            "write a comma between the values of a list"
        };
        let finding = Finding::new(ValueProblem::WrongSeparator {
            found: found.to_owned(),
            span: place,
            help,
        });
        // Blanks in front go too, but the line of a comment keeps its end.
        let gap = Span::new(before.end(), place.start());
        let is_blank = self.slice(gap).chars().all(char::is_whitespace);
        let edited = if is_blank { gap.to(place) } else { place };
        self.report(if is_and || of_all || !behind_value {
            finding
        } else {
            finding.fix("write a comma", edited, ",")
        });
    }
}

/// `"a", "b"` for `"a, b"`: one string that is several values where a list is wanted.
fn strings_in_one(literals: &[Literal]) -> Option<String> {
    let [literal] = literals else { return None };
    let parts = literal.text.split([',', ';', '|']).map(str::trim);
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).map(quoted).collect();
    (parts.len() > 1).then(|| parts.join(", "))
}

/// Numbers of several groups in one piece: `1,000` and `000,000` are one. `places`: in the order of
/// the text.
fn joined(places: Vec<Span>) -> Vec<Span> {
    let mut numbers: Vec<Span> = Vec::new();
    for place in places {
        match numbers.last_mut() {
            Some(number) if place.start() < number.end() => *number = number.to(place),
            _ => numbers.push(place),
        }
    }
    numbers
}

/// Whether a value is part of a number. `numbers`: in the order of the text.
fn is_inside(value: Span, numbers: &[Span]) -> bool {
    let next = numbers.partition_point(|number| number.end() <= value.start());
    numbers
        .get(next)
        .is_some_and(|number| number.start() <= value.start())
}

/// Whether a comment may stand between an operator and its list, which begins behind `gap`: what is
/// in front of it is then not what `before` ends with. Looks at a line only where it ends here.
fn may_end_in_comment(before: &str, gap: &str) -> bool {
    let ends_line = gap.contains(['\n', '\r']);
    let line = || before.rsplit(['\n', '\r']).next().unwrap_or_default();
    let is_marked = |line: &str| ["#", "//", "--"].iter().any(|mark| line.contains(mark));
    before.ends_with("*/") || ends_line && is_marked(line())
}
