//! What can be wrong with an expression once its fields are known: one variant a kind of problem.
//!
//! The doc of each variant is a text that triggers it. Wording: what was found, then what is
//! possible; the text of the user in backticks. Fixes are attached where the problem is reported.

use miette::Diagnostic;
use thiserror::Error;

use crate::span::Span;

#[derive(Clone, Debug, PartialEq, Eq, Error, Diagnostic)]
pub(crate) enum CheckProblem {
    /// `senority = vp`
    #[error("there is no field `{name}`")]
    #[diagnostic(code(filterc::check::unknown_field))]
    UnknownField {
        name: String,
        #[label("unknown field")]
        span: Span,
        #[help]
        help: String,
    },

    /// `intents where event = click`
    #[error("`{audience}` audiences have no field `{field}`")]
    #[diagnostic(
        code(filterc::check::field_not_in_audience),
        help(
            "`{field}` belongs to audiences of type {others}: choose that type, or leave the comparison out"
        )
    )]
    FieldNotInAudience {
        field: String,
        audience: String,
        others: String,
        #[label("not a field of `{audience}`")]
        span: Span,
    },

    /// `persona where seniority = vp`
    #[error("there is no audience type `{name}`")]
    #[diagnostic(code(filterc::check::unknown_audience_type))]
    UnknownAudienceType {
        name: String,
        #[label("unknown audience type")]
        span: Span,
        #[help]
        help: String,
    },

    /// `list where seniority = vp`, compiled for `pixel`
    #[error("this filter is for `{written}` audiences, and was compiled for `{given}`")]
    #[diagnostic(
        code(filterc::check::audience_mismatch),
        help("write `{given} where`, or compile it for `{written}`")
    )]
    AudienceMismatch {
        written: String,
        given: String,
        #[label("says `{written}`")]
        span: Span,
    },

    /// `seniority > vp`
    #[error("`{field}` does not take `{operator}`")]
    #[diagnostic(code(filterc::check::operator_not_taken))]
    OperatorNotTaken {
        field: String,
        operator: String,
        #[label("not an operator of this {field_type} field")]
        span: Span,
        field_type: &'static str,
        #[help]
        help: String,
    },

    /// `seniority = boss`
    #[error("`{value}` is not an option of `{field}`")]
    #[diagnostic(code(filterc::check::unknown_option))]
    UnknownOption {
        value: String,
        field: String,
        #[label("{label}")]
        span: Span,
        label: &'static str,
        #[help]
        help: String,
    },

    /// `company_employee_count > many`
    #[error("`{value}` is not {wanted}")]
    #[diagnostic(code(filterc::check::wrong_literal))]
    WrongLiteral {
        value: String,
        wanted: &'static str,
        #[label("`{field}` takes {wanted}")]
        span: Span,
        field: String,
        #[help]
        help: String,
    },

    /// `company_employee_count between 500 and 10`
    #[error("the range from `{low}` to `{high}` is empty")]
    #[diagnostic(
        code(filterc::check::empty_range),
        help("write the lower bound first: `between {high} and {low}`")
    )]
    EmptyRange {
        low: String,
        high: String,
        #[label("nothing is in this range")]
        span: Span,
    },

    /// `visitors = "12" or seniority = vp`
    #[error("`{field}` stands only at the top level, joined to the rest by AND")]
    #[diagnostic(
        code(filterc::check::misplaced_field),
        help(
            "write `{field} … and (…)` with everything else in the parentheses, or make two filters"
        )
    )]
    MisplacedField {
        field: String,
        #[label("inside an OR or a nested group")]
        span: Span,
    },

    /// `intents where seniority = vp`
    #[error("the filter of `{audience}` audiences needs {needs}")]
    #[diagnostic(
        code(filterc::check::unmet_requirement),
        help("add one, such as `{example} and …`")
    )]
    UnmetRequirement {
        audience: String,
        needs: String,
        example: String,
        #[label("none in this filter")]
        span: Span,
    },

    /// `topic = "Cloud Computing"`
    #[error("{values}")]
    #[diagnostic(
        code(filterc::check::not_a_topic_id),
        severity(Warning),
        help(
            "write the id, such as `4eyes_115481`, or give a topic file: a name is passed on as it is"
        )
    )]
    NotATopicId {
        values: String,
        #[label("passed on unchanged")]
        span: Span,
    },

    /// `topic = Kubernets`, with a topic file
    #[error("there is no topic `{name}`")]
    #[diagnostic(code(filterc::check::unknown_topic))]
    UnknownTopic {
        name: String,
        #[label("not in the topic file")]
        span: Span,
        #[help]
        help: String,
    },

    /// `topic = Java`, with a topic file that has an island of this name too
    #[error("`{name}` is the name of {count} topics")]
    #[diagnostic(code(filterc::check::ambiguous_topic))]
    AmbiguousTopic {
        name: String,
        count: usize,
        #[label("could be any of them")]
        span: Span,
        #[help]
        help: String,
    },

    /// `topic = 4eyes_9`, with a topic file that lacks it
    #[error("the topic file has no `{id}`")]
    #[diagnostic(
        code(filterc::check::unknown_topic_id),
        severity(Warning),
        help("check the id, or save the topics anew: it is passed on as it is")
    )]
    UnknownTopicId {
        id: String,
        #[label("not in the topic file")]
        span: Span,
    },

    /// `topic = Fax`, with a topic file that calls it inactive
    #[error("the topic `{name}` is {status}")]
    #[diagnostic(
        code(filterc::check::inactive_topic),
        severity(Warning),
        help("choose a topic that the topic file calls active: `filterc topics` searches it")
    )]
    InactiveTopic {
        name: String,
        status: String,
        #[label("not active")]
        span: Span,
    },

    /// `seniority in (vp, VP)`
    #[error("`{value}` {more} repeated in this list")]
    #[diagnostic(
        code(filterc::check::repeated_value),
        severity(Warning),
        help("remove the repetition: a value counts once")
    )]
    RepeatedValue {
        value: String,
        more: String,
        #[label(primary, "again")]
        span: Span,
        #[label("first")]
        first: Span,
    },

    /// `a = 1 or b = 2 and c = 3`
    #[error("AND and OR are mixed without parentheses")]
    #[diagnostic(
        code(filterc::check::mixed_operators),
        severity(Warning),
        help("AND binds tighter than OR: write parentheses around what belongs together")
    )]
    MixedOperators(#[label("binds first")] Span),

    /// `not a = 1 and b = 2`
    #[error("NOT applies to the next comparison only")]
    #[diagnostic(
        code(filterc::check::ambiguous_not),
        severity(Warning),
        help("write `{instead}` if that is meant, or parentheses around all that is negated")
    )]
    AmbiguousNot {
        instead: String,
        #[label("does not reach past the first comparison")]
        span: Span,
    },

    /// `topic = "4eyes_1" and event = click`
    #[error("no single audience type takes this filter")]
    #[diagnostic(
        code(filterc::check::no_single_audience_type),
        severity(Warning),
        help(
            "split it in two filters, or write the audience type in front, such as `intents where`, to see what does not fit"
        )
    )]
    NoSingleAudienceType {
        /// Where the first field stands that the types so far do not have.
        #[label(primary, "{here}")]
        span: Span,
        here: String,
        #[label("{there}")]
        other: Span,
        there: String,
    },

    /// `net_worth = "1"`
    #[error("whether `{field}` can be filtered on is not documented")]
    #[diagnostic(
        code(filterc::check::undocumented_field),
        severity(Warning),
        help("try the filter with an estimate before money is spent on it")
    )]
    UndocumentedField {
        field: String,
        #[label("only seen in the vendor's output")]
        span: Span,
    },

    /// A field that the account's catalog calls beta.
    #[error("`{field}` is a beta field")]
    #[diagnostic(
        code(filterc::check::beta_field),
        severity(Advice),
        help("expect it to change: the catalog says it is not final")
    )]
    BetaField {
        field: String,
        #[label("beta in the catalog")]
        span: Span,
    },

    /// A field that the account's catalog calls deprecated.
    #[error("`{field}` is deprecated")]
    #[diagnostic(
        code(filterc::check::deprecated_field),
        severity(Warning),
        help("choose another field: the catalog says this one is going away")
    )]
    DeprecatedField {
        field: String,
        #[label("deprecated in the catalog")]
        span: Span,
    },

    /// `elixir where topic = "4eyes_1" and seniority = vp`
    #[error("whether `{audience}` audiences take `{field}` is not documented")]
    #[diagnostic(
        code(filterc::check::unconfirmed_field),
        severity(Warning),
        help("use audiences of type {others}, or try this one with an estimate first")
    )]
    UnconfirmedField {
        field: String,
        audience: String,
        others: String,
        #[label("may be refused")]
        span: Span,
    },

    /// `job_title contains "%dev%"`
    #[error("`{mark}` in a string stands for itself")]
    #[diagnostic(code(filterc::check::wildcard_in_string), severity(Warning))]
    WildcardInString {
        mark: char,
        #[label("not a wildcard")]
        span: Span,
        #[help]
        help: String,
    },
}
