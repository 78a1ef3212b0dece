//! Syntax to filter: fields are looked up, operators and values judged by the field's type.
//!
//! Collects problems and goes on: what cannot be judged becomes a `Mistake` node. Reads the catalog;
//! knows neither pest nor the target's JSON. What NOT does to an operator is left to `lower`.

mod audience;
mod error;
mod exclusion;
mod field;
mod form;
mod lint;
mod number;
mod operator;
mod remark;
mod several;
mod slip;
mod text;
mod topic;
mod value;
mod warning;

use miette::Diagnostic;

use crate::catalog::{AudienceType, Catalog, Field, Placement};
use crate::diagnostic::Finding;
use crate::filter;
use crate::span::Span;
use crate::syntax::{Comparison, Expr, Mistake, Source};
use crate::topics::Topics;
use error::CheckProblem;

/// What an expression means, as far as it could be understood.
pub(crate) struct Checked<'c> {
    pub(crate) filter: filter::Expr<'c>,
    /// In no particular order.
    pub(crate) findings: Vec<Finding>,
}

/// What an expression is judged by.
#[derive(Clone, Copy)]
pub(crate) struct Rules<'c> {
    pub(crate) catalog: &'c Catalog,
    /// The topics there are; `None` where that is not known.
    pub(crate) topics: Option<&'c Topics>,
    /// The type of audience that the caller wants.
    pub(crate) audience: Option<AudienceType>,
}

/// Judges `source`, which was read from `text`. Its values become those of the filter.
pub(crate) fn check<'c>(source: Source, text: &str, rules: Rules<'c>) -> Checked<'c> {
    let comments = if source.sound {
        source.comments(text)
    } else {
        Vec::new()
    };
    let Source {
        audience,
        expr,
        sound,
    } = source;
    let mut checker = Checker {
        text,
        catalog: rules.catalog,
        topics: rules.topics,
        audience: None,
        findings: Vec::new(),
        // Few texts use more fields.
        uses: Vec::with_capacity(8),
        sought_options: 0,
        sought_fields: 0,
        sought_topics: 0,
        complete: sound,
    };
    checker.settle_audience(audience.as_ref(), rules.audience);
    if sound {
        checker.lint(&expr);
        checker.warn_of_comments(&comments);
    }
    let header = audience.map(|name| name.span);
    let whole = expr.span();
    let top = Position {
        negated: false,
        conjunctive: true,
    };
    let filter = checker.expr(expr, top);
    if sound {
        checker.lint_alternatives(&filter, false, &mut Vec::new());
    }
    checker.check_audience(header, whole);
    Checked {
        filter,
        findings: checker.findings,
    }
}

struct Checker<'s, 'c> {
    text: &'s str,
    catalog: &'c Catalog,
    topics: Option<&'c Topics>,
    audience: Option<AudienceType>,
    findings: Vec<Finding>,
    /// Every field that is used, with the place of its first use.
    uses: Vec<(&'c Field, Span)>,
    /// How many unknown options were looked for so far.
    sought_options: usize,
    /// How many unknown fields were.
    sought_fields: usize,
    /// How many unknown topics were.
    sought_topics: usize,
    /// Whether the text has no mistake so far that leaves open what it says as a whole.
    complete: bool,
}

/// Where in the target's groups a node will end up.
#[derive(Clone, Copy)]
struct Position {
    /// Under an odd number of NOTs.
    negated: bool,
    /// All groups from the root to here are `and` once NOT is pushed down.
    conjunctive: bool,
}

impl<'c> Checker<'_, 'c> {
    fn report(&mut self, problem: impl Diagnostic + Send + Sync + 'static) {
        self.findings.push(Finding::new(problem));
    }

    fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    fn expr(&mut self, expr: Expr, at: Position) -> filter::Expr<'c> {
        match expr {
            Expr::And(operands) => filter::Expr::And(self.operands(operands, at, !at.negated)),
            Expr::Or(operands) => filter::Expr::Or(self.operands(operands, at, at.negated)),
            Expr::Group(group) => self.expr(*group.inner, at),
            Expr::Not(not) => {
                let odd = not.nots.len() % 2 == 1;
                let negated = at.negated ^ odd;
                let operand = self.expr(*not.operand, Position { negated, ..at });
                match not.nots.last() {
                    Some(&not) if odd => filter::Expr::Not {
                        not,
                        operand: Box::new(operand),
                    },
                    _ => operand,
                }
            }
            Expr::Comparison(comparison) => self.leaf(comparison, at),
            Expr::Mistake(mistake) => self.mistake(&mistake),
        }
    }

    fn leaf(&mut self, comparison: Comparison, at: Position) -> filter::Expr<'c> {
        self.comparison(comparison, at)
            .map_or(filter::Expr::Mistake, filter::Expr::Comparison)
    }

    fn operands(
        &mut self,
        operands: Vec<Expr>,
        at: Position,
        conjunctive: bool,
    ) -> Vec<filter::Expr<'c>> {
        let conjunctive = at.conjunctive && conjunctive;
        let inner = Position { conjunctive, ..at };
        // Anew: what is checked is smaller, and to shrink a vector costs more than to make one.
        let mut made = Vec::with_capacity(operands.len());
        made.extend(operands.into_iter().map(|operand| match operand {
            // Most are, and `expr` would move each of them once more.
            Expr::Comparison(comparison) => self.leaf(comparison, inner),
            other => self.expr(other, inner),
        }));
        made
    }

    /// Of what could not be understood, the fields are still looked up.
    fn mistake(&mut self, mistake: &Mistake) -> filter::Expr<'c> {
        for name in &mistake.fields {
            self.field(name, None);
        }
        filter::Expr::Mistake
    }

    fn comparison(
        &mut self,
        comparison: Comparison,
        at: Position,
    ) -> Option<filter::Comparison<'c>> {
        let Some(field) = self.field(&comparison.field, Some(&comparison)) else {
            self.complete = false;
            return None;
        };
        if field.placement() == Placement::TopLevelAnd && !at.conjunctive {
            self.report(CheckProblem::MisplacedField {
                field: comparison.field.text.to_string(),
                span: comparison.field.span,
            });
        }
        if !self.takes_operator(field, &comparison) {
            return None;
        }
        self.warn_of_values(field, &comparison, at.negated);
        let Comparison {
            field: name,
            operator,
            operator_span,
            operand,
            complete,
            span,
        } = comparison;
        let test = self.test(field, &name, operator.relation, operand)?;
        complete.then_some(filter::Comparison {
            field,
            field_span: name.span,
            test,
            negated: operator.negated,
            operator_span,
            span,
        })
    }
}
