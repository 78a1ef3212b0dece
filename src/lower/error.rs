//! What has no counterpart in the filter object.
//!
//! The doc of each variant is a text that triggers it.

use miette::Diagnostic;
use thiserror::Error;

use crate::span::Span;

#[derive(Clone, Debug, PartialEq, Eq, Error, Diagnostic)]
pub(crate) enum LowerProblem {
    /// `not (job_title starts with "x")`, `job_title not starts with "x"`
    #[error("{message}")]
    #[diagnostic(code(filterc::lower::no_complement))]
    NoComplement {
        message: String,
        #[label(primary, "{label}")]
        span: Span,
        label: &'static str,
        #[label("this NOT asks for its opposite")]
        not: Option<Span>,
        #[help]
        help: String,
    },

    /// `industry contains "saas"`
    #[error("`{field}` is not documented to take `{operator}`")]
    #[diagnostic(
        code(filterc::lower::tolerated_operator),
        severity(Warning),
        help("write {instead} with exact values where that is possible")
    )]
    ToleratedOperator {
        field: String,
        operator: String,
        instead: String,
        #[label("let through, but unusual for this field")]
        span: Span,
    },
}
