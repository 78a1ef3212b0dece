//! The vendor's filter object, as JSON has it: groups, rules, the eighteen operators.
//!
//! The types can express nothing that the vendor would refuse by shape: the operator decides
//! whether a value is absent, one string or a list of strings. Filled by `lower`; knows no pass.
//! Source of the shapes: the reference pages of the Audiences API.

mod json;

use std::fmt;

use compact_str::CompactString;
use serde::de::Error as _;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::one_or_more::OneOrMore;

/// How the rules of a group combine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Condition {
    And,
    Or,
}

impl Condition {
    /// The condition that De Morgan's laws put in this one's place.
    pub(crate) fn dual(self) -> Self {
        match self {
            Self::And => Self::Or,
            Self::Or => Self::And,
        }
    }
}

/// A compiled filter: the root group of the vendor's filter object.
///
/// [`Display`](fmt::Display) writes compact JSON, `{:#}` indented JSON; serde reads and writes
/// the same shape. Reading refuses what the vendor's client would drop in silence: unknown keys,
/// empty groups, a value that does not fit its operator. `serde_json` by default reads at most
/// 128 levels of JSON, which is 62 groups deep.
///
/// ```
/// let filter = filterc::compile("seniority = vp")?;
/// assert_eq!(
///     filter.to_string(),
///     r#"{"condition":"and","rules":[{"fieldName":"seniority_level","conditionRules":{"operator":"in","value":["vp"]}}]}"#
/// );
/// # Ok::<(), filterc::CompileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct FilterGroup {
    pub(crate) condition: Condition,
    pub(crate) rules: Vec<Rule>,
}

impl fmt::Display for FilterGroup {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !out.alternate() {
            return json::write(self, out);
        }
        let json = serde_json::to_string_pretty(self).map_err(|_| fmt::Error)?;
        out.write_str(&json)
    }
}

/// A member of a group.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Rule {
    Field(FilterRule),
    Group(FilterGroup),
}

/// One field, one operator, one value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct FilterRule {
    pub(crate) field_name: CompactString,
    pub(crate) condition_rules: ConditionRules,
}

/// An operator with the value that its shape asks for.
///
/// Made by its own functions alone, so operator and value always fit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ConditionRules {
    operator: Operator,
    /// Whether one is alone or in a list is for the operator to say.
    values: Option<OneOrMore<CompactString>>,
}

/// What stands under `value`: `T` for a string, `L` for a list of such.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Value<T = CompactString, L = Vec<CompactString>> {
    Absent,
    One(T),
    Many(L),
}

impl ConditionRules {
    /// `None` where the value does not have the operator's shape, or a list is empty.
    #[inline(always)] // Once a comparison: the call costs a part of what is done.
    pub(crate) fn new(operator: Operator, value: Value) -> Option<Self> {
        let values = match (operator.shape(), value) {
            (Shape::Absent, Value::Absent) => None,
            (Shape::One, Value::One(value)) => Some(OneOrMore::One(value)),
            (Shape::Many, Value::Many(values)) => Some(OneOrMore::new(values)?),
            _ => return None,
        };
        Some(Self { operator, values })
    }

    /// With one string, in a list if the operator takes lists; `None` where it takes nothing.
    pub(crate) fn of_one(operator: Operator, value: CompactString) -> Option<Self> {
        let values = Some(OneOrMore::One(value));
        (operator.shape() != Shape::Absent).then_some(Self { operator, values })
    }

    pub(crate) fn operator(&self) -> Operator {
        self.operator
    }

    /// None, one or several.
    pub(crate) fn values(&self) -> &[CompactString] {
        self.values.as_deref().unwrap_or_default()
    }

    pub(crate) fn value(&self) -> Value<&str, &[CompactString]> {
        match (&self.values, self.operator.shape()) {
            (None, _) => Value::Absent,
            (Some(OneOrMore::One(value)), Shape::One) => Value::One(value),
            (Some(values), _) => Value::Many(values),
        }
    }
}

/// What an operator takes under `value`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Absent,
    One,
    Many,
}

/// What the JSON of a rule has behind an operator, by shape.
macro_rules! behind_operator {
    (Absent) => {
        r#""}}"#
    };
    (One) => {
        r#"","value":""#
    };
    (Many) => {
        r#"","value":[""#
    };
}

macro_rules! operators {
    ($($variant:ident $name:literal $shape:ident $complement:expr;)*) => {
        /// The operators of the filter object: these eighteen, spelled with spaces.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[expect(missing_docs, reason = "the names are the vendor's")]
        pub enum Operator {
            $(#[serde(rename = $name)] $variant,)*
        }

        impl Operator {
            /// All of them, in the order of the vendor's reference.
            pub const ALL: [Self; 18] = [$(Self::$variant),*];

            /// The spelling inside a filter.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// What is between the name of a field and its value in the JSON of a rule.
            fn json(self) -> &'static str {
                match self { $(Self::$variant => concat!(
                    r#"","conditionRules":{"operator":""#, $name, behind_operator!($shape)
                )),* }
            }

            /// What the operator takes under `value`.
            pub(crate) fn shape(self) -> Shape {
                match self { $(Self::$variant => Shape::$shape),* }
            }

            /// The operator that is true exactly where this one is false.
            pub(crate) fn complement(self) -> Option<Self> {
                match self { $(Self::$variant => $complement),* }
            }
        }
    };
}

