//! From saved JSON to the filters in it: every key is known, or there is no filter.
//!
//! Finds all that is wrong in one run. Must not know a field.

use super::error::DecompileProblem as Problem;
use super::place::At;
use crate::catalog::AudienceType;
use crate::diagnostic::{FileError, Finding, excerpt};
use crate::json::{Kind, Member, Tree, Unread, Value as Json, trees};
use crate::span::Span;
use crate::suggest::nearest;
use crate::wire::{Condition, FilterGroup, FilterRule, Rule};

/// How deep groups may be in one another below the root: as deep as parentheses may.
const DEEPEST: usize = 128;

const KIND: Kind = Kind {
    file: "the file",
    wanted: "a filter or an audience",
    call: "`GET /api/v1/audiences`",
};

/// A filter as it was saved, and what is known of the audience it is of.
///
/// ```
/// use filterc::SavedFilter;
///
/// let saved = SavedFilter::read(r#"{"audience_name": "Leaders", "filter":
///     {"condition": "and", "rules": [{"fieldName": "gender",
///      "conditionRules": {"operator": "is null"}}]}}"#)?;
/// assert_eq!(saved[0].name(), Some("Leaders"));
/// assert!(saved[0].filter().is_some());
/// # Ok::<(), filterc::FileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedFilter {
    name: Option<String>,
    id: Option<String>,
    audience: Option<AudienceType>,
    filter: Option<FilterGroup>,
    span: Span,
}

impl SavedFilter {
    /// Reads filters, in their order.
    ///
    /// Accepted are a filter group, an object with a `filter` (an audience, the body of a call), a
    /// list of these or an answer with one under `data`, and several of all that one after the
    /// other, such as one a line.
    ///
    /// # Errors
    ///
    /// If anything is not as the vendor's filter object is: an operator, the shape of a value, a
    /// key. The error holds all problems of the file, with their places in it.
    pub fn read(json: &str) -> Result<Vec<Self>, FileError> {
        FileError::if_too_long(json)?;
        read(json).map_err(|findings| FileError::new(json, findings))
    }

    /// The filter; `None` where the audience is not narrowed.
    pub fn filter(&self) -> Option<&FilterGroup> {
        self.filter.as_ref()
    }

    /// The filter, taken out.
    pub fn into_filter(self) -> Option<FilterGroup> {
        self.filter
    }

    /// The name of the audience.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The id of the audience.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The type of the audience.
    pub fn audience(&self) -> Option<AudienceType> {
        self.audience
    }

    /// Where in the JSON it stands.
    pub fn span(&self) -> Span {
        self.span
    }
}

/// All filters of a text, or all that is wrong with it.
fn read(json: &str) -> Result<Vec<SavedFilter>, Vec<Finding>> {
    let trees = trees(KIND, json).map_err(|unread| {
        vec![match unread {
            Unread::NotJson(finding) => finding,
            Unread::TooDeep(span) => Finding::new(Problem::TooManyLevels {
                limit: DEEPEST,
                span,
            }),
        }]
    })?;
    let mut reader = Reader {
        json,
        findings: Vec::new(),
    };
    let mut saved = Vec::new();
    for tree in &trees {
        reader.any(tree, &mut saved);
    }
    if saved.is_empty() && reader.findings.is_empty() {
        let whole = Span::new(0, json.trim_end().len());
        reader.report(Problem::NothingSaved(whole));
    }
    if reader.findings.is_empty() {
        Ok(saved)
    } else {
        Err(reader.findings)
    }
}

pub(super) struct Reader<'j> {
    json: &'j str,
    findings: Vec<Finding>,
}

/// The members of an object by their keys, in the order in which they are asked for.
pub(super) struct Keys<'t, 'j> {
    what: &'static str,
    pub(super) tree: &'t Tree<'j>,
    members: &'t [Member<'j>],
}

