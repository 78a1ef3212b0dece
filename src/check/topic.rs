//! The values of a topic field: ids as they are, names and paths by the topic file.

use compact_str::CompactString;

use super::Checker;
use super::error::CheckProblem;
use super::value::as_written;
use crate::catalog::Field;
use crate::diagnostic::{Finding, excerpt};
use crate::span::Span;
use crate::syntax::{Comparison, Literal, quoted};
use crate::topics::{Topic, TopicMatch, Topics};

/// How many unknown topics of a text are measured against all names: there are twenty thousand.
const MOST_SOUGHT: usize = 20;

impl Checker<'_, '_> {
    /// The id that a literal is or stands for; without a topic file the literal itself.
    pub(super) fn topic(&mut self, field: &Field, literal: &Literal) -> Option<CompactString> {
        let text = &literal.text;
        let Some(topics) = self.topics else {
            return Some(text.clone());
        };
        if let Some(topic) = topics.get(text) {
            self.warn_of_topic(topic, literal.span);
            return Some(text.clone());
        }
        match topics.find(text) {
            TopicMatch::One(topic) => {
                self.warn_of_topic(topic, literal.span);
                Some(topic.id().into())
            }
            TopicMatch::Several(found) => {
                self.report_ambiguous(&found, literal);
                None
            }
            TopicMatch::None if field.has_id_form(text) => {
                self.report(CheckProblem::UnknownTopicId {
                    id: excerpt(text),
                    span: literal.span,
                });
                Some(text.clone())
            }
            TopicMatch::None => {
                self.report_unknown_topic(topics, field, literal);
                None
            }
        }
    }

    fn warn_of_topic(&mut self, topic: &Topic, span: Span) {
        if !topic.is_active() {
            self.report(CheckProblem::InactiveTopic {
                name: excerpt(topic.name()),
                status: excerpt(topic.status()),
                span,
            });
        }
    }

    fn report_ambiguous(&mut self, found: &[&Topic], literal: &Literal) {
        let mut paths: Vec<String> = found.iter().map(|topic| topic.path()).collect();
        paths.sort_unstable();
        paths.dedup();
        let are_different = paths.len() == found.len();
        let shown = found.iter().take(5).map(|topic| {
            if are_different {
                quoted(&topic.path())
            } else {
                format!("`{}` ({})", topic.id(), topic.path())
            }
        });
        let shown: Vec<String> = shown.collect();
        let more = if found.len() > shown.len() {
            ", …"
        } else {
            ""
        };
        let what = if are_different { "path" } else { "id" };
        self.report(CheckProblem::AmbiguousTopic {
            name: excerpt(&literal.text),
            count: found.len(),
            span: literal.span,
            help: format!(
                "write the {what} of the one that is meant: {}{more}",
                shown.join(", ")
            ),
        });
    }

    fn report_unknown_topic(&mut self, topics: &Topics, field: &Field, literal: &Literal) {
        self.sought_topics += 1;
        let is_sought = self.sought_topics <= MOST_SOUGHT;
        let whole_id = field.with_id_prefix(&literal.text);
        let near = whole_id
            .filter(|id| topics.get(id).is_some())
            .map(|id| (id, true))
            .or_else(|| is_sought.then(|| topics.nearest(&literal.text)).flatten());
        let help = match &near {
            Some((near, _)) => format!("did you mean `{}`?", as_written(near)),
            None if is_sought => topics_with(topics, &literal.text),
            None => "`filterc topics` searches the topic file".to_owned(),
        };
        let finding = Finding::new(CheckProblem::UnknownTopic {
            name: excerpt(&literal.text),
            span: literal.span,
            help,
        });
        self.findings.push(match near {
            Some((near, true)) => {
                let written = as_written(&near);
                finding.fix(format!("write `{written}`"), literal.span, written)
            }
            _ => finding,
        });
    }

    pub(super) fn warn_of_topic_names(&mut self, field: &Field, comparison: &Comparison) {
        let names = || {
            comparison
                .operand
                .literals()
                .filter(|literal| !field.has_id_form(&literal.text))
        };
        let Some(first) = names().next() else { return };
        let shown: Vec<String> = names()
            .take(3)
            .map(|name| format!("`{}`", excerpt(&name.text)))
            .collect();
        let count = names().count();
        let values = match count {
            1 => format!("{} is not a topic id", shown.join("")),
            2 | 3 => format!("{} are not topic ids", shown.join(", ")),
            _ => format!(
                "{} and {} more are not topic ids",
                shown.join(", "),
                count - shown.len()
            ),
        };
        self.report(CheckProblem::NotATopicId {
            values,
            span: first.span,
        });
    }
}

/// Where to look for a topic whose name is not even nearly known: those that have the words in them.
fn topics_with(topics: &Topics, text: &str) -> String {
    let mut found = topics.search(text).filter(|_| !text.trim().is_empty());
    let shown: Vec<String> = found
        .by_ref()
        .take(5)
        .map(|topic| quoted(&topic.path()))
        .collect();
    match shown.as_slice() {
        [] => "`filterc topics` searches the topic file".to_owned(),
        [one] => format!("the topic with these words is {one}"),
        several => {
            let more = if found.next().is_some() { ", …" } else { "" };
            format!("topics with these words are {}{more}", several.join(", "))
        }
    }
}
