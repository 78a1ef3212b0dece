//! From the tree of a text to a filter, by section 3 of language.md and by domain.md.
//!
//! Names become fields, values get the vendor's spelling, tests get operators. What a catalog and a
//! topic file say is asked through their public lists; which of it counts is decided here again.

use std::collections::HashSet;

use filterc::{AudienceType, Catalog, Field, Operator, Topics};

use crate::fields::{self, Kind};
use crate::quantity;
use crate::reader::{Leaf, Refusal, Source, Test, Tree};
use crate::row::Relation;

/// What a text is compiled with.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    pub(crate) catalog: Catalog,
    pub(crate) topics: Option<Topics>,
    pub(crate) audience: Option<AudienceType>,
}

pub(crate) type Filter<'c> = Tree<&'c Field>;

/// The filter that a text means.
pub(crate) fn resolve(source: Source, setting: &Setting) -> Result<Filter<'_>, Refusal> {
    let named = source.audience.map(|name| audience(&name)).transpose()?;
    let audience = match (named, setting.audience) {
        (Some(named), Some(given)) if named != given => {
            return Err(Refusal("another audience type"));
        }
        (named, given) => named.or(given),
    };
    let filter = tree(source.tree, setting)?;
    if let Some(audience) = audience {
        let leaves = filter.leaves();
        let exists = |leaf: &&Leaf<&Field>| {
            let field = leaf.field;
            let mut types = field
                .audience_types()
                .chain(field.unconfirmed_audience_types());
            types.any(|one| one == audience)
        };
        if !leaves.iter().all(exists) {
            return Err(Refusal("a field of another audience type"));
        }
        let is_column = |field: &Field| field.audience_types().count() == 5;
        let is_whole = match audience {
            AudienceType::Intents => leaves.iter().any(|leaf| leaf.field.name() == "INTENT"),
            AudienceType::Elixir => leaves.iter().any(|leaf| is_column(leaf.field)),
            _ => true,
        };
        if !is_whole {
            return Err(Refusal("not what the audience type requires"));
        }
    }
    Ok(filter)
}

fn audience(name: &str) -> Result<AudienceType, Refusal> {
    let mut all = AudienceType::ALL.into_iter();
    let found = all.find(|audience| audience.name() == name.to_ascii_lowercase());
    found.ok_or(Refusal("no such audience type"))
}

fn tree(read: Tree<String>, setting: &Setting) -> Result<Filter<'_>, Refusal> {
    let all = |operands: Vec<Tree<String>>| -> Result<Vec<_>, _> {
        operands.into_iter().map(|one| tree(one, setting)).collect()
    };
    Ok(match read {
        Tree::And(operands) => Tree::And(all(operands)?),
        Tree::Or(operands) => Tree::Or(all(operands)?),
        Tree::Not(operand) => Tree::Not(Box::new(tree(*operand, setting)?)),
        Tree::Leaf(leaf) => {
            let field = field(&leaf.field, &setting.catalog)?;
            let test = typed(leaf.test, field, setting)?;
            Tree::Leaf(Leaf {
                field,
                negated: leaf.negated,
                test,
            })
        }
    })
}

/// Spelled exactly so, else ignoring case, else by alias.
fn field<'c>(name: &str, catalog: &'c Catalog) -> Result<&'c Field, Refusal> {
    let same = |one: &str| one.to_lowercase() == name.to_lowercase();
    let fields = || catalog.fields();
    if let Some(field) = fields().find(|field| field.name() == name) {
        return Ok(field);
    }
    let by_name: Vec<_> = fields().filter(|field| same(field.name())).collect();
    let by_alias = fields().filter(|field| field.aliases().any(same));
    match by_name.as_slice() {
        [] => by_alias.into_iter().next().ok_or(Refusal("no such field")),
        [only] => Ok(only),
        _ => Err(Refusal("several fields of that name")),
    }
}

