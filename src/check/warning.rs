//! What is allowed and most likely not meant: slips inside of texts, lists and comments.
//!
//! The doc of each variant is a text that triggers it.

use miette::Diagnostic;
use thiserror::Error;

use crate::span::Span;

#[derive(Clone, Debug, PartialEq, Eq, Error, Diagnostic)]
pub(crate) enum CheckWarning {
    /// `job_title contains ""`
    #[error("the text to look for is {what}")]
    #[diagnostic(
        code(filterc::check::empty_text),
        severity(Warning),
        help("write the text, or `is blank` or `is not blank` to ask whether there is any")
    )]
    EmptyText {
        what: &'static str,
        label: &'static str,
        #[label("{label}")]
        span: Span,
    },

    /// `seniority != vp or seniority != cxo`
    #[error("together these comparisons of `{field}` leave out nobody")]
    #[diagnostic(code(filterc::check::nobody_left_out), severity(Warning))]
    NobodyLeftOut {
        field: String,
        #[label(primary, "lets in whom the other leaves out")]
        span: Span,
        #[label("and the other way round")]
        first: Span,
        #[help]
        help: String,
    },

    /// `email not contains gmail or email not contains yahoo`
    #[error("whoever has the texts of one of these comparisons alone is let in")]
    #[diagnostic(code(filterc::check::parts_left_out_together), severity(Warning))]
    PartsLeftOutTogether {
        #[label(primary, "lets in whom the other leaves out")]
        span: Span,
        #[label("and the other way round")]
        first: Span,
        #[help]
        help: String,
    },

    /// `company_name != "Acme” and department != ”it"`
    #[error("a comparison of `{field}` is inside this string")]
    #[diagnostic(
        code(filterc::check::comparison_in_string),
        severity(Warning),
        help("close the string where the value ends, if the rest is part of the filter")
    )]
    ComparisonInString {
        field: String,
        #[label("one text up to here")]
        span: Span,
    },

    /// `company_name = Store #5 and gender = f`
    #[error("{hidden} is in a comment")]
    #[diagnostic(
        code(filterc::check::hidden_by_comment),
        severity(Warning),
        help(
            "put the value in front of it in quotes if `#` is part of it, else the comment on a line of its own"
        )
    )]
    HiddenByComment {
        hidden: String,
        #[label("from here to the end of the line nothing is read")]
        span: Span,
    },

    /// `first_name != last_name`
    #[error("`{value}` is a field, and here a text")]
    #[diagnostic(
        code(filterc::check::field_as_value),
        severity(Warning),
        help("put it in quotes if this text is meant: two fields cannot be compared")
    )]
    FieldAsValue {
        value: String,
        #[label("compared letter by letter")]
        span: Span,
    },

    /// `company_name not in (Acme, Inc., Globex)`, `employees not in (10, 000+)`
    #[error("`{part}` is a value of its own")]
    #[diagnostic(
        code(filterc::check::split_name),
        severity(Warning),
        help("write {whole} if it is the end of the value in front")
    )]
    SplitName {
        part: String,
        whole: String,
        #[label("the comma in front of it separates two values")]
        span: Span,
    },

    /// `company_domain != "gmail.com "`
    #[error("there is a blank at {place} of this text")]
    #[diagnostic(
        code(filterc::check::blank_at_an_end),
        severity(Warning),
        help("write `{trimmed}` if no value has it: with the blank it is equal to nothing else")
    )]
    BlankAtAnEnd {
        place: &'static str,
        trimmed: String,
        #[label("the blank counts")]
        span: Span,
    },

    /// `email != "@gmail.com"`
    #[error("`{part}` is a part of an address")]
    #[diagnostic(
        code(filterc::check::address_part),
        severity(Warning),
        help("write `{instead}` for all addresses that have it")
    )]
    AddressPart {
        part: String,
        instead: String,
        #[label("compared with whole values, and equal to none")]
        span: Span,
    },

    /// `department != "'sales'"`
    #[error("there are quotes inside of these quotes")]
    #[diagnostic(
        code(filterc::check::quotes_in_string),
        severity(Warning),
        help("write `{inside}` if no value has them: with them it is equal to nothing else")
    )]
    QuotesInString {
        inside: String,
        #[label("the quotes inside count")]
        span: Span,
    },

    /// `visitors != "Existing customers"`
    #[error("`{value}` does not look like the id of an audience")]
    #[diagnostic(
        code(filterc::check::not_an_audience_id),
        severity(Warning),
        help("write the ids of pixel audiences, each for itself: no name is looked up")
    )]
    NotAnAudienceId {
        value: String,
        #[label("passed on unchanged")]
        span: Span,
    },

    /// `company_total_revenue > 10.000`
    #[error("`{value}` is a number with a fraction")]
    #[diagnostic(
        code(filterc::check::point_in_number),
        severity(Warning),
        help(
            "write `{thousands}` if the point separates thousands, else fewer or more digits behind it"
        )
    )]
    PointInNumber {
        value: String,
        thousands: String,
        #[label("three digits behind the point")]
        span: Span,
    },

    /// `company_domain not in ("gmail.com, yahoo.com")`
    #[error("`{value}` is compared as one text")]
    #[diagnostic(code(filterc::check::list_in_string), severity(Warning))]
    ListInString {
        value: String,
        #[label("several values in one pair of quotes")]
        span: Span,
        #[help]
        help: String,
    },
}