impl<'t, 'j> Keys<'t, 'j> {
    pub(super) fn get(&self, key: &str) -> Option<&'t Tree<'j>> {
        let member = self.members.iter().find(|member| member.key == key);
        member.map(|member| &member.value)
    }
}

impl Reader<'_> {
    pub(super) fn report(&mut self, problem: Problem) {
        self.findings.push(Finding::new(problem));
    }

    /// A filter, an audience, or a list of audiences.
    fn any(&mut self, tree: &Tree<'_>, saved: &mut Vec<SavedFilter>) {
        let root = At::ROOT;
        match &tree.value {
            Json::List(items) => {
                for (place, item) in items.iter().enumerate() {
                    saved.extend(self.audience(item, root.index(place)));
                }
            }
            Json::Object(members) if has(members, "data") && !is_filter(members) => {
                let at = root.key("data");
                self.once(members, "data", root);
                self.no_filter_beside(members, root);
                for data in members.iter().filter(|member| member.key == "data") {
                    let Json::List(items) = &data.value.value else {
                        self.unexpected(&data.value, at, "a list");
                        continue;
                    };
                    for (place, item) in items.iter().enumerate() {
                        saved.extend(self.audience(item, at.index(place)));
                    }
                }
            }
            _ => saved.extend(self.audience(tree, root)),
        }
    }

    /// An answer that lists audiences has no filter of its own: read or not, one of the two would
    /// be left out.
    fn no_filter_beside(&mut self, members: &[Member<'_>], at: At<'_>) {
        for member in members.iter().filter(|member| member.key == "filter") {
            self.report(Problem::ExtraKey {
                what: "an answer with `data`",
                key: "filter".to_owned(),
                pointer: at.key("filter").pointer(),
                span: member.key_span,
                help: "save the audience and the list in files of their own".to_owned(),
            });
        }
    }

    /// An audience, or the filter alone.
    fn audience(&mut self, tree: &Tree<'_>, at: At<'_>) -> Option<SavedFilter> {
        let Json::Object(members) = &tree.value else {
            self.unexpected(tree, at, "an object");
            return None;
        };
        if !has(members, "filter") && !is_audience(members) || is_filter(members) {
            return Some(SavedFilter {
                name: None,
                id: None,
                audience: None,
                filter: Some(self.group(tree, at, 0)?),
                span: tree.span,
            });
        }
        for key in ["filter", "type", "audience_name", "id"] {
            self.once(members, key, at);
        }
        let keys = Keys {
            what: "an audience",
            tree,
            members,
        };
        let audience = match keys.get("type") {
            None => None,
            Some(named) => {
                let at = at.key("type");
                Some(self.audience_type(named, at)?)
            }
        };
        let filter_at = at.key("filter");
        let may_be_absent = matches!(audience, Some(AudienceType::List | AudienceType::Pixel));
        let is_absent = match keys.get("filter").map(|filter| &filter.value) {
            None | Some(Json::Null) => true,
            Some(Json::Object(members)) => members.is_empty(),
            Some(_) => false,
        };
        let filter = match keys.get("filter") {
            _ if is_absent && may_be_absent => None,
            Some(filter) => Some(self.group(filter, filter_at, 0)?),
            None => {
                return self.absent(&keys, at, "filter", "a filter object");
            }
        };
        Some(SavedFilter {
            name: keys.get("audience_name").and_then(|name| self.scalar(name)),
            id: keys.get("id").and_then(|id| self.scalar(id)),
            audience,
            filter,
            span: tree.span,
        })
    }

    /// A text or a number as it is shown to people.
    fn scalar(&self, tree: &Tree<'_>) -> Option<String> {
        match &tree.value {
            Json::Text(text) => Some(text.clone().into_owned()),
            Json::Number => Some(self.slice(tree.span).to_owned()),
            _ => None,
        }
    }

    fn slice(&self, span: Span) -> &str {
        self.json.get(span.range()).unwrap_or_default()
    }

    fn audience_type(&mut self, tree: &Tree<'_>, at: At<'_>) -> Option<AudienceType> {
        let text = self.text(tree, at)?;
        let found = text.parse();
        if found.is_err() {
            self.report(Problem::NoSuchType {
                pointer: at.pointer(),
                found: excerpt(text),
                span: tree.span,
            });
        }
        found.ok()
    }

    pub(super) fn text<'t>(&mut self, tree: &'t Tree<'_>, at: At<'_>) -> Option<&'t str> {
        match &tree.value {
            Json::Text(text) => Some(text),
            _ => {
                self.unexpected(tree, at, "a string");
                None
            }
        }
    }

    fn group(&mut self, tree: &Tree<'_>, at: At<'_>, depth: usize) -> Option<FilterGroup> {
        if depth > DEEPEST {
            let (limit, span) = (DEEPEST, Span::new(tree.span.start(), tree.span.start() + 1));
            self.report(Problem::TooManyLevels { limit, span });
            return None;
        }
        if matches!(&tree.value, Json::Object(members) if members.is_empty()) {
            let (what, span) = (at.named("a group"), tree.span);
            self.report(Problem::EmptyGroup { what, span });
            return None;
        }
        let keys = self.object(tree, at, "a group", &["condition", "rules"])?;
        let condition = match keys.get("condition") {
            Some(condition) => self.condition(condition, at.key("condition")),
            None => self.absent(&keys, at, "condition", "`and` or `or`"),
        };
        let rules = match keys.get("rules") {
            Some(rules) => self.rules(rules, at, depth),
            None => self.absent(&keys, at, "rules", "a list of rules and groups"),
        };
        Some(FilterGroup {
            condition: condition?,
            rules: rules?,
        })
    }

    fn condition(&mut self, tree: &Tree<'_>, at: At<'_>) -> Option<Condition> {
        let text = self.text(tree, at)?;
        match text {
            "and" => Some(Condition::And),
            "or" => Some(Condition::Or),
            _ => {
                self.report(Problem::WrongCondition {
                    pointer: at.pointer(),
                    found: excerpt(text),
                    span: tree.span,
                });
                None
            }
        }
    }

    /// `at`: of the group.
    fn rules(&mut self, tree: &Tree<'_>, group: At<'_>, depth: usize) -> Option<Vec<Rule>> {
        let at = group.key("rules");
        let Json::List(items) = &tree.value else {
            self.unexpected(tree, at, "a list");
            return None;
        };
        if items.is_empty() {
            let (what, span) = (group.named("a group"), tree.span);
            self.report(Problem::EmptyGroup { what, span });
            return None;
        }
        // All are read, so that all problems are found.
        let rules: Vec<Option<Rule>> = items
            .iter()
            .enumerate()
            .map(|(place, item)| self.rule(item, at.index(place), depth))
            .collect();
        rules.into_iter().collect()
    }

    /// A rule or an inner group.
    fn rule(&mut self, tree: &Tree<'_>, at: At<'_>, depth: usize) -> Option<Rule> {
        if let Json::Object(members) = &tree.value
            && is_filter(members)
            && !has(members, "fieldName")
        {
            return self.group(tree, at, depth + 1).map(Rule::Group);
        }
        let keys = self.object(tree, at, "a rule", &["fieldName", "conditionRules"])?;
        let field_name = match keys.get("fieldName") {
            Some(name) => self.field(name, at.key("fieldName")),
            None => self.absent(&keys, at, "fieldName", "the name of a field"),
        };
        let condition_rules = match keys.get("conditionRules") {
            Some(rules) => self.condition_rules(rules, at.key("conditionRules")),
            None => self.absent(&keys, at, "conditionRules", "an operator and its value"),
        };
        Some(Rule::Field(FilterRule {
            field_name: field_name?.into(),
            condition_rules: condition_rules?,
        }))
    }

    fn field(&mut self, tree: &Tree<'_>, at: At<'_>) -> Option<String> {
        let name = self.text(tree, at)?;
        let reason = if name.is_empty() {
            "it is empty"
        } else if name.contains('`') {
            "it has a backtick in it"
        } else if name.contains(['\n', '\r']) {
            "it has a line break in it"
        } else {
            return Some(name.to_owned());
        };
        self.report(Problem::UnwritableField {
            pointer: at.pointer(),
            reason,
            span: tree.span,
        });
        None
    }

    /// An object with these keys and no others.
    pub(super) fn object<'t, 'j>(
        &mut self,
        tree: &'t Tree<'j>,
        at: At<'_>,
        what: &'static str,
        known: &[&'static str],
    ) -> Option<Keys<'t, 'j>> {
        let Json::Object(members) = &tree.value else {
            self.unexpected(tree, at, "an object");
            return None;
        };
        let reported = self.findings.len();
        for member in members {
            if known.contains(&&*member.key) {
                continue;
            }
            let help = match meant(&member.key, known, members) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "take it out; the vendor drops it in silence, whatever it should mean"
                    .to_owned(),
            };
            self.report(Problem::ExtraKey {
                what,
                key: excerpt(&member.key),
                pointer: at.key(&member.key).pointer(),
                span: member.key_span,
                help,
            });
        }
        for key in known {
            self.once(members, key, at);
        }
        let keys = Keys {
            what,
            tree,
            members,
        };
        // A misspelled key is not reported as absent besides.
        let is_whole = reported == self.findings.len()
            || known
                .iter()
                .all(|key| *key == "value" || keys.get(key).is_some());
        is_whole.then_some(keys)
    }

    fn once(&mut self, members: &[Member<'_>], key: &str, at: At<'_>) {
        for member in members.iter().filter(|member| member.key == key).skip(1) {
            self.report(Problem::RepeatedKey {
                pointer: at.key(key).pointer(),
                span: member.key_span,
            });
        }
    }

    pub(super) fn absent<T>(
        &mut self,
        keys: &Keys<'_, '_>,
        at: At<'_>,
        key: &'static str,
        wanted: &'static str,
    ) -> Option<T> {
        self.report(Problem::AbsentKey {
            what: at.named(keys.what),
            key,
            wanted,
            span: keys.tree.span,
        });
        None
    }

    fn unexpected(&mut self, tree: &Tree<'_>, at: At<'_>, wanted: &'static str) {
        self.report(Problem::UnexpectedJson {
            pointer: at.pointer(),
            found: described(Some(&tree.value)),
            wanted,
            span: tree.span,
        });
    }
}