/// The test with its values as the vendor spells them.
fn typed(test: Test, field: &Field, setting: &Setting) -> Result<Test, Refusal> {
    let one = |text: String| value(&text, field, setting, true);
    let list = |texts: Vec<String>, whole: bool| -> Result<Vec<String>, Refusal> {
        let mut seen = HashSet::new();
        let values = texts.iter().map(|text| value(text, field, setting, whole));
        let values: Vec<String> = values.collect::<Result<_, _>>()?;
        Ok(values
            .into_iter()
            .filter(|value| seen.insert(value.clone()))
            .collect())
    };
    Ok(match test {
        Test::Equal(text) => Test::Equal(one(text)?),
        Test::In(texts) => Test::In(list(texts, true)?),
        Test::Text(relation, texts, all) => Test::Text(relation, list(texts, false)?, all),
        Test::Order(relation, text) => Test::Order(relation, one(text)?),
        Test::Exactly(relation, text) => Test::Exactly(relation, one(text)?),
        Test::Between(low, high) => {
            let (low, high) = (one(low)?, one(high)?);
            let read = |text: &str| quantity::read(fields::kind(field), text);
            if read(&low)
                .zip(read(&high))
                .is_some_and(|(low, high)| low > high)
            {
                return Err(Refusal("an empty range"));
            }
            Test::Between(low, high)
        }
        Test::Null | Test::Blank => test,
    })
}

/// `whole`: it is compared as a whole, so that it names an option of a picklist.
pub(crate) fn value(
    text: &str,
    field: &Field,
    setting: &Setting,
    whole: bool,
) -> Result<String, Refusal> {
    let kind = fields::kind(field);
    match kind {
        Kind::Closed if whole => option(text, field),
        Kind::Whole | Kind::Decimal => {
            let digits = text.trim_start_matches('-').split(['_', '.']);
            let is_grouped =
                text.matches('-').count() <= 1 && digits.clone().all(|it| !it.is_empty());
            let number = text.replace('_', "");
            let is_whole = kind == Kind::Decimal || !text.contains('.');
            let is_number = quantity::read(kind, &number).is_some();
            (is_grouped && is_whole && is_number)
                .then_some(number)
                .ok_or(Refusal("no number"))
        }
        Kind::Moment if quantity::read(kind, text).is_none() => Err(Refusal("no moment")),
        Kind::Flag => {
            let flag = text.to_ascii_lowercase();
            let is_flag = flag == "true" || flag == "false";
            is_flag
                .then_some(flag)
                .ok_or(Refusal("neither true nor false"))
        }
        Kind::Topic => topic(text, setting.topics.as_ref()),
        _ => Ok(text.to_owned()),
    }
}

/// By its value or else by its label, ignoring case where none is spelled so. Both must not be of
/// different options, unless it is the value as it is spelled.
fn option(text: &str, field: &Field) -> Result<String, Refusal> {
    let same = |one: &str| one.to_lowercase() == text.to_lowercase();
    let values = field
        .options()
        .iter()
        .map(|option| (option.value(), option.value()));
    let labels = field
        .options()
        .iter()
        .map(|option| (option.label(), option.value()));
    let (values, labels): (Vec<_>, Vec<_>) = (values.collect(), labels.collect());
    let labelled = labels.iter().find(|(label, _)| *label == text);
    let is_value = values.iter().any(|(value, _)| *value == text);
    let is_other = |(value, _): &&(&str, &str)| {
        same(value) && labelled.is_some_and(|(_, other)| other != value)
    };
    if !is_value && values.iter().any(|pair| is_other(&pair)) {
        return Err(Refusal("the value of one option and the label of another"));
    }
    for names in [values, labels] {
        let mut found: Vec<_> = names.iter().filter(|(name, _)| *name == text).collect();
        if found.is_empty() {
            found = names.iter().filter(|(name, _)| same(name)).collect();
        }
        let values: HashSet<&str> = found.iter().map(|(_, value)| *value).collect();
        match values.len() {
            0 => {}
            1 => return Ok(values.into_iter().collect()),
            _ => return Err(Refusal("several options")),
        }
    }
    Err(Refusal("no such option"))
}

