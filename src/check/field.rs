//! From a name to a field of the catalog, and what there is to say about that field.

use memchr::memmem::Finder;

use super::Checker;
use super::error::CheckProblem;
use super::value::MOST_SOUGHT;
use crate::catalog::{AudienceType, Field, Status};
use crate::diagnostic::{Finding, excerpt};
use crate::suggest::{is_certain, lowercase, nearest, words};
use crate::syntax::{Comparison, Name, Operand, Relation};

const ALL_FIELDS: &str = "`filterc fields` lists the fields there are";

impl<'c> Checker<'_, 'c> {
    /// The field of a name, if there is one and the audience type has it. `within`: the comparison
    /// that the name is the left side of.
    #[inline(always)] // Once a comparison: the call costs a part of what is done.
    pub(super) fn field(&mut self, name: &Name, within: Option<&Comparison>) -> Option<&'c Field> {
        // Where there is a mistake in the text, a name may not be spelled as it is read.
        if self.complete
            && let Some(field) = self.used_before(&name.text)
        {
            return Some(field);
        }
        let Some(field) = self.catalog.find(&name.text) else {
            self.report_unknown(name, within);
            return None;
        };
        if let Some(audience) = self.audience.filter(|audience| !field.exists_in(*audience)) {
            self.report(CheckProblem::FieldNotInAudience {
                field: name.text.to_string(),
                audience: audience.name().to_owned(),
                others: list_types(field.audience_types()),
                span: name.span,
            });
            return None;
        }
        if !self.uses.iter().any(|(used, _)| std::ptr::eq(*used, field)) {
            self.uses.push((field, name.span));
            self.warn_of(field, name);
        }
        Some(field)
    }

    /// The field of a name that stands in front too: most texts name few fields, each several times.
    fn used_before(&self, name: &str) -> Option<&'c Field> {
        const FIRST: usize = 8;
        let mut first = self.uses.iter().take(FIRST);
        let used = first.find(|(_, span)| self.slice(*span) == name);
        used.map(|(field, _)| *field)
    }

    fn report_unknown(&mut self, name: &Name, within: Option<&Comparison>) {
        let problem = |help: String| {
            Finding::new(CheckProblem::UnknownField {
                name: excerpt(&name.text),
                span: name.span,
                help,
            })
        };
        self.sought_fields += 1;
        if self.sought_fields > MOST_SOUGHT {
            self.findings.push(problem(ALL_FIELDS.to_owned()));
            return;
        }
        let available = self.catalog.fields().filter(|field| {
            self.audience
                .is_none_or(|audience| field.exists_in(audience))
        });
        let names: Vec<&str> = available.flat_map(Field::names).collect();
        let near = nearest(&name.text, names.iter().copied())
            .filter(|near| are_near_words(&name.text, near));
        let is_short = name.text.chars().count() < 4;
        let turned = within.and_then(|comparison| self.turned_round(comparison));
        if let Some(turned) = turned.filter(|_| is_short || near.is_none()) {
            let help = format!("the field of a comparison stands on the left: write `{turned}`");
            let span = within.map_or(name.span, |comparison| comparison.span);
            self.findings
                .push(problem(help).fix("turn it round", span, turned));
            return;
        }
        let whole = names_with_all(&name.text, &names);
        let certain = near.filter(|near| {
            (whole.is_empty() || whole.contains(near))
                && is_certain(&name.text, near, names.iter().copied())
        });
        let finding = match (certain, near) {
            (Some(near), _) => problem(format!("did you mean `{near}`?")).fix(
                format!("write `{near}`"),
                name.span,
                near,
            ),
            // More than a slip of the hand is missing: no fix, even where there is but one.
            (None, _) if !whole.is_empty() => problem(one_of(&name.text, &whole)),
            (None, Some(near)) => problem(format!("did you mean `{near}`?")),
            (None, None) => problem(fields_with(&name.text, &names)),
        };
        self.findings.push(finding);
    }

    /// `vp = seniority`: the sides exchanged, if that makes a field of the left one.
    fn turned_round(&self, comparison: &Comparison) -> Option<String> {
        let Operand::One(value) = &comparison.operand else {
            return None;
        };
        if value.quoted || comparison.operator.relation != Relation::Equal {
            return None;
        }
        self.catalog.find(&value.text)?;
        let operator = self.slice(comparison.operator_span);
        let wanted = self.slice(comparison.field.span);
        let written = self.slice(value.span);
        Some(format!("{written} {operator} {wanted}"))
    }

    /// What is worth knowing of a field, once for each text.
    fn warn_of(&mut self, field: &Field, written: &Name) {
        let span = written.span;
        let name = || written.text.to_string();
        match field.status() {
            _ if !field.is_documented() => self.report(CheckProblem::UndocumentedField {
                field: name(),
                span,
            }),
            Status::Beta => self.report(CheckProblem::BetaField {
                field: name(),
                span,
            }),
            Status::Deprecated => self.report(CheckProblem::DeprecatedField {
                field: name(),
                span,
            }),
            _ => {}
        }
        if let Some(audience) = self.audience.filter(|a| field.is_unconfirmed_in(*a)) {
            self.report(CheckProblem::UnconfirmedField {
                field: name(),
                audience: audience.name().to_owned(),
                others: list_types(field.audience_types()),
                span,
            });
        }
    }
}