operators! {
    In "in" Many Some(Self::NotIn);
    NotIn "not in" Many Some(Self::In);
    Is "is" One Some(Self::IsNot);
    IsNot "is not" One Some(Self::Is);
    Equals "equals" One Some(Self::NotEquals);
    NotEquals "not equals" One Some(Self::Equals);
    Contains "contains" One Some(Self::NotContains);
    NotContains "not contains" One Some(Self::Contains);
    StartsWith "startswith" One None;
    EndsWith "endswith" One None;
    IsBlank "is blank" Absent Some(Self::IsNotBlank);
    IsNotBlank "is not blank" Absent Some(Self::IsBlank);
    IsNull "is null" Absent Some(Self::IsNotNull);
    IsNotNull "is not null" Absent Some(Self::IsNull);
    Greater ">" One Some(Self::LessOrEqual);
    GreaterOrEqual ">=" One Some(Self::Less);
    Less "<" One Some(Self::GreaterOrEqual);
    LessOrEqual "<=" One Some(Self::Greater);
}

impl fmt::Display for Operator {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl Serialize for ConditionRules {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = self.value();
        let keys = if value == Value::Absent { 1 } else { 2 };
        let mut object = serializer.serialize_struct("ConditionRules", keys)?;
        object.serialize_field("operator", &self.operator)?;
        match value {
            Value::Absent => object.skip_field("value")?,
            Value::One(value) => object.serialize_field("value", value)?,
            Value::Many(values) => object.serialize_field("value", values)?,
        }
        object.end()
    }
}

impl<'de> Deserialize<'de> for ConditionRules {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Raw {
            operator: Operator,
            // A `null` is no absent value: it is refused.
            #[serde(default = "absent", deserialize_with = "present")]
            value: Value,
        }
        let raw = Raw::deserialize(deserializer)?;
        Self::new(raw.operator, raw.value).ok_or_else(|| {
            let wanted = match raw.operator.shape() {
                Shape::Absent => "no value",
                Shape::One => "one string",
                Shape::Many => "a list of one or more strings",
            };
            D::Error::custom(format_args!("`{}` takes {wanted}", raw.operator))
        })
    }
}

fn absent() -> Value {
    Value::Absent
}

fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "a string or a list of strings")]
    enum Present {
        One(CompactString),
        Many(Vec<CompactString>),
    }
    Ok(match Present::deserialize(deserializer)? {
        Present::One(value) => Value::One(value),
        Present::Many(values) => Value::Many(values),
    })
}

impl<'de> Deserialize<'de> for FilterGroup {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Raw {
            condition: Condition,
            rules: Vec<Rule>,
        }
        let Raw { condition, rules } = Raw::deserialize(deserializer)?;
        if rules.is_empty() {
            return Err(D::Error::custom("a group has one or more rules"));
        }
        Ok(Self { condition, rules })
    }
}

#[cfg(test)]
#[expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]
mod tests {
    use super::*;

    fn read(json: &str) -> Option<FilterGroup> {
        serde_json::from_str(json).ok()
    }

    fn with(operator: &str, rest: &str) -> String {
        format!(
            r#"{{"condition":"and","rules":[{{"fieldName":"f","conditionRules":{{"operator":"{operator}"{rest}}}}}]}}"#
        )
    }

    #[test]
    fn every_operator_round_trips_with_its_own_shape_only() {
        for operator in Operator::ALL {
            let right = match operator.shape() {
                Shape::Absent => "",
                Shape::One => r#","value":"v""#,
                Shape::Many => r#","value":["v","w"]"#,
            };
            for rest in ["", r#","value":"v""#, r#","value":["v","w"]"#] {
                let json = with(operator.name(), rest);
                let again = read(&json).map(|filter| filter.to_string());
                assert_eq!(again, (rest == right).then_some(json));
            }
        }
    }

    #[test]
    fn one_string_is_alone_or_in_a_list_as_the_operator_takes_it() {
        for operator in Operator::ALL {
            let value = || CompactString::from("v");
            let same = match operator.shape() {
                Shape::Absent => None,
                Shape::One => ConditionRules::new(operator, Value::One(value())),
                Shape::Many => ConditionRules::new(operator, Value::Many(vec![value()])),
            };
            assert_eq!(ConditionRules::of_one(operator, value()), same);
            let rest = match operator.shape() {
                Shape::Absent => continue,
                Shape::One => r#","value":"v""#,
                Shape::Many => r#","value":["v"]"#,
            };
            let filter = read(&with(operator.name(), rest)).unwrap();
            let [Rule::Field(rule)] = filter.rules.as_slice() else {
                panic!("{filter}");
            };
            assert_eq!(Some(&rule.condition_rules), same.as_ref());
        }
    }

    #[test]
    fn complements_come_in_pairs_and_two_operators_have_none() {
        let alone: Vec<_> = Operator::ALL
            .into_iter()
            .filter(|operator| match operator.complement() {
                Some(other) => {
                    assert_eq!(other.complement(), Some(*operator));
                    assert_eq!(other.shape(), operator.shape());
                    assert_ne!(other, *operator);
                    false
                }
                None => true,
            })
            .collect();
        assert_eq!(alone, [Operator::StartsWith, Operator::EndsWith]);
    }

    #[test]
    fn what_the_vendor_would_drop_in_silence_is_refused() {
        assert!(read(&with("is", r#","value":"v""#)).is_some());
        assert!(read(&with("is", r#","value":1"#)).is_none());
        assert!(read(&with("in", r#","value":[]"#)).is_none());
        assert!(read(&with("is blank", r#","value":null"#)).is_none());
        assert!(read(&with("is", r#","value":"v","not":true"#)).is_none());
        assert!(read(&with("IS", r#","value":"v""#)).is_none());
        assert!(read(r#"{"condition":"and","rules":[]}"#).is_none());
        assert!(read(r#"{"condition":"not","rules":[]}"#).is_none());
        let group = with("is", r#","value":"v""#).replacen('{', r#"{"not":true,"#, 1);
        assert!(read(&group).is_none());
    }
}
