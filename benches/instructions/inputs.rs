//! The expressions that are measured, as trees; the language's text of each.
//!
//! Used by `benches/instructions` and by the comparison in `benches/peers`, which writes the same
//! trees in the syntax of others. Everything is made by counting: the texts never vary. None of
//! them gets a warning.

use std::fmt::Write;

/// An expression without a mistake.
pub(crate) enum Expr {
    And(Vec<Expr>),
    Or(Vec<Expr>),
    Not(Box<Expr>),
    Compare {
        field: &'static str,
        operator: Operator,
        /// One, if the operator is not `in` or `not in`.
        values: Vec<String>,
    },
}

/// What all the languages that are compared have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    In,
    NotIn,
    Contains,
}

/// The fields that are used: all of them texts.
#[allow(dead_code, reason = "the comparison alone declares them")]
pub(crate) const FIELDS: [&str; 7] = [
    "seniority_level",
    "department",
    "job_title",
    "company_domain",
    "company_industry",
    "company_name",
    "event_type",
];

/// Names of the inputs without a mistake, in the order in which they are measured.
#[allow(dead_code, reason = "the comparison alone measures all")]
pub(crate) const INPUTS: [&str; 6] = ["small", "medium", "large", "wide", "list", "deep"];

/// The expression of one of [`INPUTS`].
pub(crate) fn expression(name: &str) -> Option<Expr> {
    Some(match name {
        // 3 comparisons, about 80 bytes.
        "small" => Expr::And(vec![comparison(0), comparison(1), comparison(2)]),
        // 20 comparisons, about 1 KB.
        "medium" => {
            let group = |first: usize| Expr::Or((first..first + 5).map(comparison).collect());
            let inner = Expr::And(vec![group(10), Expr::Not(Box::new(group(15)))]);
            Expr::And(vec![group(0), Expr::Or(vec![group(5), inner])])
        }
        // 10,000 comparisons nested 3 deep, about 500 KB.
        "large" => nested(100),
        // The same nesting, about 10 MB.
        "huge" => nested(2_000),
        // 10,000 comparisons in one `or`: exclusions joined so would leave out nobody.
        "wide" => Expr::Or(
            (0..)
                .filter(|number| !matches!(number % 10, 4 | 6 | 7))
                .take(10_000)
                .map(comparison)
                .collect(),
        ),
        // One list of 100,000 strings, about 2.8 MB.
        "list" => Expr::Compare {
            field: "company_domain",
            operator: Operator::In,
            values: (0..100_000)
                .map(|number| format!("customer-{number:06}.acme.com"))
                .collect(),
        },
        // 120 levels of parentheses.
        "deep" => (0..120).fold(comparison(0), |inner, level| {
            let operands = vec![comparison(level), inner];
            if level % 2 == 0 {
                Expr::Or(operands)
            } else {
                Expr::And(operands)
            }
        }),
        _ => return None,
    })
}

fn nested(groups: usize) -> Expr {
    let inner = |first: usize| {
        let or = Expr::Or((first..first + 10).map(comparison).collect());
        if first % 100 == 50 {
            Expr::Not(Box::new(or))
        } else {
            or
        }
    };
    let outer = |group: usize| Expr::And((0..10).map(|n| inner(group * 100 + n * 10)).collect());
    Expr::Or((0..groups).map(outer).collect())
}

/// One of ten kinds of comparison, with values that are not those of its neighbours.
fn comparison(number: usize) -> Expr {
    use Operator::{Contains, Equal, In, NotEqual, NotIn};
    let departments = ["sales", "marketing", "engineering", "human resources"];
    let department = |at: usize| departments.iter().cycle().nth(at % 4).copied();
    let (field, operator, values): (_, _, &[String]) = match number % 10 {
        0 => ("seniority_level", Equal, &["vp".to_owned()]),
        1 => (
            "department",
            In,
            &[number / 10, number / 10 + 1].map(|at| department(at).unwrap_or_default().to_owned()),
        ),
        2 => ("job_title", Contains, &[format!("platform{number}")]),
        3 => (
            "company_domain",
            Equal,
            &[format!("subsidiary{number}.acme-holding.com")],
        ),
        4 => (
            "company_industry",
            NotEqual,
            &[format!("computer software and services {number}")],
        ),
        5 => (
            "company_name",
            In,
            &[
                format!("Acme {number}"),
                format!("Initech & Sons of Austin {number}"),
            ],
        ),
        6 => (
            "job_title",
            NotEqual,
            &[format!("working student in marketing {number}")],
        ),
        7 => (
            "seniority_level",
            NotIn,
            &["staff", "manager", "director"].map(str::to_owned),
        ),
        8 => (
            "event_type",
            Equal,
            &[format!("page_view_of_product_{number}")],
        ),
        _ => (
            "job_title",
            Contains,
            &[format!("head of data platforms {number}")],
        ),
    };
    let values = values.to_vec();
    Expr::Compare {
        field,
        operator,
        values,
    }
}

/// An expression as text of the language, spelled as people do: words without quotes.
pub(crate) fn text(expr: &Expr) -> String {
    let mut text = String::new();
    write_expr(expr, &mut text);
    text
}

fn write_expr(expr: &Expr, text: &mut String) {
    match expr {
        Expr::And(operands) => write_operands(operands, " and ", text),
        Expr::Or(operands) => write_operands(operands, " or ", text),
        Expr::Not(operand) => {
            text.push_str("not ");
            write_operand(operand, text);
        }
        Expr::Compare {
            field,
            operator,
            values,
        } => {
            let operator = match operator {
                Operator::Equal => "=",
                Operator::NotEqual => "!=",
                Operator::In => "in",
                Operator::NotIn => "not in",
                Operator::Contains => "contains",
            };
            // Writing to a string cannot fail.
            let _ = write!(text, "{field} {operator} ");
            write_values(operator.ends_with("in"), values, text);
        }
    }
}

fn write_operands(operands: &[Expr], between: &str, text: &mut String) {
    for (at, operand) in operands.iter().enumerate() {
        if at > 0 {
            text.push_str(between);
        }
        write_operand(operand, text);
    }
}

fn write_operand(expr: &Expr, text: &mut String) {
    if matches!(expr, Expr::And(_) | Expr::Or(_)) {
        text.push('(');
        write_expr(expr, text);
        text.push(')');
    } else {
        write_expr(expr, text);
    }
}

fn write_values(is_list: bool, values: &[String], text: &mut String) {
    if is_list {
        text.push('(');
    }
    for (at, value) in values.iter().enumerate() {
        if at > 0 {
            text.push_str(", ");
        }
        // A long list comes from an export, which quotes everything.
        if value.contains([' ', '&']) || values.len() > 10 {
            let _ = write!(text, "\"{value}\"");
        } else {
            text.push_str(value);
        }
    }
    if is_list {
        text.push(')');
    }
}

/// The text with one mistake: in the middle, an AND or OR between two comparisons is missing.
pub(crate) fn with_mistake(text: &str) -> String {
    let middle = text.len() / 2;
    for joiner in [" or ", " and ", " || ", " && ", " OR ", " AND "] {
        let inside = text.match_indices(joiner).find(|(at, _)| *at >= middle);
        if let Some((at, _)) = inside {
            let (before, behind) = text.split_at(at);
            let behind = behind.strip_prefix(joiner).unwrap_or(behind);
            return format!("{before} {behind}");
        }
    }
    text.to_owned()
}
