//! One literal that must be a number.
//!
//! What the language takes, and what was meant where it does not, is asked of `decimal`.

use super::Checker;
use super::error::CheckProblem;
use super::warning::CheckWarning;
use crate::decimal::{self, Meant};
use crate::diagnostic::{Finding, excerpt};
use crate::syntax::{Literal, Name};

impl Checker<'_, '_> {
    /// The digits of a number, whole unless it may have a `fraction`.
    pub(super) fn number(
        &mut self,
        name: &Name,
        literal: &Literal,
        fraction: bool,
    ) -> Option<String> {
        let digits = decimal::normalize(&literal.text, fraction);
        if digits.is_some() {
            if fraction && let Some(thousands) = without_point(&literal.text) {
                self.report(CheckWarning::PointInNumber {
                    value: excerpt(&literal.text),
                    thousands,
                    span: literal.span,
                });
            }
            return digits;
        }
        let (wanted, examples) = if fraction {
            ("a number", "`2500`, `10_000` or `-1.5`")
        } else {
            ("a whole number", "`2500` or `10_000`")
        };
        let meant = decimal::meant(&literal.text, fraction);
        let help = match &meant {
            Some(it) if it.certain => format!("write `{}`, without quotes", it.digits),
            Some(it) => format!("write `{}` if that is the number", it.digits),
            None => format!("write digits, such as {examples}"),
        };
        let finding = Finding::new(CheckProblem::WrongLiteral {
            value: excerpt(&literal.text),
            wanted,
            span: literal.span,
            field: name.text.to_string(),
            help,
        });
        self.findings.push(match meant {
            Some(Meant {
                digits,
                certain: true,
            }) => finding.fix("write the number", literal.span, digits),
            _ => finding,
        });
        None
    }
}

/// `10_000` for `10.000`: elsewhere the point separates thousands.
fn without_point(text: &str) -> Option<String> {
    let (whole, decimals) = text.split_once('.')?;
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    let is_grouped = (1..=3).contains(&digits.len()) && !digits.starts_with('0');
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_thousand = decimals.len() == 3 && are_digits(digits) && are_digits(decimals);
    (is_grouped && is_thousand).then(|| format!("{whole}_{decimals}"))
}
