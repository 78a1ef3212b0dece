//! JSON as it is written, a key that is there twice included; and slips in it.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Value, json};

use crate::dice::Dice;

/// JSON with every member that is written.
#[derive(Clone, Debug)]
pub(crate) enum Json {
    Object(Vec<(String, Json)>),
    List(Vec<Json>),
    Text(String),
    Null,
    /// Anything else, which no filter has in it.
    Other,
}

impl From<&Value> for Json {
    fn from(value: &Value) -> Self {
        match value {
            Value::Object(members) => {
                let members = members.iter().map(|(key, one)| (key.clone(), one.into()));
                Self::Object(members.collect())
            }
            Value::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::String(text) => Self::Text(text.clone()),
            _ => Self::Other,
        }
    }
}

impl fmt::Display for Json {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Object(members) => {
                let members = members
                    .iter()
                    .map(|(key, one)| format!("{}:{one}", json!(key)));
                write!(out, "{{{}}}", members.collect::<Vec<_>>().join(","))
            }
            Self::List(items) => {
                let items = items.iter().map(Self::to_string);
                write!(out, "[{}]", items.collect::<Vec<_>>().join(","))
            }
            Self::Text(text) => write!(out, "{}", json!(text)),
            Self::Null => out.write_str("null"),
            Self::Other => out.write_str("7"),
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Json, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = from.next_entry()? {
            members.push(member);
        }
        Ok(Json::Object(members))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = from.next_element()? {
            items.push(item);
        }
        Ok(Json::List(items))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Json, E> {
        Ok(Json::Other)
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }
}

impl Json {
    /// The member of that key; nothing where there are two.
    pub(crate) fn member(&self, key: &str) -> Option<&Json> {
        let Self::Object(members) = self else {
            return None;
        };
        let mut found = members.iter().filter(|(name, _)| name == key);
        found
            .next()
            .filter(|_| found.next().is_none())
            .map(|(_, one)| one)
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        matches!(self, Self::Object(members) if members.iter().any(|(name, _)| name == key))
    }

    /// Whether it is an object of just these members, each once.
    pub(crate) fn is_of(&self, keys: &[&str]) -> bool {
        let Self::Object(members) = self else {
            return false;
        };
        members.len() == keys.len() && keys.iter().all(|key| self.member(key).is_some())
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// How many values are inside it.
    fn count(&self) -> usize {
        self.inside().iter().map(|one| 1 + one.count()).sum()
    }

    fn inside(&self) -> Vec<&Json> {
        match self {
            Self::Object(members) => members.iter().map(|(_, one)| one).collect(),
            Self::List(items) => items.iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The value of that number inside it, each before those inside itself.
    fn nth(&self, mut number: usize) -> Option<&Json> {
        for one in self.inside() {
            if number == 0 {
                return Some(one);
            }
            if number <= one.count() {
                return one.nth(number - 1);
            }
            number -= 1 + one.count();
        }
        None
    }

    /// Puts others in the place of the value of that number; a member keeps its key.
    fn put(&mut self, mut number: usize, others: &[Json]) {
        for place in 0..self.inside().len() {
            let count = self.inside().get(place).map_or(0, |one| one.count());
            if number > count {
                number -= 1 + count;
                continue;
            }
            match self {
                Self::Object(members) if number == 0 => {
                    let key = members[place].0.clone();
                    let others = others.iter().map(|other| (key.clone(), other.clone()));
                    members.splice(place..=place, others);
                }
                Self::List(items) if number == 0 => {
                    items.splice(place..=place, others.iter().cloned());
                }
                Self::Object(members) => members[place].1.put(number - 1, others),
                Self::List(items) => items[place].put(number - 1, others),
                _ => {}
            }
            return;
        }
    }

    /// One for each member of each object, with that member twice, and for each object one with a
    /// member more.
    pub(crate) fn fuller(&self) -> Vec<Self> {
        let mut all = Vec::new();
        let places = (0..self.count()).map(|place| (Some(place), self.nth(place)));
        for (place, object) in std::iter::once((None, Some(self))).chain(places) {
            let Some(Self::Object(members)) = object else {
                continue;
            };
            let stranger = ("not".to_owned(), Self::Other);
            for member in members.iter().chain([&stranger]) {
                let mut inside = Self::Object(members.clone());
                inside.push(member.clone());
                let mut whole = self.clone();
                match place {
                    Some(place) => whole.put(place, &[inside]),
                    None => whole = inside,
                }
                all.push(whole);
            }
        }
        all
    }

    fn push(&mut self, member: (String, Self)) {
        if let Self::Object(members) = self {
            members.push(member);
        }
    }

    fn keys(&mut self) -> Vec<&mut String> {
        match self {
            Self::Object(members) => members
                .iter_mut()
                .flat_map(|(key, one)| std::iter::once(key).chain(one.keys()))
                .collect(),
            Self::List(items) => items.iter_mut().flat_map(Self::keys).collect(),
            _ => Vec::new(),
        }
    }

    /// One value less, one twice, two exchanged, one in a group of its own, a text in capitals; a key
    /// by the name of another, or a member more.
    pub(crate) fn edit(&mut self, dice: &mut Dice) {
        let count = self.count();
        let number = dice.below(count);
        let Some(one) = self.nth(number).cloned() else {
            return;
        };
        match dice.below(8) {
            0 => self.put(number, &[]),
            1 => self.put(number, &[one.clone(), one]),
            2 => {
                let other = dice.below(count);
                let Some(second) = self.nth(other).cloned() else {
                    return;
                };
                self.put(
                    number.max(other),
                    &[if number > other {
                        second.clone()
                    } else {
                        one.clone()
                    }],
                );
                self.put(
                    number.min(other),
                    &[if number > other { one } else { second }],
                );
            }
            3 => {
                let condition = if dice.one_in(2) { "and" } else { "or" };
                let condition = ("condition".to_owned(), Self::Text(condition.to_owned()));
                let rules = ("rules".to_owned(), Self::List(vec![one]));
                self.put(number, &[Self::Object(vec![condition, rules])]);
            }
            4 => {
                if let Self::Text(text) = one {
                    self.put(number, &[Self::Text(text.to_uppercase())]);
                }
            }
            5 | 6 => {
                let key = *dice.pick(&[
                    "not",
                    "value",
                    "operator",
                    "rules",
                    "condition",
                    "fieldName",
                ]);
                let member = (key.to_owned(), Self::Other);
                let is_object = |place: &usize| matches!(self.nth(*place), Some(Self::Object(_)));
                let objects: Vec<usize> = (0..count).filter(is_object).collect();
                let place = objects.get(dice.below(objects.len() + 1)).copied();
                match place.and_then(|place| Some((place, self.nth(place)?.clone()))) {
                    Some((place, mut inside)) => {
                        inside.push(member);
                        self.put(place, &[inside]);
                    }
                    None => self.push(member),
                }
            }
            _ => {
                let mut keys = self.keys();
                let (one, other) = (dice.below(keys.len()), dice.below(keys.len()));
                if let Some(name) = keys.get(other).map(|key| (*key).clone()) {
                    *keys[one] = name;
                }
            }
        }
    }
}
