//! The audience type a filter is for: which one that is, and what it asks of a whole filter.

use super::Checker;
use super::error::CheckProblem;
use super::field::list_types;
use crate::catalog::{AudienceType, Field};
use crate::diagnostic::{Finding, excerpt};
use crate::span::Span;
use crate::suggest::nearest;
use crate::syntax::Name;

/// A field, and where it is used first.
type Use<'a> = (&'a Field, Span);

impl Checker<'_, '_> {
    /// Settles on the type of the header, or else on the caller's; they must not differ.
    pub(super) fn settle_audience(&mut self, header: Option<&Name>, given: Option<AudienceType>) {
        self.audience = given;
        let Some(header) = header else { return };
        let Ok(written) = header.text.parse::<AudienceType>() else {
            let names = AudienceType::ALL.map(AudienceType::name);
            let all = list_types(AudienceType::ALL.into_iter());
            let problem = |help| CheckProblem::UnknownAudienceType {
                name: excerpt(&header.text),
                span: header.span,
                help,
            };
            let finding = match nearest(&header.text, names) {
                Some(nearest) => {
                    let help = format!("did you mean `{nearest}`? the types are {all}");
                    Finding::new(problem(help)).fix(
                        format!("write `{nearest}`"),
                        header.span,
                        nearest,
                    )
                }
                None => Finding::new(problem(format!("the types are {all}"))),
            };
            self.findings.push(finding);
            self.complete = false;
            return;
        };
        match given {
            Some(given) if given != written => {
                self.report(CheckProblem::AudienceMismatch {
                    written: written.name().to_owned(),
                    given: given.name().to_owned(),
                    span: header.span,
                });
                self.complete = false;
                self.audience = None;
            }
            _ => self.audience = Some(written),
        }
    }

    /// Judges the filter as a whole. Says nothing where a field is not known, since that one may
    /// be what is missed here.
    ///
    /// `header`: where the text names a type. `whole`: its expression.
    pub(super) fn check_audience(&mut self, header: Option<Span>, whole: Span) {
        if !self.complete {
            return;
        }
        let Some(audience) = self.audience else {
            self.warn_if_no_type_fits();
            return;
        };
        let span = header.unwrap_or_else(|| self.first_line(whole));
        let catalog = self.catalog;
        for requirement in catalog.requirements(audience) {
            if !self.uses.iter().any(|(field, _)| requirement.met_by(field)) {
                self.report(CheckProblem::UnmetRequirement {
                    audience: audience.name().to_owned(),
                    needs: requirement.needs().to_owned(),
                    example: requirement.example().to_owned(),
                    span,
                });
            }
        }
    }

    /// The part of a span that is on its first line: what a label can mark.
    fn first_line(&self, span: Span) -> Span {
        let length = self.slice(span).lines().next().map_or(0, str::len);
        Span::new(span.start(), span.start() + length)
    }

    fn warn_if_no_type_fits(&mut self) {
        let accepts = |audience: AudienceType| {
            let has = |field: &Field| field.exists_in(audience);
            let mut requirements = self.catalog.requirements(audience);
            self.uses.iter().all(|(field, _)| has(field))
                && requirements
                    .all(|requirement| self.uses.iter().any(|(field, _)| requirement.met_by(field)))
        };
        if self.uses.is_empty() || AudienceType::ALL.into_iter().any(accepts) {
            return;
        }
        let Some((here, there)) = self.conflict() else {
            return;
        };
        let label = |(field, _): Use<'_>| {
            let types = list_types(
                AudienceType::ALL
                    .into_iter()
                    .filter(|a| field.exists_in(*a)),
            );
            format!("a field of {types}")
        };
        self.report(CheckProblem::NoSingleAudienceType {
            span: here.1,
            here: label(here),
            other: there.1,
            there: label(there),
        });
    }

    /// The field that leaves no type, and one before it that it does not go with.
    fn conflict(&self) -> Option<(Use<'_>, Use<'_>)> {
        let shared = |one: &Field, other: &Field| {
            AudienceType::ALL
                .into_iter()
                .any(|audience| one.exists_in(audience) && other.exists_in(audience))
        };
        let pair = self
            .uses
            .iter()
            .enumerate()
            .find_map(|(index, &(field, span))| {
                let before = self.uses.get(..index)?.iter();
                let (other, there) = before.copied().find(|(other, _)| !shared(field, other))?;
                Some(((field, span), (other, there)))
            });
        let first = self.uses.first().copied()?;
        let last = self.uses.last().copied()?;
        Some(pair.unwrap_or((last, first)))
    }
}