/// Whether each word of a name is near to the one in the same place of the other: of `company_size`
/// and `company_sic` the long word that they share says nothing.
fn are_near_words(one: &str, other: &str) -> bool {
    let (ones, others) = (words(one), words(other));
    let is_near = |(one, other)| nearest(one, [other]).is_some();
    ones.len() != others.len() || std::iter::zip(ones, others).all(is_near)
}

/// The names that have all words of what was typed, or begin with it: `company_zip_code` for `zip`,
/// `company_zip` and `company_z`.
fn names_with_all<'n>(typed: &str, names: &[&'n str]) -> Vec<&'n str> {
    // Fewer letters begin too many names to say which is meant.
    const SHORT: usize = 4;
    let typed = lowercase(typed);
    let wanted = words(&typed);
    let longest = wanted.iter().max_by_key(|word| word.len());
    let finder = Finder::new(longest.copied().unwrap_or_default());
    let is_long = typed.chars().count() > SHORT;
    let has_all = |name: &&&str| {
        let name = lowercase(name);
        finder.find(name.as_bytes()).is_some()
            && (has_words(&name, &wanted) || is_long && name.starts_with(&*typed))
    };
    names.iter().filter(has_all).copied().collect()
}

fn has_words(name: &str, wanted: &[&str]) -> bool {
    let there = words(name);
    !wanted.is_empty() && wanted.iter().all(|word| there.contains(word))
}

/// Which of the names is meant; `word` is in all of them.
fn one_of(word: &str, names: &[&str]) -> String {
    match names {
        [one] => format!("did you mean `{one}`?"),
        several if several.len() <= 5 => {
            let shown: Vec<String> = several.iter().map(|name| format!("`{name}`")).collect();
            format!("did you mean one of {}?", shown.join(", "))
        }
        _ => {
            let word = excerpt(&words(&word.to_lowercase()).join("_"));
            format!("`filterc fields {word}` lists the fields with this word in their name")
        }
    }
}

/// Where to look for a field whose name is not even nearly known: a name of which all words were
/// typed (`topic` for `topic_name`), else those that share the word that the fewest have.
fn fields_with(typed: &str, names: &[&str]) -> String {
    // A pasted paragraph is no name.
    const MOST_WORDS: usize = 10;
    let typed = typed.to_lowercase();
    let mut wanted = words(&typed);
    wanted.truncate(MOST_WORDS);
    let is_inside = |name: &&&str| {
        let name = name.to_lowercase();
        let there = words(&name);
        !there.is_empty() && there.iter().all(|word| wanted.contains(word))
    };
    let mut inside: Vec<&str> = names.iter().filter(is_inside).copied().collect();
    inside.dedup_by(|one, other| one.eq_ignore_ascii_case(other));
    if !inside.is_empty() && inside.len() <= 5 {
        return one_of(&typed, &inside);
    }
    let mut counts = vec![0_usize; wanted.len()];
    for name in names {
        let name = name.to_lowercase();
        let there = words(&name);
        for (count, word) in std::iter::zip(&mut counts, &wanted) {
            *count += usize::from(there.contains(word));
        }
    }
    let counted = std::iter::zip(counts, wanted).filter(|(count, _)| *count > 0);
    match counted.min() {
        Some((_, word)) => {
            format!("`filterc fields {word}` lists the fields with `{word}` in their name")
        }
        None => ALL_FIELDS.to_owned(),
    }
}

/// `` `intents`, `elixir` ``
pub(super) fn list_types(types: impl Iterator<Item = AudienceType>) -> String {
    let names: Vec<String> = types.map(|audience| format!("`{audience}`")).collect();
    names.join(", ")
}
