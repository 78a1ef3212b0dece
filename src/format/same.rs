//! Whether two trees say the same in the same order: all but parentheses and spelling is compared.

use crate::syntax::{Comparison, Expr, Operand, Source};

pub(crate) fn same(left: &Source, right: &Source) -> bool {
    let audience = |source: &Source| {
        let audience = source.audience.as_ref();
        audience.map(|audience| audience.text.to_ascii_lowercase())
    };
    audience(left) == audience(right) && same_expr(&left.expr, &right.expr)
}

fn same_expr(left: &Expr, right: &Expr) -> bool {
    match (bare(left), bare(right)) {
        ((nots, left), (other_nots, right)) if nots == other_nots => match (left, right) {
            (Expr::And(left), Expr::And(right)) | (Expr::Or(left), Expr::Or(right)) => {
                let mut pairs = left.iter().zip(right);
                left.len() == right.len() && pairs.all(|(left, right)| same_expr(left, right))
            }
            (Expr::Comparison(left), Expr::Comparison(right)) => same_comparison(left, right),
            _ => false,
        },
        _ => false,
    }
}

/// Without the parentheses and NOTs in front, and how many NOTs there were.
fn bare(mut expr: &Expr) -> (usize, &Expr) {
    let mut nots = 0;
    loop {
        expr = match expr {
            Expr::Group(group) => &group.inner,
            Expr::Not(not) => {
                nots += not.nots.len();
                &not.operand
            }
            _ => return (nots, expr),
        };
    }
}

fn same_comparison(left: &Comparison, right: &Comparison) -> bool {
    left.field.text == right.field.text
        && left.operator == right.operator
        && left.complete == right.complete
        && std::mem::discriminant(&left.operand) == std::mem::discriminant(&right.operand)
        && same_values(&left.operand, &right.operand)
}

fn same_values(left: &Operand, right: &Operand) -> bool {
    let values = |operand: &Operand| {
        let literals = operand.literals();
        literals
            .map(|literal| (literal.text.clone(), literal.quoted))
            .collect::<Vec<_>>()
    };
    values(left) == values(right)
}
