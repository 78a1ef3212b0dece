//! What can be wrong with a manifest as a whole. The doc of each variant is one that triggers it.

use miette::Diagnostic;
use thiserror::Error;

use crate::span::Span;

#[derive(Clone, Debug, PartialEq, Eq, Error, Diagnostic)]
pub(super) enum ManifestProblem {
    /// `type = "elixir"` and nothing else
    #[error("{keys} missing")]
    #[diagnostic(code(filterc::manifest::missing_key), help("{help}"))]
    MissingKey {
        keys: String,
        #[label("{label}")]
        span: Span,
        label: String,
        help: String,
    },

    /// `intent_window_days = 7` in a manifest of type `elixir`
    #[error("`{audience}` audiences have no `{key}`")]
    #[diagnostic(
        code(filterc::manifest::key_not_in_audience),
        help("leave it out: only `{only}` audiences have it")
    )]
    KeyNotInAudience {
        key: String,
        audience: &'static str,
        only: &'static str,
        #[label("not a key of `{audience}`")]
        span: Span,
    },

    /// `audience_name = ""`
    #[error("`{key}` is empty")]
    #[diagnostic(code(filterc::manifest::empty_value), help("{help}"))]
    EmptyValue {
        key: String,
        #[label("nothing in it")]
        span: Span,
        help: &'static str,
    },

    /// `source_pixel_ids = []`
    #[error("`{key}` has {found} values, and takes {least} to {most}")]
    #[diagnostic(
        code(filterc::manifest::wrong_count),
        help("write {least} to {most} values")
    )]
    WrongCount {
        key: String,
        found: usize,
        least: usize,
        most: usize,
        #[label("{found} values")]
        span: Span,
    },

    /// `source_pixel_min_visit_days = 40` with a window of 30 days
    #[error("nobody visits on {days} days within {window}")]
    #[diagnostic(
        code(filterc::manifest::visits_exceed_window),
        help(
            "write at most {window}, or a longer `source_pixel_window_days`, which is 30 where it is left out"
        )
    )]
    VisitsExceedWindow {
        days: i64,
        window: i64,
        #[label(primary, "more days than the window has")]
        span: Span,
        #[label("the window")]
        at: Option<Span>,
    },

    /// `filter = '…'` and `filter_file = "…"`
    #[error("there are both `filter` and `filter_file`")]
    #[diagnostic(
        code(filterc::manifest::two_filters),
        help("keep one of them: which is meant cannot be told")
    )]
    TwoFilters {
        #[label(primary, "a path")]
        span: Span,
        #[label("and a text")]
        text: Span,
    },

    /// `filter = """gender = f # women \` and `and seniority = vp"""` in the next line
    #[error("a comment goes on in the next line")]
    #[diagnostic(
        code(filterc::manifest::joined_comment),
        severity(Warning),
        help("put the filter between `'''` and `'''`, where a backslash joins no lines")
    )]
    JoinedComment(#[label("this joins the lines: what follows is comment too")] Span),

    /// `type = "events"`
    #[error("the vendor's pages no longer list `{audience}` among the types")]
    #[diagnostic(
        code(filterc::manifest::unlisted_type),
        severity(Advice),
        help("ask the vendor whether it still creates `{audience}` audiences")
    )]
    UnlistedType {
        audience: &'static str,
        #[label("may be refused")]
        span: Span,
    },
}
