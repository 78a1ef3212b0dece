//! Which rows a filter object selects: JSON alone, as the vendor's server reads it.
//!
//! Answers what `eval` answers of the text, and shares no comparing with it, so that each can show
//! the other to be wrong. Without a catalog the operator and the row decide how values compare.

mod scalar;

use std::collections::BTreeMap;

use crate::catalog::{Catalog, FieldType};
use crate::row::{ArrayRule, Cell, Explanation, MatchOptions, Row, Truth};
use crate::wire::{Condition, FilterGroup, FilterRule, Operator, Rule};
use scalar::{Scalar, holds};

/// A filter object that can be tried on rows, such as one that was saved in the vendor's UI.
///
/// A comparison with a missing value is unknown, and only true selects. How values compare is said
/// by the field's type where the [catalog](Self::typed_by) has the field. Where it has not, by the
/// operator: `<`, `<=`, `>` and `>=` compare numbers if both values are numbers, else points in
/// time if both are, else the answer is unknown; `equals` does the same and compares texts in the
/// end; `is` and `in` compare numbers if the row has a JSON number, else texts.
///
/// ```
/// use filterc::{Filter, JsonRow, MatchOptions, Selector, Truth};
///
/// let filter: Filter = serde_json::from_str(r#"{"condition": "and", "rules": [
///     {"fieldName": "visits", "conditionRules": {"operator": ">=", "value": "10"}}]}"#)?;
/// let selector = Selector::new(filter, MatchOptions::new());
/// for (row, answer) in [
///     (r#"{"visits": 9.5}"#, Truth::False),
///     (r#"{"visits": "10.0"}"#, Truth::True),
///     (r#"{"visits": "many"}"#, Truth::Unknown),
/// ] {
///     assert_eq!(selector.eval(&JsonRow::read(row, selector.fields())?), answer);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Selector {
    filter: FilterGroup,
    options: MatchOptions,
    fields: Vec<String>,
    types: BTreeMap<String, FieldType>,
}

impl Selector {
    /// Compares as the operators say.
    pub fn new(filter: FilterGroup, options: MatchOptions) -> Self {
        let mut fields = Vec::new();
        collect(&filter, &mut fields);
        Self {
            filter,
            options,
            fields,
            types: BTreeMap::new(),
        }
    }

    /// Compares as the types of this catalog's fields say.
    #[must_use]
    pub fn typed_by(mut self, catalog: &Catalog) -> Self {
        let known = catalog
            .fields()
            .filter(|field| self.fields.iter().any(|name| name == field.name()));
        self.types = known
            .map(|field| (field.name().to_owned(), field.field_type()))
            .collect();
        self
    }

    /// The fields that the filter names, each once.
    pub fn fields(&self) -> &[String] {
        &self.fields
    }

    /// The filter.
    pub fn filter(&self) -> &FilterGroup {
        &self.filter
    }

    /// The answer about a row.
    pub fn eval(&self, row: &impl Row) -> Truth {
        named(self.group(&self.filter, row))
    }

    /// The answer, and that of each part of the filter.
    pub fn explain(&self, row: &impl Row) -> Explanation {
        self.explained(&self.filter, row)
    }

    /// `None` is unknown, here and below.
    fn group(&self, group: &FilterGroup, row: &impl Row) -> Option<bool> {
        let mut is_known = true;
        // The answer of one rule that settles the group.
        let settles = group.condition == Condition::Or;
        for rule in &group.rules {
            let answer = match rule {
                Rule::Group(inner) => self.group(inner, row),
                Rule::Field(rule) => self.rule(rule, row),
            };
            match answer {
                Some(answer) if answer == settles => return Some(settles),
                Some(_) => {}
                None => is_known = false,
            }
        }
        is_known.then_some(!settles)
    }

    fn rule(&self, rule: &FilterRule, row: &impl Row) -> Option<bool> {
        use Operator as O;
        let cell = row.cell(&rule.field_name);
        let operator = rule.condition_rules.operator();
        let (positive, is_opposite) = match operator {
            O::NotIn => (O::In, true),
            O::IsNot => (O::Is, true),
            O::NotEquals => (O::Equals, true),
            O::NotContains => (O::Contains, true),
            O::IsNotBlank => (O::IsBlank, true),
            O::IsNotNull => (O::IsNull, true),
            other => (other, false),
        };
        let scalars = self.scalars(cell);
        let answer = match (positive, &scalars) {
            (O::IsNull, scalars) => scalars.is_none(),
            (O::IsBlank, None) => true,
            (O::IsBlank, Some(Held::One(scalar))) => self.is_blank(scalar),
            (O::IsBlank, Some(Held::Several(scalars))) => scalars.is_empty(),
            (_, None) => return None,
            (_, Some(Held::One(scalar))) => self.holds(positive, rule, scalar)?,
            (O::Less | O::LessOrEqual | O::Greater | O::GreaterOrEqual, _) => return None,
            (_, Some(Held::Several(scalars))) => {
                let mut answers = scalars.iter().map(|one| self.holds(positive, rule, one));
                if answers.clone().any(|answer| answer == Some(true)) {
                    true
                } else if answers.any(|answer| answer.is_none()) {
                    return None;
                } else {
                    false
                }
            }
        };
        Some(answer != is_opposite)
    }

