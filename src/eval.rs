//! What a checked filter says of a row, in the three-valued logic of SQL.
//!
//! Reads the filter as it was checked, with NOT still a node, and knows nothing of what `lower`
//! makes of it: `select` answers the same from the other end, and a test compares the two. Made
//! once for a filter by `plan`, then asked about any number of rows.

mod plan;
mod value;

use crate::diagnostic::Problem;
use crate::filter::Expr;
use crate::row::{Explanation, MatchOptions, Row, Truth};
use crate::wire::FilterGroup;
use plan::{Node, Plan, Test};

/// A filter that can be tried on rows.
///
/// Made by [`Compiler::matcher`](crate::Compiler::matcher) of any text that compiles. A comparison
/// with a missing value is unknown, and so is its opposite; only true selects. Values are compared
/// as the field's type says, numbers and moments exactly: the text `"7"` and the number `7.0` are
/// one in an integer field and two in a text field. A value that is not of the field's type is
/// there, for `is null`, and unknown to all that compares it.
///
/// ```
/// use filterc::{Compiler, JsonRow, MatchOptions, Truth};
///
/// let text = "seniority in (vp, cxo) and not company_employee_count < 50";
/// let matcher = Compiler::new().matcher(text, MatchOptions::new())?;
/// let answer = |row| Ok::<_, filterc::WrongRow>(matcher.eval(&JsonRow::read(row, matcher.fields())?));
/// assert_eq!(answer(r#"{"seniority_level": "vp", "company_employee_count": "50"}"#)?, Truth::True);
/// assert_eq!(answer(r#"{"seniority_level": "vp"}"#)?, Truth::Unknown);
/// assert_eq!(answer(r#"{"seniority_level": "staff"}"#)?, Truth::False);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Matcher {
    text: String,
    plan: Plan,
    filter: FilterGroup,
    warnings: Vec<Problem>,
}

impl Matcher {
    pub(crate) fn new(
        expr: &Expr<'_>,
        text: &str,
        options: MatchOptions,
        compiled: (FilterGroup, Vec<Problem>),
    ) -> Self {
        let (filter, warnings) = compiled;
        Self {
            text: text.to_owned(),
            plan: plan::of(expr, options),
            filter,
            warnings,
        }
    }

    /// The fields that the filter names, each once, as the vendor spells them.
    pub fn fields(&self) -> &[String] {
        &self.plan.fields
    }

    /// What the text compiles to.
    pub fn filter(&self) -> &FilterGroup {
        &self.filter
    }

    /// What deserves a look in the text, in its order.
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }

    /// The answer about a row.
    pub fn eval(&self, row: &impl Row) -> Truth {
        self.truth(&self.plan.root, row)
    }

    /// The answer, and that of each part of the filter.
    pub fn explain(&self, row: &impl Row) -> Explanation {
        self.explained(&self.plan.root, row)
    }

    fn truth(&self, node: &Node, row: &impl Row) -> Truth {
        match node {
            Node::And(operands) => all(operands.iter().map(|operand| self.truth(operand, row))),
            Node::Or(operands) => any(operands.iter().map(|operand| self.truth(operand, row))),
            Node::Not(operand) => not(self.truth(operand, row)),
            Node::Test(test) => self.test(test, row),
            Node::Unknown => Truth::Unknown,
        }
    }

    fn test(&self, test: &Test, row: &impl Row) -> Truth {
        let name = self.plan.fields.get(test.field);
        let cell = name.and_then(|name| row.cell_at(test.field, name));
        let truth = value::ask(&test.asks, cell, self.plan.options);
        if test.negated { not(truth) } else { truth }
    }

    fn explained(&self, node: &Node, row: &impl Row) -> Explanation {
        let (word, operands) = match node {
            Node::And(operands) => ("and", operands.as_slice()),
            Node::Or(operands) => ("or", operands.as_slice()),
            Node::Not(operand) => ("not", std::slice::from_ref(&**operand)),
            Node::Unknown => ("", [].as_slice()),
            Node::Test(test) => {
                let text = self.text.get(test.span.range());
                let name = self.plan.fields.get(test.field);
                let name = name.map(String::as_str).unwrap_or_default();
                let truth = self.test(test, row);
                let cell = row.cell_at(test.field, name);
                let cell = cell.filter(|cell| !value::is_null(cell, self.plan.options));
                return Explanation::of_comparison(text.unwrap_or_default(), truth, name, cell);
            }
        };
        let parts = operands.iter().map(|operand| self.explained(operand, row));
        Explanation::of_parts(word, self.truth(node, row), parts.collect())
    }
}

/// False if any is, else unknown if any is.
fn all(truths: impl Iterator<Item = Truth>) -> Truth {
    not(any(truths.map(not)))
}

/// True if any is, else unknown if any is.
fn any(truths: impl Iterator<Item = Truth>) -> Truth {
    let mut answer = Truth::False;
    for truth in truths {
        match truth {
            Truth::True => return Truth::True,
            Truth::Unknown => answer = Truth::Unknown,
            Truth::False => {}
        }
    }
    answer
}

fn not(truth: Truth) -> Truth {
    match truth {
        Truth::True => Truth::False,
        Truth::False => Truth::True,
        Truth::Unknown => Truth::Unknown,
    }
}