/// An id, or a name or a path by the topic file; without a file the text itself.
fn topic(text: &str, topics: Option<&Topics>) -> Result<String, Refusal> {
    let Some(topics) = topics else {
        return Ok(text.to_owned());
    };
    if topics.iter().any(|topic| topic.id() == text) {
        return Ok(text.to_owned());
    }
    let parts: Vec<&str> = text.split('>').map(str::trim).collect();
    let path = parts.join(" > ");
    let find = |same: &dyn Fn(&str) -> bool| -> HashSet<String> {
        let found = topics
            .iter()
            .filter(|topic| same(topic.name()) || same(&topic.path()));
        found.map(|topic| topic.id().to_owned()).collect()
    };
    let mut found = find(&|name| name == text || name == path);
    if found.is_empty() {
        let same = |name: &str, other: &str| name.to_lowercase() == other.to_lowercase();
        found = find(&|name| same(name, text) || same(name, &path));
    }
    let digits = text.strip_prefix("4eyes_").unwrap_or_default();
    let is_id = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match found.len() {
        0 if is_id => Ok(text.to_owned()),
        1 => Ok(found.into_iter().collect()),
        _ => Err(Refusal("no topic, or several")),
    }
}

/// The relations that say a test of a field, or its opposite: as its catalog entry grants them, else
/// as they are let through. One, but for `between`, which has two.
pub(crate) fn relations(leaf: &Leaf<&Field>, negated: bool) -> Result<Vec<Relation>, Refusal> {
    use Relation as R;
    let ways: Vec<Vec<Relation>> = match &leaf.test {
        Test::Equal(_) => vec![vec![R::Is], vec![R::Equals], vec![R::In]],
        Test::In(_) => vec![vec![R::In], vec![R::Is], vec![R::Equals]],
        Test::Text(relation, ..) | Test::Order(relation, _) | Test::Exactly(relation, _) => {
            vec![vec![*relation]]
        }
        Test::Between(..) => vec![vec![R::GreaterOrEqual, R::LessOrEqual]],
        Test::Null | Test::Blank => vec![vec![]],
    };
    let existence = match leaf.test {
        Test::Null => Some(if negated { "is not null" } else { "is null" }),
        Test::Blank => Some(if negated { "is not blank" } else { "is blank" }),
        _ => None,
    };
    let granted: Vec<&str> = leaf.field.operators().map(Operator::name).collect();
    let tolerated = leaf.field.tolerated_operators().map(Operator::name);
    let taken: Vec<&str> = granted.iter().copied().chain(tolerated).collect();
    for operators in [granted, taken] {
        let takes = |name: Option<&str>| name.is_some_and(|name| operators.contains(&name));
        let way = ways.iter().find(|way| match existence {
            Some(name) => takes(Some(name)),
            None => way
                .iter()
                .all(|relation| takes(operator(*relation, negated))),
        });
        if let Some(way) = way {
            return Ok(way.clone());
        }
    }
    Err(Refusal("no operator that the field takes"))
}

/// The vendor's name of a relation, or of its opposite where there is one.
pub(crate) fn operator(relation: Relation, negated: bool) -> Option<&'static str> {
    let (name, opposite) = match relation {
        Relation::In => ("in", Some("not in")),
        Relation::Is => ("is", Some("is not")),
        Relation::Equals => ("equals", Some("not equals")),
        Relation::Contains => ("contains", Some("not contains")),
        Relation::StartsWith => ("startswith", None),
        Relation::EndsWith => ("endswith", None),
        Relation::Less => ("<", Some(">=")),
        Relation::LessOrEqual => ("<=", Some(">")),
        Relation::Greater => (">", Some("<=")),
        Relation::GreaterOrEqual => (">=", Some("<")),
    };
    if negated { opposite } else { Some(name) }
}