/// The key that is meant: the nearest, or one that is missing and longer (`field` for `fieldName`).
fn meant(key: &str, known: &[&'static str], members: &[Member<'_>]) -> Option<&'static str> {
    let folded = key.to_lowercase();
    let is_part = |whole: &str| folded.len() > 1 && whole.to_lowercase().starts_with(&folded);
    let mut missing = known.iter().filter(|known| !has(members, known));
    nearest(key, known.iter().copied()).or_else(|| missing.find(|known| is_part(known)).copied())
}

fn has(members: &[Member<'_>], key: &str) -> bool {
    members.iter().any(|member| member.key == key)
}

/// Whether an object has what only a group has.
fn is_filter(members: &[Member<'_>]) -> bool {
    has(members, "condition") || has(members, "rules")
}

/// Whether an object that has no filter is an audience nevertheless.
fn is_audience(members: &[Member<'_>]) -> bool {
    has(members, "audience_name") || has(members, "segmentation_type")
}

pub(super) fn described(value: Option<&Json<'_>>) -> &'static str {
    match value {
        None => "absent",
        Some(Json::Null) => "null",
        Some(Json::Boolean) => "a boolean",
        Some(Json::Number) => "a number",
        Some(Json::Text(_)) => "a string",
        Some(Json::List(items)) if items.is_empty() => "an empty list",
        Some(Json::List(_)) => "a list",
        Some(Json::Object(_)) => "an object",
    }
}
