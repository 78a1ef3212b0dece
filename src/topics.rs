//! The topic file: the account's intent topics, found by id, by name or by path.
//!
//! Owns every question about topics. `read` fills it from saved answers; `check` asks it. Must not
//! know expressions.

mod error;
mod read;

use std::fmt;
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::{FileError, Problem};
use crate::names::{NameIndex, fold};
use crate::suggest::{is_certain, nearest};

/// The intent topics that a filter can name.
///
/// Cloning is cheap: clones share their topics. Names are indexed on the first look-up of one, so
/// that no look-up scans them.
#[derive(Clone)]
pub struct Topics(Arc<Contents>);

struct Contents {
    topics: Vec<Topic>,
    warnings: Vec<Problem>,
    /// From an id to the position of its topic.
    ids: FxHashMap<Box<str>, usize>,
    names: OnceLock<NameIndex>,
    /// What paths begin with, folded.
    heads: OnceLock<FxHashSet<String>>,
    paths: OnceLock<NameIndex>,
}

/// One intent topic, as `GET /api/v1/taxonomy/topics` describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    id: Box<str>,
    name: Box<str>,
    category: Arc<str>,
    subcategory: Arc<str>,
    status: Arc<str>,
    topic_type: Arc<str>,
}

impl Topic {
    /// What a filter submits, such as `4eyes_115481`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name, which several topics may have.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// `Category > Subcategory > Name`; what the file does not say is left out.
    pub fn path(&self) -> String {
        let parts = [&*self.category, &*self.subcategory, &*self.name];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(" > ")
    }

    /// The vendor's word for its readiness, such as `active` or `inactive`; empty where the file
    /// does not say.
    pub fn status(&self) -> &str {
        &self.status
    }

    /// Whether the file calls it active, or says nothing.
    pub fn is_active(&self) -> bool {
        matches!(self.status(), "" | "active")
    }

    /// `B2B`, `B2C` or `B2B2C`; empty where the file does not say.
    pub fn topic_type(&self) -> &str {
        &self.topic_type
    }
}

