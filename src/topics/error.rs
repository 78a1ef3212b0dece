//! What can be wrong with a topic file. Fed by `read`.
//!
//! The doc of each variant is a file that triggers it.

use miette::Diagnostic;
use thiserror::Error;

use crate::span::Span;

#[derive(Clone, Debug, PartialEq, Eq, Error, Diagnostic)]
pub(super) enum TopicsProblem {
    /// `{"response": {"topics": []}}`
    #[error("the topic file has no topics")]
    #[diagnostic(
        code(filterc::topics::no_topics),
        help("save the pages of `GET /api/v1/taxonomy/topics`, from `offset=0` on")
    )]
    NoTopics(#[label("no topic in all of this")] Span),

    /// `[{"topic_id": "4eyes_1", "name": "A"}, {"topic_id": "4eyes_1", "name": "B"}]`
    #[error("two topics have the `topic_id` `{id}`")]
    #[diagnostic(
        code(filterc::topics::repeated_id),
        severity(Warning),
        help("save the topics anew: until then `{id}` is `{first}`, and `{second}` is nothing")
    )]
    RepeatedId {
        id: String,
        first: String,
        second: String,
        #[label("again, with another name")]
        span: Span,
    },
}