    /// Of one value: the value of the rule, or any of its list.
    fn holds(&self, operator: Operator, rule: &FilterRule, held: &Scalar<'_>) -> Option<bool> {
        let field_type = self.types.get(rule.field_name.as_str()).copied();
        let mut is_known = true;
        for value in rule.condition_rules.values() {
            match holds(operator, held, value, field_type, self.options.case) {
                Some(true) => return Some(true),
                Some(false) => {}
                None => is_known = false,
            }
        }
        is_known.then_some(false)
    }

    /// `None` of what is null.
    fn scalars<'c>(&self, cell: Option<&'c Cell<'_>>) -> Option<Held<'c>> {
        let of_one = |cell: &'c Cell<'_>| match Scalar::of(cell) {
            Scalar::Text("") if self.options.empty_is_null => Scalar::Null,
            scalar => scalar,
        };
        match cell? {
            cell @ Cell::Many(_) if self.options.arrays == ArrayRule::AsText => {
                Some(Held::One(Scalar::Written(cell.to_string())))
            }
            Cell::Many(cells) => Some(Held::Several(cells.iter().map(of_one).collect())),
            cell => match of_one(cell) {
                Scalar::Null => None,
                scalar => Some(Held::One(scalar)),
            },
        }
    }

    fn is_blank(&self, scalar: &Scalar<'_>) -> bool {
        match scalar {
            Scalar::Text(text) if self.options.spaces_are_blank => {
                text.chars().all(char::is_whitespace)
            }
            Scalar::Text(text) => text.is_empty(),
            Scalar::Written(list) => list == "[]",
            _ => false,
        }
    }

    fn explained(&self, group: &FilterGroup, row: &impl Row) -> Explanation {
        let parts = group.rules.iter().map(|rule| match rule {
            Rule::Group(inner) => self.explained(inner, row),
            Rule::Field(rule) => Explanation::of_comparison(
                &written(rule),
                named(self.rule(rule, row)),
                &rule.field_name,
                row.cell(&rule.field_name)
                    .filter(|cell| self.scalars(Some(*cell)).is_some()),
            ),
        });
        let word = match group.condition {
            Condition::And => "and",
            Condition::Or => "or",
        };
        Explanation::of_parts(word, named(self.group(group, row)), parts.collect())
    }
}

impl FilterGroup {
    /// What the filter says of a row, with no catalog and the default options; [`Selector`] takes
    /// both.
    pub fn eval(&self, row: &impl Row) -> Truth {
        Selector::new(self.clone(), MatchOptions::new()).eval(row)
    }
}

/// What a row has in a field.
enum Held<'c> {
    One(Scalar<'c>),
    Several(Vec<Scalar<'c>>),
}

fn named(answer: Option<bool>) -> Truth {
    match answer {
        Some(true) => Truth::True,
        Some(false) => Truth::False,
        None => Truth::Unknown,
    }
}

/// `seniority_level in ["vp","cxo"]`
fn written(rule: &FilterRule) -> String {
    let operator = rule.condition_rules.operator();
    let values = rule.condition_rules.values();
    let values = match operator {
        Operator::In | Operator::NotIn => serde_json::to_string(values),
        _ => values
            .first()
            .map_or(Ok(String::new()), serde_json::to_string),
    };
    let text = format!(
        "{} {operator} {}",
        rule.field_name,
        values.unwrap_or_default()
    );
    text.trim_end().to_owned()
}

fn collect(group: &FilterGroup, fields: &mut Vec<String>) {
    for rule in &group.rules {
        match rule {
            Rule::Group(group) => collect(group, fields),
            Rule::Field(rule) if fields.iter().any(|field| *field == rule.field_name) => {}
            Rule::Field(rule) => fields.push(rule.field_name.to_string()),
        }
    }
}
