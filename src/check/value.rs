//! One literal against the type of one field: what it must look like, and the vendor's spelling.

use std::collections::{HashMap, HashSet};

use compact_str::CompactString;

use super::Checker;
use super::error::CheckProblem;
use crate::catalog::{Field, FieldOption, FieldType, OptionMatch};
use crate::diagnostic::{Finding, excerpt};
use crate::filter::{Test, Value};
use crate::moment::{self, Flaw, Moment};
use crate::span::Span;
use crate::suggest::{is_certain, nearest};
use crate::syntax::{Comparison, Literal, MARKS_OF_WITHOUT, Name, Relation, is_keyword, quoted};

/// How many unknown options of a text, and how many fields, are measured against all that there are:
/// of more than are shown to a person, nobody reads the advice, and a picklist may have thousands.
pub(super) const MOST_SOUGHT: usize = 100;

/// Of more options than these, the first few help nobody.
const MOST_LISTED: usize = 50;

impl Checker<'_, '_> {
    /// The literal as a value of the field, or `None` and a problem. `name`: the field as written.
    #[inline(always)] // Once a value: the call costs a part of what is done.
    pub(super) fn value(
        &mut self,
        field: &Field,
        name: &Name,
        relation: Relation,
        literal: Literal,
    ) -> Option<Value> {
        let span = literal.span;
        let text = match field.field_type() {
            FieldType::Picklist if field.is_closed() && compares_whole(relation) => {
                self.option(field, name, &literal)?
            }
            FieldType::Integer => self.number(name, &literal, false)?.into(),
            FieldType::Number => self.number(name, &literal, true)?.into(),
            FieldType::Timestamp => self.timestamp(name, literal)?,
            FieldType::Boolean => self.boolean(name, &literal)?,
            FieldType::Topic => self.topic(field, &literal)?,
            _ => literal.text,
        };
        Some(Value { text, span })
    }

    /// An option by its value or by its label, ignoring case.
    fn option(&mut self, field: &Field, name: &Name, literal: &Literal) -> Option<CompactString> {
        let candidates: Vec<&FieldOption> = match field.option(&literal.text) {
            OptionMatch::One(option) => return Some(option.value().into()),
            OptionMatch::Several(options) => options,
            OptionMatch::None => Vec::new(),
        };
        let problem = |label, help| {
            Finding::new(CheckProblem::UnknownOption {
                value: excerpt(&literal.text),
                field: name.text.to_string(),
                span: literal.span,
                label,
                help,
            })
        };
        if !candidates.is_empty() {
            let help = format!("write the one that is meant: {}", list_options(&candidates));
            self.findings
                .push(problem("could be several options", help));
            return None;
        }
        let finding = match self.left_out(field, name, literal) {
            Some(help) => problem("unknown option", help),
            None => self.unknown_option(field, name, literal, problem),
        };
        self.findings.push(finding);
        None
    }

    /// `-vp`: an option with a mark in front that says without elsewhere. Which of both is meant
    /// decides who is selected.
    fn left_out(&self, field: &Field, name: &Name, literal: &Literal) -> Option<String> {
        let marked = literal.text.strip_prefix(MARKS_OF_WITHOUT)?;
        let inside = marked.trim_start_matches(MARKS_OF_WITHOUT).trim_start();
        let OptionMatch::One(option) = field.option(inside) else {
            return None;
        };
        let written = as_written(option.value());
        let name = self.slice(name.span);
        Some(format!(
            "write `{written}`, or leave it out by a comparison of its own: `{name} != {written}`"
        ))
    }

