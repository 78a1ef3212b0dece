//! Saved filters in the shape of the vendor's JSON, with mistakes here and there, and rows.

use arbitrary::{Arbitrary, Result, Unstructured};
use filterc::{Catalog, FieldType};
use serde_json::{Value, json};

use crate::VALUES;

/// The JSON of a filter, as it is or in an audience or a list of them.
#[derive(Debug)]
pub struct Saved {
    pub filter: Value,
    pub text: String,
}

const DEEPEST: usize = 140;

const FIELDS: [&str; 16] = [
    "seniority_level",
    "job_title",
    "INTENT",
    "score",
    "WEBSITE_VISITORS",
    "company_employee_count",
    "last_updated",
    "is_married",
    "emails",
    "company_industry",
    "event_type",
    "seniority",
    "Job_Title",
    "strange field",
    "or",
    "no_such",
];

const OPERATORS: [(&str, Shape); 19] = [
    ("in", Shape::List),
    ("not in", Shape::List),
    ("is", Shape::One),
    ("is not", Shape::One),
    ("equals", Shape::One),
    ("not equals", Shape::One),
    ("contains", Shape::One),
    ("not contains", Shape::One),
    ("startswith", Shape::One),
    ("endswith", Shape::One),
    ("is blank", Shape::None),
    ("is not blank", Shape::None),
    ("is null", Shape::None),
    ("is not null", Shape::None),
    (">", Shape::One),
    (">=", Shape::One),
    ("<", Shape::One),
    ("<=", Shape::One),
    ("notin", Shape::List),
];

#[derive(Clone, Copy)]
enum Shape {
    None,
    One,
    List,
}

impl<'a> Arbitrary<'a> for Saved {
    fn arbitrary(input: &mut Unstructured<'a>) -> Result<Self> {
        let filter = group(input, 0)?;
        let audience =
            json!({"id": 4, "audience_name": "x\u{1b}\n# y", "type": "intents", "filter": filter});
        let whole = match input.int_in_range(0..=4)? {
            0 => json!({"filter": filter}),
            1 => audience,
            2 => json!({"data": [audience, {"filter": filter}], "total": 2}),
            _ => filter.clone(),
        };
        let text = if input.arbitrary()? {
            format!("{whole:#}")
        } else {
            whole.to_string()
        };
        Ok(Self { filter, text })
    }
}

fn group(input: &mut Unstructured<'_>, depth: usize) -> Result<Value> {
    let mut rules = Vec::new();
    for _ in 0..=input.int_in_range(0..=3)? {
        let goes_on = depth < DEEPEST && !input.is_empty() && input.ratio(2, 5)?;
        rules.push(if goes_on {
            group(input, depth + 1)?
        } else {
            rule(input)?
        });
    }
    let condition = if input.ratio(1, 60)? {
        "AND"
    } else {
        input.choose(&["and", "or"])?
    };
    let mut group = json!({"condition": condition, "rules": rules});
    if input.ratio(1, 60)? {
        group["not"] = json!(true);
    }
    Ok(group)
}

fn rule(input: &mut Unstructured<'_>) -> Result<Value> {
    let (operator, mut shape) = *input.choose(&OPERATORS)?;
    if input.ratio(1, 60)? {
        shape = *input.choose(&[Shape::None, Shape::One, Shape::List])?;
    }
    let mut conditions = json!({"operator": operator});
    match shape {
        Shape::None => {}
        Shape::One => conditions["value"] = value(input)?,
        Shape::List => {
            let count = input.int_in_range(1..=4)?;
            let values: Result<Vec<Value>> = (0..count).map(|_| value(input)).collect();
            conditions["value"] = values?.into();
        }
    }
    Ok(json!({"fieldName": input.choose(&FIELDS)?, "conditionRules": conditions}))
}

fn value(input: &mut Unstructured<'_>) -> Result<Value> {
    Ok(match input.int_in_range(0..=20)? {
        0 => json!(7),
        1..=3 => json!(
            input
                .arbitrary::<&str>()?
                .chars()
                .take(12)
                .collect::<String>()
        ),
        _ => json!(input.choose(&VALUES)?),
    })
}

/// Whether a row holds several values of a field that has one by its type. The laws that make
/// filters smaller take that for impossible.
pub fn has_list_for_one(row: &str) -> bool {
    let cells: serde_json::Map<String, Value> = serde_json::from_str(row).expect("the row is one");
    cells.iter().any(|(name, cell)| {
        let field = Catalog::builtin().find(name);
        let can_be_list = field.is_none_or(|field| {
            let several = [FieldType::Array, FieldType::Topic, FieldType::AudienceId];
            several.contains(&field.field_type())
        });
        cell.is_array() && !can_be_list
    })
}

/// The text of a row with some of these fields.
pub fn row<S: AsRef<str>>(input: &mut Unstructured<'_>, fields: &[S]) -> Result<String> {
    let mut row = serde_json::Map::new();
    for field in fields {
        let cell = match input.int_in_range(0..=9)? {
            0 => continue,
            1 => Value::Null,
            2 => json!(7),
            3 => json!([input.choose(&VALUES)?, input.choose(&VALUES)?]),
            4 => json!(input.arbitrary::<bool>()?),
            _ => json!(input.choose(&VALUES)?),
        };
        row.insert(field.as_ref().to_owned(), cell);
    }
    Ok(Value::from(row).to_string())
}
