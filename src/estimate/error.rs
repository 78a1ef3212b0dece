//! What a filter holds that the estimate call refuses.
//!
//! The doc of each variant is a text that triggers it.

use miette::Diagnostic;
use thiserror::Error;

use crate::span::Span;

#[derive(Clone, Debug, PartialEq, Eq, Error, Diagnostic)]
pub(crate) enum EstimateProblem {
    /// `topic = 4eyes_115481 and (job_title = cto or job_title = cio)`
    #[error("an estimate refuses the nested group `{pointer}`")]
    #[diagnostic(code(filterc::estimate::nested_group), severity(Warning))]
    NestedGroup {
        pointer: String,
        #[label("becomes a group in a group")]
        span: Span,
        #[help]
        help: String,
    },

    /// `seniority = vp and topic != 4eyes_115481`
    #[error("an estimate refuses the topic exclusion `{pointer}`")]
    #[diagnostic(code(filterc::estimate::topic_exclusion), severity(Warning))]
    TopicExclusion {
        pointer: String,
        #[label("becomes a topic exclusion")]
        span: Span,
        #[help]
        help: String,
    },
}