    /// The option that was meant, if one is near, and those that there are.
    fn unknown_option(
        &mut self,
        field: &Field,
        name: &Name,
        literal: &Literal,
        problem: impl Fn(&'static str, String) -> Finding,
    ) -> Finding {
        let options: Vec<&FieldOption> = field.options().iter().collect();
        let names = options
            .iter()
            .flat_map(|option| [option.value(), option.label()]);
        self.sought_options += 1;
        let sought = self.sought_options <= MOST_SOUGHT;
        let near = sought.then(|| nearest(&literal.text, names.clone()));
        let near = near.flatten().and_then(|near| {
            let is_it = |o: &&&FieldOption| o.value() == near || o.label() == near;
            Some((*options.iter().find(is_it)?, near))
        });
        let all = if options.len() <= MOST_LISTED {
            format!("the options are {}", list_options(&options))
        } else {
            let name = &name.text;
            format!(
                "`filterc fields {name}` lists its {} options",
                options.len()
            )
        };
        match near {
            Some((option, near)) => {
                let written = as_written(option.value());
                let label = if option.label().eq_ignore_ascii_case(option.value()) {
                    String::new()
                } else {
                    format!(" ({})", excerpt(option.label()))
                };
                let finding = problem(
                    "unknown option",
                    format!("did you mean `{written}`{label}? {all}"),
                );
                if is_certain(&literal.text, near, names) {
                    finding.fix(format!("write `{written}`"), literal.span, written)
                } else {
                    finding
                }
            }
            None => problem("unknown option", all),
        }
    }

    fn timestamp(&mut self, name: &Name, literal: Literal) -> Option<CompactString> {
        if Moment::read(&literal.text).is_some() {
            return Some(literal.text);
        }
        let help = match moment::flaw(&literal.text) {
            Flaw::NoSuchDay => "write a day that there is: the form is right",
            Flaw::NoZone => "write the time zone behind it: `Z` for UTC, or such as `+02:00`",
            Flaw::Form => "write a day as `2026-01-31`, or a moment as `2026-01-31T10:00:00Z`",
        };
        self.wrong_literal(name, &literal, "a date", help);
        None
    }

    fn boolean(&mut self, name: &Name, literal: &Literal) -> Option<CompactString> {
        let value = literal.text.to_ascii_lowercase();
        if matches!(value.as_str(), "true" | "false") {
            return Some(value);
        }
        self.wrong_literal(
            name,
            literal,
            "`true` or `false`",
            "write `true` or `false`",
        );
        None
    }

    fn wrong_literal(&mut self, name: &Name, literal: &Literal, wanted: &'static str, help: &str) {
        self.report(CheckProblem::WrongLiteral {
            value: excerpt(&literal.text),
            wanted,
            span: literal.span,
            field: name.text.to_string(),
            help: help.to_owned(),
        });
    }

    /// BETWEEN and its bounds. An empty range is an error: it can only be a slip.
    pub(super) fn range(
        &mut self,
        field: &Field,
        name: &Name,
        bounds: [Literal; 2],
    ) -> Option<Test> {
        let values = bounds.map(|bound| self.value(field, name, Relation::Between, bound));
        let [Some(low), Some(high)] = values else {
            return None;
        };
        let field_type = field.field_type();
        let is_empty = low.ordered(field_type) > high.ordered(field_type);
        if !is_empty {
            return Some(Test::Between(Box::new([low, high])));
        }
        let span = low.span.to(high.span);
        let [low, high] = [low, high].map(|bound| self.slice(bound.span).to_owned());
        // No fix: of `12-01 and 01-31` the year of one is wrong.
        self.report(CheckProblem::EmptyRange { low, high, span });
        None
    }

    /// The values of a list, each once and where it stands first.
    pub(super) fn without_repeats(&mut self, values: Vec<Value>) -> Vec<Value> {
        if are_different(&values) {
            return values;
        }
        let mut seen: HashMap<CompactString, Span> = HashMap::with_capacity(values.len());
        let mut repeats: Vec<(Value, Span, Span)> = Vec::new();
        let mut kept: Vec<Value> = Vec::with_capacity(values.len());
        let mut previous = None;
        for value in values {
            let span = value.span;
            match seen.get(&value.text) {
                Some(&first) => repeats.push((value, first, previous.unwrap_or(first))),
                None => {
                    seen.insert(value.text.clone(), span);
                    kept.push(value);
                }
            }
            previous = Some(span);
        }
        if let Some((value, first, before)) = repeats.first() {
            let more = match repeats.len() - 1 {
                0 => "is".to_owned(),
                1 => "and 1 more value are".to_owned(),
                more => format!("and {more} more values are"),
            };
            let finding = Finding::new(CheckProblem::RepeatedValue {
                value: excerpt(&value.text),
                more,
                span: value.span,
                first: *first,
            });
            let gap = Span::new(before.end(), value.span.start());
            // A comment or a word in between is not ours to take out.
            let is_comma = self.slice(gap).trim() == ",";
            self.findings.push(if repeats.len() == 1 && is_comma {
                finding.fix("remove the repetition", gap.to(value.span), "")
            } else {
                finding
            });
        }
        kept
    }

    /// What is allowed and most likely not meant. `negated`: under an odd number of NOTs.
    pub(super) fn warn_of_values(&mut self, field: &Field, comparison: &Comparison, negated: bool) {
        match field.field_type() {
            FieldType::Topic if self.topics.is_none() => {
                self.warn_of_topic_names(field, comparison);
            }
            FieldType::AudienceId => self.warn_of_ids(comparison),
            FieldType::Integer | FieldType::Number => self.warn_of_split_numbers(comparison),
            FieldType::Text | FieldType::Array | FieldType::Picklist => {
                self.warn_of_texts(field, comparison, negated);
            }
            _ => {}
        }
    }
}

/// Whether no value is there twice.
fn are_different(values: &[Value]) -> bool {
    // So many are compared faster than hashed.
    const FEW: usize = 16;
    // Those of an export often are in order.
    if values.is_sorted_by(|one, next| one.text < next.text) {
        return true;
    }
    let mut rest = values.iter();
    let mut is_new = || {
        let value = rest.next()?;
        Some(rest.as_slice().iter().all(|other| other.text != value.text))
    };
    if values.len() <= FEW {
        return std::iter::from_fn(&mut is_new).all(|is_new| is_new);
    }
    let mut seen = HashSet::with_capacity(values.len());
    values.iter().all(|value| seen.insert(value.text.as_str()))
}

/// Whether the relation compares whole values, not parts of a text.
fn compares_whole(relation: Relation) -> bool {
    !matches!(
        relation,
        Relation::Contains | Relation::StartsWith | Relation::EndsWith
    )
}

/// At most five options, by their values.
fn list_options(options: &[&FieldOption]) -> String {
    let shown: Vec<String> = options
        .iter()
        .take(5)
        .map(|option| format!("`{}`", option.value()))
        .collect();
    let more = if options.len() > 5 { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

/// A value as the language writes it: a word where it can be one.
pub(super) fn as_written(value: &str) -> String {
    let mut bytes = value.bytes();
    let starts_word = bytes
        .next()
        .is_some_and(|b| b.is_ascii_alphanumeric() || b == b'_');
    let is_word =
        starts_word && bytes.all(|b| b.is_ascii_alphanumeric() || b"_.:@/+-".contains(&b));
    if is_word && !is_keyword(value) {
        value.to_owned()
    } else {
        quoted(value)
    }
}
