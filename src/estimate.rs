//! What the vendor's estimate call refuses in a filter: nested groups and topic exclusion.
//!
//! A pass beside the others: it reads the finished filter by its origins and only warns, for the
//! filter is right. Where a nested group has an equal flat form, the warning carries it. Source:
//! the vendor's page of `POST /api/v1/audiences/estimate`, which answers `supported: false`.

mod error;
mod flat;

use crate::catalog::FieldType;
use crate::diagnostic::Finding;
use crate::origin::{Group, Origin, Rule};
use crate::syntax::Source;
use crate::wire::{Condition, Operator};
use error::EstimateProblem;
use flat::Flat;

/// Finds what an estimate refuses in the filter that `source`, which was read from `text`, makes.
pub(crate) fn estimate(source: &Source, text: &str, root: &Group<'_, '_>) -> Vec<Finding> {
    let mut estimator = Estimator {
        source,
        text,
        pointer: String::new(),
        findings: Vec::new(),
    };
    estimator.group(root);
    estimator.findings
}

struct Estimator<'s> {
    source: &'s Source,
    text: &'s str,
    /// To the group that is being looked at.
    pointer: String,
    findings: Vec<Finding>,
}

impl Estimator<'_> {
    fn group(&mut self, group: &Group<'_, '_>) {
        for (index, member) in group.rules.iter().enumerate() {
            let length = self.pointer.len();
            self.pointer.push_str(&format!("/rules/{index}"));
            match member {
                Origin::Group(nested) => {
                    self.report_group(nested, group);
                    self.group(nested);
                }
                Origin::Rule(rule) if excludes_topics(rule) => self.report_topics(rule, group),
                Origin::Rule(_) => {}
            }
            self.pointer.truncate(length);
        }
    }

    fn report_group(&mut self, nested: &Group<'_, '_>, outer: &Group<'_, '_>) {
        let flat = Flat::of(nested, self.source, self.text);
        let help = match &flat {
            Some(flat) => {
                let comment = match flat.span {
                    Some(_) => "",
                    None => ", and move the comment",
                };
                format!("write {}, which says the same{comment}", flat.shown())
            }
            None => format!(
                "leave it out to estimate {}: nothing flat says the same",
                bound(outer.condition)
            ),
        };
        let finding = Finding::new(EstimateProblem::NestedGroup {
            pointer: self.pointer.clone(),
            span: nested.span,
            help,
        });
        self.findings.push(match flat {
            Some(Flat {
                text,
                span: Some(span),
            }) => finding.fix("write it as one list", span, text),
            _ => finding,
        });
    }

    fn report_topics(&mut self, rule: &Rule<'_, '_>, outer: &Group<'_, '_>) {
        let help = if outer.rules.len() == 1 {
            "say what the audience is to have: an exclusion alone has no estimate".to_owned()
        } else {
            format!("leave it out to estimate {}", bound(outer.condition))
        };
        self.findings
            .push(Finding::new(EstimateProblem::TopicExclusion {
                pointer: self.pointer.clone(),
                span: rule.comparison.span,
                help,
            }));
    }
}

/// What the size is without a rule of a group of that condition: NOT is in the operators alone, so
/// a wider group never makes a narrower filter.
fn bound(condition: Condition) -> &'static str {
    match condition {
        Condition::And => "the most there can be",
        Condition::Or => "the least there can be",
    }
}

fn excludes_topics(rule: &Rule<'_, '_>) -> bool {
    rule.comparison.field.field_type() == FieldType::Topic && is_inequality(rule.operator)
}

/// Whether an operator is true of all values but those that are written.
fn is_inequality(operator: Operator) -> bool {
    matches!(
        operator,
        Operator::NotIn | Operator::IsNot | Operator::NotEquals
    )
}
