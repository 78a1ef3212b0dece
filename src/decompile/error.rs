//! Why a saved filter is no filter object. Fed by `read`.
//!
//! The doc of each variant is a file that triggers it.

use miette::Diagnostic;
use thiserror::Error;

use crate::span::Span;

#[derive(Clone, Debug, PartialEq, Eq, Error, Diagnostic)]
pub(super) enum DecompileProblem {
    /// An empty file, or `{"data": []}`.
    #[error("there is no filter here")]
    #[diagnostic(
        code(filterc::decompile::nothing_saved),
        help("save a filter, an audience, or an answer that lists audiences")
    )]
    NothingSaved(#[label("no filter in all of this")] Span),

    /// `{"condition": "and", "rules": {}}`
    #[error("`{pointer}` is {found} where {wanted} is expected")]
    #[diagnostic(
        code(filterc::decompile::unexpected_json),
        help("save the filter again as the vendor answers it")
    )]
    UnexpectedJson {
        pointer: String,
        found: &'static str,
        wanted: &'static str,
        #[label("{found}")]
        span: Span,
    },

    /// `{"condition": "and", "rules": [{"fieldName": "gender"}]}`
    #[error("{what} has no `{key}`")]
    #[diagnostic(
        code(filterc::decompile::absent_key),
        help("it needs {wanted}; nothing is guessed in its place")
    )]
    AbsentKey {
        what: String,
        key: &'static str,
        wanted: &'static str,
        #[label("no `{key}` in this")]
        span: Span,
    },

    /// `{"condition": "and", "not": true, "rules": […]}`
    #[error("{what} has no key `{key}`, and `{pointer}` is one")]
    #[diagnostic(code(filterc::decompile::extra_key))]
    ExtraKey {
        what: &'static str,
        key: String,
        pointer: String,
        #[label("unknown key")]
        span: Span,
        #[help]
        help: String,
    },

    /// `{"condition": "and", "condition": "or", "rules": […]}`
    #[error("`{pointer}` is there twice")]
    #[diagnostic(
        code(filterc::decompile::repeated_key),
        help("keep the one that is meant: which of them counts is chance")
    )]
    RepeatedKey {
        pointer: String,
        #[label("again")]
        span: Span,
    },

    /// `{"condition": "not", "rules": […]}`
    #[error("`{pointer}` is `{found}`, which is no condition")]
    #[diagnostic(
        code(filterc::decompile::wrong_condition),
        help(
            "a group is joined by `and` or by `or`, in small letters; NOT is said by the operators"
        )
    )]
    WrongCondition {
        pointer: String,
        found: String,
        #[label("no condition")]
        span: Span,
    },

    /// `{"condition": "and", "rules": []}`
    #[error("{what} has no rules")]
    #[diagnostic(
        code(filterc::decompile::empty_group),
        help("take the group out, or write its rules: whether it selects all or nothing is open")
    )]
    EmptyGroup {
        what: String,
        #[label("no rules")]
        span: Span,
    },

    /// `{"operator": "like", "value": "x"}`
    #[error("`{pointer}` is `{found}`, which is no operator")]
    #[diagnostic(code(filterc::decompile::no_such_operator))]
    NoSuchOperator {
        pointer: String,
        found: String,
        #[label("no operator of a filter")]
        span: Span,
        #[help]
        help: String,
    },

    /// `{"operator": "in", "value": "x"}`
    #[error("`{operator}` takes {wanted}, and `{pointer}` is {found}")]
    #[diagnostic(code(filterc::decompile::wrong_operand))]
    WrongOperand {
        operator: &'static str,
        wanted: &'static str,
        pointer: String,
        found: &'static str,
        #[label("{found}")]
        span: Span,
        #[help]
        help: String,
    },

    /// A `fieldName` with a line break or a backtick in it.
    #[error("`{pointer}` names a field that no expression can name: {reason}")]
    #[diagnostic(
        code(filterc::decompile::unwritable_field),
        help("check the name: the vendor's fields have letters, digits and `_`")
    )]
    UnwritableField {
        pointer: String,
        reason: &'static str,
        #[label("cannot be written")]
        span: Span,
    },

    /// `{"type": "intent", "filter": {…}}`
    #[error("`{pointer}` is `{found}`, which is no audience type")]
    #[diagnostic(
        code(filterc::decompile::no_such_type),
        help("the audience types are `events`, `intents`, `elixir`, `list` and `pixel`")
    )]
    NoSuchType {
        pointer: String,
        found: String,
        #[label("no audience type")]
        span: Span,
    },

    /// 129 groups in one another.
    #[error("the groups are more than {limit} deep in one another")]
    #[diagnostic(
        code(filterc::decompile::too_many_levels),
        help("a group inside one of the same condition says nothing: take such groups out")
    )]
    TooManyLevels {
        limit: usize,
        #[label("this one is too deep")]
        span: Span,
    },
}
