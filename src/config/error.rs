//! What can be wrong with settings. The doc of each variant is a file that triggers it.

use miette::Diagnostic;
use thiserror::Error;

use crate::span::Span;

#[derive(Clone, Debug, PartialEq, Eq, Error, Diagnostic)]
pub(super) enum ConfigProblem {
    /// `warnings.deny = ["mixed_operator"]`
    #[error("{message}")]
    #[diagnostic(code(filterc::config::unknown_warning))]
    UnknownWarning {
        message: String,
        #[label("not the code of a warning")]
        span: Span,
        #[help]
        help: String,
    },

    /// `aliases.gender = "company_industry"`
    #[error("{message}")]
    #[diagnostic(code(filterc::config::wrong_alias))]
    WrongAlias {
        message: String,
        #[label("not possible")]
        span: Span,
        #[help]
        help: String,
    },
}
