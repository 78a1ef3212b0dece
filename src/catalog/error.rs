//! What can be wrong with a saved answer of the Field Catalog. Fed by `load`.
//!
//! The doc of each variant is a file that triggers it.

use miette::Diagnostic;
use thiserror::Error;

use crate::span::Span;

#[derive(Clone, Debug, PartialEq, Eq, Error, Diagnostic)]
pub(super) enum CatalogProblem {
    /// `[{"field_key": "", "data_type": "string", "operators": []}]`
    #[error("a field has an empty `field_key`")]
    #[diagnostic(
        code(filterc::catalog::empty_field_key),
        help("save the answer again: every field of the vendor's has a name")
    )]
    EmptyName(#[label("no name")] Span),

    /// `[{"field_key": "a", …}, {"field_key": "a", …}]`
    #[error("two fields have the `field_key` `{field}`")]
    #[diagnostic(
        code(filterc::catalog::repeated_field),
        help("remove one of them: which of the two a filter means cannot be told")
    )]
    Repeated {
        field: String,
        #[label(primary, "again")]
        span: Span,
        #[label("first")]
        first: Option<Span>,
    },

    /// `[{"field_key": "a", "operators": []}]`
    #[error("the field `{field}` has no `{key}`")]
    #[diagnostic(
        code(filterc::catalog::incomplete_field),
        help("save the answer of the call as it comes, with every key of a field")
    )]
    MissingKey {
        field: String,
        key: &'static str,
        #[label("this field")]
        span: Span,
    },

    /// `[{"field_key": "a", "data_type": "string", "operators": ["like"]}]`
    #[error("the `{key}` of `{field}` has `{found}`, which is not known here")]
    #[diagnostic(
        code(filterc::catalog::unknown_name),
        severity(Warning),
        help("{consequence}; known are {known}")
    )]
    UnknownName {
        field: String,
        key: &'static str,
        found: String,
        #[label("none of the names that are known")]
        span: Span,
        consequence: &'static str,
        known: String,
    },
}
