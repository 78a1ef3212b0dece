//! Saved answers of the taxonomy call to topics, whatever way the pages were put together.
//!
//! Must not know what a name finds. Fed with the text of the file.

use std::fmt;
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

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
    FileError::if_too_long(json)?;
    let mut collected = Collected::new(json);
    let bom = json.len() - json.trim_start_matches('\u{feff}').len();
    let rest = json.get(bom..).unwrap_or_default();
    for items in serde_json::Deserializer::from_str(rest).into_iter() {
        let Items(topics) =
            items.map_err(|error| FileError::new(json, vec![finding(KIND, json, &error)]))?;
        for topic in topics {
            collected.add(topic);
        }
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
        heads: OnceLock::new(),
        paths: OnceLock::new(),
    })
}

/// The topics read so far.
struct Collected<'a> {
    json: &'a str,
    topics: Vec<Topic>,
    /// From an id to the position of its topic.
    ids: FxHashMap<Box<str>, usize>,
    /// Categories, states and types: a few texts that nearly every topic repeats.
    shared: FxHashSet<Arc<str>>,
    findings: Vec<Finding>,
}

impl<'a> Collected<'a> {
    fn new(json: &'a str) -> Self {
        // A topic takes two hundred bytes or more.
        let topics = json.len() / 256;
        Self {
            json,
            topics: Vec::with_capacity(topics),
            ids: FxHashMap::with_capacity_and_hasher(topics, FxBuildHasher),
            shared: FxHashSet::default(),
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

    fn add(&mut self, raw: RawTopic<'_>) {
        let place = raw.id.span(self.json);
        let topic = Topic {
            id: raw.id.into(),
            name: raw.name.into(),
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

/// The topics of a topic, a page, or a list of either.
struct Items<'a>(Vec<RawTopic<'a>>);

impl<'de> Deserialize<'de> for Items<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut items = Self(Vec::new());
        Into(&mut items).deserialize(deserializer)?;
        Ok(items)
    }
}

/// Puts what it reads there.
struct Into<'c, 'a>(&'c mut Items<'a>);

impl<'de> DeserializeSeed<'de> for Into<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

struct RawTopic<'a> {
    id: Text<'a>,
    name: Text<'a>,
    category: Option<Text<'a>>,
    subcategory: Option<Text<'a>>,
    status: Option<Text<'a>>,
    topic_type: Option<Text<'a>>,
}

/// The keys of a topic that are read, in the order of [`Parts`].
const KEYS: [&str; 6] = [
    "topic_id",
    "name",
    "category_name",
    "subcategory_name",
    "status",
    "topic_type",
];

type Parts<'a> = [Option<Text<'a>>; 6];

impl<'de> Visitor<'de> for Into<'_, 'de> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a topic, a page of topics, or a list of them")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Into(&mut *self.0))?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        let mut parts = Parts::default();
        let mut is_page = false;
        while let Some(Text(key)) = object.next_key()? {
            let part = KEYS.iter().position(|known| *known == key);
            if let Some(part) = part.and_then(|at| parts.get_mut(at)) {
                if part.is_some() {
                    return Err(A::Error::custom(format_args!("duplicate field `{key}`")));
                }
                *part = object.next_value()?;
            } else if matches!(&*key, "response" | "topics") {
                if std::mem::replace(&mut is_page, true) {
                    return Err(A::Error::custom("a page has its topics twice"));
                }
                object.next_value_seed(Into(&mut *self.0))?;
            } else {
                object.next_value::<IgnoredAny>()?;
            }
        }
        let [id, name, category, subcategory, status, topic_type] = parts;
        match (id, name) {
            _ if is_page => {}
            (Some(id), Some(name)) => self.0.0.push(RawTopic {
                id,
                name,
                category,
                subcategory,
                status,
                topic_type,
            }),
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
