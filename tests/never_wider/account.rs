//! Texts about an account whose fields take one operator of a pair, or one for equality.

use filterc::Catalog;

use crate::dice::Dice;

const FILE: &str = r#"[
    {"field_key": "plan", "data_type": "string", "operators": ["notin"]},
    {"field_key": "tier", "data_type": "string", "operators": ["eq", "not in"]},
    {"field_key": "note", "data_type": "string", "operators": ["in", "neq", "startsWith"]},
    {"field_key": "in", "data_type": "integer", "operators": ["<", "eq", "in"]},
    {"field_key": "seats", "data_type": "integer", "operators": [">=", "<", "notin", "not equals"]},
    {"field_key": "job_title", "data_type": "string", "operators": ["contains", "eq", "startsWith"]},
    {"field_key": "stage", "data_type": "string", "field_type": "select",
     "operators": ["in", "neq", "contains", "not contains"],
     "options": [{"value": "new", "label": "Old"}, {"value": "old", "label": "New"}, {"value": "or", "label": "And"}]},
    {"field_key": "Stage", "data_type": "boolean", "operators": ["is", "in"]}
]"#;

/// A field, what its catalog entry lets be asked of it as it is or under a NOT, and values.
const LIKELY: [(&str, &[&str], &[&str]); 10] = [
    (
        "plan",
        &["!= V", "not in (V, V)", "= V", "in (V,)", "is null"],
        TEXTS,
    ),
    (
        "TIER",
        &["= V", "is V", "not in (V)", "!= V", "in (V, V)", "is not V"],
        TEXTS,
    ),
    (
        "note",
        &[
            "in (V, V)",
            "= V",
            "!= V",
            "is not V",
            "not in (V, V)",
            "starts with V",
        ],
        TEXTS,
    ),
    (
        "`in`",
        &["< V", ">= V", "= V", "in (V, V, V)", "equals V", "!= V"],
        NUMBERS,
    ),
    (
        "seats",
        &[
            ">= V",
            "< V",
            "not in (V, V)",
            "not equals V",
            "between 1 and 7",
            "!= V",
        ],
        NUMBERS,
    ),
    (
        "job_title",
        &[
            "contains V",
            "= V",
            "startswith V",
            "contains any (V, V)",
            "is V",
            "ends with V",
        ],
        TEXTS,
    ),
    (
        "stage",
        &[
            "= V",
            "!= V",
            "contains all (V, V)",
            "not contains V",
            "in (V, V)",
            "is V",
        ],
        OPTIONS,
    ),
    (
        "Stage",
        &["= V", "is V", "in (V, V)", "is blank", "!= V"],
        &["true", "FALSE", "'True'"],
    ),
    (
        "`stage`",
        &["not contains any (V, V)", "not in (V, V)", "<> V"],
        OPTIONS,
    ),
    ("topic", &["= V", "not in (V, V)"], TEXTS),
];
const TEXTS: &[&str] = &["new", "\"and\"", "x", "'x y'", "\"\"", "1"];
const NUMBERS: &[&str] = &["1", "2", "-3", "\"1_0\"", "007"];
const OPTIONS: &[&str] = &["new", "Old", "'AND'", "\"and\"", "nEW", "\"or\""];

const TESTS: &[&str] = &[
    "= V",
    "!= V",
    "in (V, V)",
    "not in (V)",
    "in (V, V, V,)",
    "is V",
    "is not V",
    "equals V",
    "not equals V",
    "contains V",
    "not contains V",
    "contains any (V, V)",
    "not contains all (V, V)",
    "starts with V",
    "not startsWith V",
    "ends with all (V)",
    "< V",
    ">= V",
    "between V and V",
    "not between V and V",
    "is null",
    "is not blank",
    "== V",
    "<> V",
];

pub(crate) fn catalog() -> Catalog {
    Catalog::from_json(FILE).unwrap_or_else(|error| panic!("{error}"))
}

/// A text of the grammar, which the catalog may let through or not.
pub(crate) fn text(dice: &mut Dice) -> String {
    expr(dice.below(3), dice)
}

fn expr(levels: usize, dice: &mut Dice) -> String {
    let not = *dice.pick(&["", "", "", "not ", "!", "not not "]);
    if levels == 0 || dice.one_in(4) {
        return format!("{not}{}", comparison(dice));
    }
    let joiner = *dice.pick(&[" and ", " or ", "&&", " || "]);
    let count = dice.below(3) + 1;
    let operands: Vec<String> = (0..count).map(|_| expr(levels - 1, dice)).collect();
    let operands = operands.join(joiner);
    match dice.below(3) {
        0 => operands,
        _ => format!("{not}({operands})"),
    }
}

fn comparison(dice: &mut Dice) -> String {
    let (field, likely, values) = *dice.pick(&LIKELY);
    let tests = if dice.one_in(10) { TESTS } else { likely };
    let mut text = format!("{field} {}", dice.pick(tests));
    while let Some(place) = text.find('V') {
        let value = *dice.pick(values);
        text.replace_range(place..=place, &value.replace('V', "v"));
    }
    text
}