/// What a text finds among the topics.
#[derive(Debug)]
pub(crate) enum TopicMatch<'t> {
    One(&'t Topic),
    None,
    /// At least two topics with that name or path, no two with the same id.
    Several(Vec<&'t Topic>),
}

impl Topics {
    /// Reads saved answers of `GET /api/v1/taxonomy/topics`.
    ///
    /// Accepted are one page, a list of pages, pages one after the other, a list of topics, and
    /// topics one a line (NDJSON); a page is `{"response": {"topics": […]}}` or `{"topics": […]}`.
    /// Keys that are not known are passed over. A topic that comes twice counts once: pages
    /// overlap where topics were added while they were saved.
    ///
    /// # Errors
    ///
    /// If the text is not JSON, or holds anything but pages and topics; if a topic has no
    /// `topic_id` or no `name`; if there is no topic at all.
    ///
    /// ```
    /// let page = r#"{"response":{"topics":[{"topic_id":"4eyes_7","name":"Kubernetes",
    ///     "category_name":"Technology","subcategory_name":"Cloud","status":"active"}]}}"#;
    /// let topics = filterc::Topics::from_json(page)?;
    /// let filter = filterc::Compiler::new().topics(topics).compile("topic = kubernetes")?;
    /// assert!(filter.filter().to_string().contains("4eyes_7"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_json(json: &str) -> Result<Self, FileError> {
        read::topics(json).map(|contents| Self(Arc::new(contents)))
    }

    /// All topics, in the order of the file.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Topic> {
        self.0.topics.iter()
    }

    /// What deserves a look in the file, in its order.
    pub fn warnings(&self) -> &[Problem] {
        &self.0.warnings
    }

    /// The topic of an id.
    pub fn get(&self, id: &str) -> Option<&Topic> {
        let position = self.0.ids.get(id)?;
        self.0.topics.get(*position)
    }

    /// The topics whose name or path has all words of `pattern` in it, ignoring case, and the one
    /// whose id it is; in the order of the file.
    pub fn search(&self, pattern: &str) -> impl Iterator<Item = &Topic> {
        let folded = fold(pattern).into_owned();
        let words: Vec<String> = folded.split_whitespace().map(str::to_owned).collect();
        self.iter().filter(move |topic| {
            let path = topic.path();
            let path = fold(&path);
            *topic.id == *folded || words.iter().all(|word| path.contains(word))
        })
    }

    /// The topics that a name or a path is of: spelled exactly so, else ignoring case. A text can
    /// be the name of one topic and the path of another: then it is both.
    pub(crate) fn find(&self, text: &str) -> TopicMatch<'_> {
        let names = self.0.names.get_or_init(|| self.index(Topic::name));
        let by_name = self.at(names.get(text));
        let mut by_path = Vec::new();
        // Blanks around `>` are the writer's choice.
        let parts: Vec<&str> = text.split('>').map(str::trim).collect();
        let path = parts.join(" > ");
        if parts.len() > 1 && self.begins_path(parts.first().copied().unwrap_or_default()) {
            let paths = self.0.paths.get_or_init(|| self.index(Topic::path));
            by_path = self.at(paths.get(text));
            by_path.extend(self.at(paths.get(&path)));
        }
        let is_exact = |topic: &Topic| {
            topic.name() == text || parts.len() > 1 && [text, &path].contains(&&*topic.path())
        };
        let mut found = by_name;
        found.extend(by_path);
        if found.iter().any(|topic| is_exact(topic)) {
            found.retain(|topic| is_exact(topic));
        }
        let mut seen = FxHashSet::default();
        found.retain(|topic| seen.insert(topic.id()));
        match found.as_slice() {
            [] => TopicMatch::None,
            [topic] => TopicMatch::One(topic),
            _ => TopicMatch::Several(found),
        }
    }

    /// The name nearest to a mistyped one, or the path to a mistyped path, and whether it is
    /// certain to be meant.
    pub(crate) fn nearest(&self, text: &str) -> Option<(String, bool)> {
        let names = || self.iter().map(Topic::name);
        if let Some(name) = nearest(text, names()) {
            let is_one = matches!(self.find(name), TopicMatch::One(_));
            return Some((name.to_owned(), is_one && is_certain(text, name, names())));
        }
        if !text.contains('>') {
            return None;
        }
        let paths: Vec<String> = self.iter().map(Topic::path).collect();
        let paths = || paths.iter().map(String::as_str);
        let path = nearest(text, paths())?;
        Some((path.to_owned(), is_certain(text, path, paths())))
    }

    fn index<'t, N: AsRef<str>>(&'t self, name: impl Fn(&'t Topic) -> N) -> NameIndex {
        let mut index = NameIndex::with_capacity(self.0.topics.len());
        for (at, topic) in self.0.topics.iter().enumerate() {
            index.add(name(topic).as_ref(), at);
        }
        index
    }

    /// Whether a path begins so. Names can have a `>` in them too, and those need no index of paths.
    fn begins_path(&self, head: &str) -> bool {
        let heads = self.0.heads.get_or_init(|| {
            let heads = self.iter().map(|topic| match &*topic.category {
                "" => &*topic.subcategory,
                category => category,
            });
            let heads: FxHashSet<&str> = heads.collect();
            let folded = heads.into_iter().map(|head| {
                // One with a `>` in it is known by what is before.
                let head = head.split('>').next().unwrap_or_default();
                fold(head.trim()).into_owned()
            });
            folded.collect()
        });
        heads.contains(&*fold(head))
    }

    fn at(&self, positions: &[usize]) -> Vec<&Topic> {
        let topics = positions.iter().filter_map(|at| self.0.topics.get(*at));
        topics.collect()
    }
}

impl fmt::Debug for Topics {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Topics({})", self.0.topics.len())
    }
}

#[cfg(test)]
#[expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]
mod tests;
