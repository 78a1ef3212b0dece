//! From a name to a field of the catalog, and what there is to say about that field.

use super::Checker;
use super::error::CheckProblem;
use crate::catalog::{AudienceType, Field, Status};
use crate::diagnostic::{Finding, excerpt};
use crate::suggest::{is_certain, nearest};
use crate::syntax::{Comparison, Name, Operand, Relation};

impl<'c> Checker<'_, 'c> {
    /// The field of a name, if there is one and the audience type has it. `within`: the comparison
    /// that the name is the left side of.
    pub(super) fn field(&mut self, name: &Name, within: Option<&Comparison>) -> Option<&'c Field> {
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

    fn report_unknown(&mut self, name: &Name, within: Option<&Comparison>) {
        let problem = |help: String| {
            Finding::new(CheckProblem::UnknownField {
                name: excerpt(&name.text),
                span: name.span,
                help,
            })
        };
        let is_short = name.text.chars().count() < 4;
        let available = self.catalog.fields().filter(|field| {
            self.audience
                .is_none_or(|audience| field.exists_in(audience))
        });
        let names: Vec<&str> = available.flat_map(Field::names).collect();
        let turned = within.and_then(|comparison| self.turned_round(comparison));
        if let Some(turned) =
            turned.filter(|_| is_short || nearest(&name.text, names.iter().copied()).is_none())
        {
            let help = format!("the field of a comparison stands on the left: write `{turned}`");
            let span = within.map_or(name.span, |comparison| comparison.span);
            self.findings
                .push(problem(help).fix("turn it round", span, turned));
            return;
        }
        let finding = match nearest(&name.text, names.iter().copied()) {
            Some(nearest) if !is_certain(&name.text, nearest, names.iter().copied()) => {
                problem(format!("did you mean `{nearest}`?"))
            }
            Some(nearest) => problem(format!("did you mean `{nearest}`?")).fix(
                format!("write `{nearest}`"),
                name.span,
                nearest,
            ),
            None => problem(fields_with(&name.text, &names)),
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

/// Where to look for a field whose name is not even nearly known: those that have the word in them.
fn fields_with(word: &str, names: &[&str]) -> String {
    let wanted = word.to_lowercase();
    let has_word = |name: &&&str| name.to_lowercase().split('_').any(|part| part == wanted);
    let found: Vec<String> = names
        .iter()
        .filter(has_word)
        .map(|name| format!("`{name}`"))
        .collect();
    match found.as_slice() {
        [] => "`filterc fields` lists the fields there are".to_owned(),
        [one] => format!("did you mean {one}?"),
        several if several.len() <= 5 => format!("did you mean one of {}?", several.join(", ")),
        _ => format!("`filterc fields {wanted}` lists the fields with this word in their name"),
    }
}

/// `` `intents`, `elixir` ``
pub(super) fn list_types(types: impl Iterator<Item = AudienceType>) -> String {
    let names: Vec<String> = types.map(|audience| format!("`{audience}`")).collect();
    names.join(", ")
}
