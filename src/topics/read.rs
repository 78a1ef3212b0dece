//! Saved answers of the taxonomy call to topics, whatever way the pages were put together.
//!
//! Must not know what a name finds. Fed with the text of the file.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::{Arc, OnceLock};

use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::error::TopicsProblem;
use super::{Contents, Topic};
use crate::diagnostic::{FileError, Finding, excerpt, problems};
use crate::json::{Kind, Text, finding};
use crate::span::Span;

const KIND: Kind = Kind {
    file: "the topic file",
    wanted: "made of topics or of pages of them",
    call: "`GET /api/v1/taxonomy/topics`, one page after the other,",
};

pub(super) fn topics(json: &str) -> Result<Contents, FileError> {
    let mut collected = Collected::new(json);
    let bom = json.len() - json.trim_start_matches('\u{feff}').len();
    let rest = json.get(bom..).unwrap_or_default();
    let mut pages = serde_json::Deserializer::from_str(rest);
    while pages.end().is_err() {
        let read = Items(&mut collected).deserialize(&mut pages);
        read.map_err(|error| FileError::new(json, vec![finding(KIND, json, &error)]))?;
    }
    if collected.topics.is_empty() {
        let span = Span::new(0, json.trim_end().len());
        let problem = Finding::new(TopicsProblem::NoTopics(span));
        return Err(FileError::new(json, vec![problem]));
    }
    Ok(Contents {
        topics: collected.topics,
        warnings: problems(json, collected.findings),
        ids: collected.ids,
        names: OnceLock::new(),
        paths: OnceLock::new(),
    })
}

/// The topics read so far.
struct Collected<'a> {
    json: &'a str,
    topics: Vec<Topic>,
    /// From an id to the position of its topic.
    ids: HashMap<Box<str>, usize>,
    /// Categories, states and types: a few texts that nearly every topic repeats.
    shared: HashSet<Arc<str>>,
    findings: Vec<Finding>,
}

impl<'a> Collected<'a> {
    fn new(json: &'a str) -> Self {
        // A topic takes two hundred bytes or more.
        let topics = json.len() / 256;
        Self {
            json,
            topics: Vec::with_capacity(topics),
            ids: HashMap::with_capacity(topics),
            shared: HashSet::new(),
            findings: Vec::new(),
        }
    }

    fn share(&mut self, text: Option<Text<'_>>) -> Arc<str> {
        let text = text.as_ref().map_or("", |text| &text.0);
        if let Some(shared) = self.shared.get(text) {
            return shared.clone();
        }
        let shared: Arc<str> = text.into();
        self.shared.insert(shared.clone());
        shared
    }

    fn add(&mut self, raw: RawTopic<'_>, id: Text<'_>, name: Text<'_>) {
        let place = id.span(self.json);
        let topic = Topic {
            id: id.into(),
            name: name.into(),
            category: self.share(raw.category),
            subcategory: self.share(raw.subcategory),
            status: self.share(raw.status),
            topic_type: self.share(raw.topic_type),
        };
        let Some(first) = self.ids.get(&topic.id).and_then(|at| self.topics.get(*at)) else {
            self.ids.insert(topic.id.clone(), self.topics.len());
            self.topics.push(topic);
            return;
        };
        if (first.name(), first.path()) != (topic.name(), topic.path()) {
            self.findings.push(Finding::new(TopicsProblem::RepeatedId {
                id: excerpt(&topic.id),
                first: excerpt(&first.path()),
                second: excerpt(&topic.path()),
                span: place.unwrap_or(Span::new(0, 0)),
            }));
        }
    }
}

/// A topic, a page, or a list of either.
struct Items<'c, 'a>(&'c mut Collected<'a>);

impl<'de> DeserializeSeed<'de> for Items<'_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

#[derive(Default)]
struct RawTopic<'a> {
    id: Option<Text<'a>>,
    name: Option<Text<'a>>,
    category: Option<Text<'a>>,
    subcategory: Option<Text<'a>>,
    status: Option<Text<'a>>,
    topic_type: Option<Text<'a>>,
}

impl<'a> RawTopic<'a> {
    fn part(&mut self, key: &str) -> Option<&mut Option<Text<'a>>> {
        Some(match key {
            "topic_id" => &mut self.id,
            "name" => &mut self.name,
            "category_name" => &mut self.category,
            "subcategory_name" => &mut self.subcategory,
            "status" => &mut self.status,
            "topic_type" => &mut self.topic_type,
            _ => return None,
        })
    }
}

impl<'de> Visitor<'de> for Items<'_, '_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a topic, a page of topics, or a list of them")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Items(self.0))?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        let mut topic = RawTopic::default();
        let mut is_page = false;
        while let Some(Text(key)) = object.next_key()? {
            if let Some(part) = topic.part(&key) {
                if part.is_some() {
                    return Err(A::Error::custom(format_args!("duplicate field `{key}`")));
                }
                *part = object.next_value()?;
            } else if matches!(&*key, "response" | "topics") {
                if std::mem::replace(&mut is_page, true) {
                    return Err(A::Error::custom("a page has its topics twice"));
                }
                object.next_value_seed(Items(self.0))?;
            } else {
                object.next_value::<IgnoredAny>()?;
            }
        }
        match (topic.id.take(), topic.name.take()) {
            _ if is_page => {}
            (Some(id), Some(name)) => self.0.add(topic, id, name),
            (Some(_), None) => return Err(A::Error::custom("a topic has no `name`")),
            (None, Some(_)) => return Err(A::Error::custom("a topic has no `topic_id`")),
            (None, None) => {
                let reason = "an object is neither a topic nor a page of topics";
                return Err(A::Error::custom(reason));
            }
        }
        Ok(())
    }
}
