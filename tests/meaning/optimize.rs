//! What `optimize` makes of a filter: the same truth value on every row, and never more rules.
//!
//! One property for each law, on texts drawn around it, and two on trees that know no law.

use filterc::{Catalog, Compiler, FieldType};
use proptest::prelude::*;
use serde_json::Value;

use crate::dice::Dice;
use crate::fields::Kind;
use crate::row::{self, Cell, Row};
use crate::tree::{self, Test, Tree};
use crate::{ROWS, bytes, compile, json, nested, spelling};

/// How many texts each law is tried on.
const TEXTS: u64 = 600;

/// Texts, two of which differ in a blank alone.
const VALUES: [&str; 6] = ["a", "b", "c", "d", "e", "d "];
const NUMBERS: [&str; 7] = ["-1", "0", "007", "7", "7.0", "10", "12345678901234567890"];
const MOMENTS: [&str; 6] = [
    "2026-01-30",
    "2026-01-31",
    "2026-02-01",
    "2026-01-31T00:00:00Z",
    "2026-01-31T02:00:00+02:00",
    "2026-01-31T10:00:00Z",
];

/// A value or none each, but for the last four, which have several.
const FIELDS: [&str; 7] = [
    "department",
    "job_title",
    "first_name",
    "score",
    "INTENT",
    "emails",
    "phones",
];

fn draw_row(dice: &mut Dice) -> Row {
    let mut row = Row::new();
    for name in FIELDS {
        let mut value = || (*dice.pick(&VALUES)).to_owned();
        let cell = match name {
            "department" | "job_title" | "first_name" => Cell::One(value()),
            "score" => Cell::Many(vec!["high".to_owned()]),
            _ => Cell::Many(vec![value(), value()]),
        };
        if !dice.one_in(4) {
            row.insert(name, cell);
        }
    }
    let whole: Vec<&str> = NUMBERS
        .iter()
        .copied()
        .filter(|n| !n.contains('.'))
        .collect();
    let ordered = [
        ("company_employee_count", *dice.pick(&whole)),
        ("company_total_revenue", *dice.pick(&NUMBERS)),
        ("last_updated", *dice.pick(&MOMENTS)),
    ];
    for (name, value) in ordered {
        if !dice.one_in(4) {
            row.insert(name, Cell::One(value.to_owned()));
        }
    }
    row
}

/// A list of one to three different values, in parentheses.
fn list(dice: &mut Dice) -> String {
    let first = dice.below(VALUES.len());
    let count = dice.below(3) + 1;
    let values =
        (0..count).filter_map(|step| VALUES.get((first + step * 2 + step / 2) % VALUES.len()));
    let mut values: Vec<String> = values.map(|value| format!("\"{value}\"")).collect();
    values.dedup();
    format!("({})", values.join(", "))
}

fn comparison(dice: &mut Dice) -> String {
    let list = list(dice);
    match dice.below(9) {
        0 => format!("department in {list}"),
        1 => format!("department not in {list}"),
        2 => format!("job_title in {list}"),
        3 => format!("emails in {list}"),
        4 => format!("job_title contains \"{}\"", dice.pick(&VALUES)),
        5 => "first_name is blank".to_owned(),
        6 => format!("topic in {list}"),
        7 => format!(
            "company_employee_count >= {}",
            *dice.pick(&["-1", "0", "7"])
        ),
        _ => format!("not first_name is \"{}\"", dice.pick(&VALUES)),
    }
}

fn joiner(dice: &mut Dice) -> &'static str {
    if dice.one_in(2) { "and" } else { "or" }
}

/// Draws texts; says of how many the number of rules fell.
fn try_law(seed: u64, mut draw: impl FnMut(&mut Dice) -> String) -> u64 {
    let mut smaller = 0;
    for step in 0..TEXTS {
        let mut dice = Dice::new(seed.wrapping_mul(TEXTS).wrapping_add(step));
        let text = draw(&mut dice);
        let rows: Vec<Row> = (0..ROWS).map(|_| draw_row(&mut dice)).collect();
        smaller += u64::from(keeps_its_meaning(&text, &rows, |filter| filter));
    }
    smaller
}

/// Asserts that both forms mean what the text means; says whether there are fewer rules.
#[track_caller]
fn keeps_its_meaning(text: &str, rows: &[Row], seen_as: impl Fn(Value) -> Value) -> bool {
    let before = compile(text).unwrap_or_else(|why| panic!("{why}"));
    let mut count = rules(&before);
    let is = seen_as(before.clone());
    for compiler in [Compiler::new().optimize(), Compiler::new().canonical()] {
        let after = rewritten(&compiler, text);
        json::assert_well_formed(&after, Catalog::builtin());
        assert!(rules(&after) <= count, "{text}\n{before}\n{after}");
        let seen = seen_as(after.clone());
        for row in rows {
            let (was, is) = (json::evaluate(&is, row), json::evaluate(&seen, row));
            assert_eq!(was, is, "of {text}\nas {before}\nthen {after}\non {row:?}");
        }
        count = rules(&after);
    }
    count < rules(&before)
}

fn rewritten(compiler: &Compiler, text: &str) -> Value {
    let compilation = compiler.compile(text);
    let compilation = compilation.unwrap_or_else(|error| panic!("{text}\n{error}"));
    serde_json::to_value(compilation.filter()).unwrap_or_default()
}

fn optimized(text: &str) -> String {
    let compilation = Compiler::new().optimize().compile(text);
    let compilation = compilation.unwrap_or_else(|error| panic!("{text}\n{error}"));
    compilation.filter().to_string()
}

fn rules(filter: &Value) -> usize {
    let mut count = 0;
    json::visit_rules(filter, &mut |_, _, _| count += 1);
    count
}

#[test]
fn law_of_duplicates() {
    let smaller = try_law(1, |dice| {
        let (one, other) = (comparison(dice), comparison(dice));
        let words = joiner(dice);
        format!("{one} {words} {other} {words} ({one})")
    });
    assert!(smaller > TEXTS / 2, "{smaller}");
}

#[test]
fn law_of_absorption() {
    let smaller = try_law(2, |dice| {
        let (one, other, third) = (comparison(dice), comparison(dice), comparison(dice));
        match dice.below(4) {
            0 => format!("{one} or ({one} and {other})"),
            1 => format!("{one} and ({other} or {one})"),
            2 => format!("({one} and {other}) or ({other} and {third} and {one})"),
            _ => format!("{third} or ({one} and ({other} or {one} or {third}))"),
        }
    });
    assert!(smaller > TEXTS / 2, "{smaller}");
}

#[test]
fn law_of_union() {
    let smaller = try_law(3, |dice| {
        let field = *dice.pick(&["department", "job_title", "topic", "emails"]);
        let (one, other) = (list(dice), list(dice));
        match dice.below(3) {
            0 => format!("{field} in {one} or {field} in {other}"),
            1 => format!("{field} not in {one} and {field} not in {other}"),
            _ => format!("not ({field} in {one} or not {field} not in {other})"),
        }
    });
    assert!(smaller > TEXTS / 2, "{smaller}");
}

#[test]
fn law_of_intersection() {
    let smaller = try_law(4, |dice| {
        let field = *dice.pick(&["department", "job_title", "topic", "emails"]);
        let (one, other, third) = (list(dice), list(dice), list(dice));
        match dice.below(3) {
            0 => format!("{field} in {one} and {field} in {other}"),
            1 => format!("{field} not in {one} or {field} not in {other}"),
            _ => format!("{field} in {one} and {field} in {other} and {field} in {third}"),
        }
    });
    assert!(smaller > TEXTS / 20, "{smaller}");
}

#[test]
fn law_of_difference() {
    let smaller = try_law(5, |dice| {
        let field = *dice.pick(&["department", "job_title", "topic", "emails"]);
        let (one, other) = (list(dice), list(dice));
        match dice.below(2) {
            0 => format!("{field} in {one} and {field} not in {other}"),
            _ => format!("{field} not in {one} or {field} in {other}"),
        }
    });
    assert!(smaller > TEXTS / 20, "{smaller}");
}

#[test]
fn law_of_bounds() {
    let smaller = try_law(6, |dice| {
        let (field, values): (_, &[&str]) = match dice.below(3) {
            0 => ("company_employee_count", &["-1", "0", "007", "7", "10"]),
            1 => ("company_total_revenue", &NUMBERS),
            _ => ("last_updated", &MOMENTS),
        };
        let mut bound = || {
            let operator = *dice.pick(&["<", "<=", ">", ">="]);
            format!("{field} {operator} \"{}\"", dice.pick(values))
        };
        let (one, other, third) = (bound(), bound(), bound());
        let words = joiner(dice);
        format!("{one} {words} {other} {words} not {third}")
    });
    assert!(smaller > TEXTS / 2, "{smaller}");
}

#[test]
fn law_of_factoring() {
    let smaller = try_law(7, |dice| {
        let (one, other, third) = (comparison(dice), comparison(dice), comparison(dice));
        let (outer, inner) = match joiner(dice) {
            "and" => ("and", "or"),
            _ => ("or", "and"),
        };
        format!("({one} {inner} {other}) {outer} ({third} {inner} {one})")
    });
    assert!(smaller > TEXTS / 2, "{smaller}");
}

#[test]
fn law_of_distribution() {
    let mut flat = 0;
    let smaller = try_law(8, |dice| {
        let field = *dice.pick(&["topic", "emails"]);
        let (one, other, third) = (list(dice), list(dice), list(dice));
        let text = match dice.below(2) {
            0 => format!("{field} in {one} or ({field} in {other} and {field} in {third})"),
            _ => format!(
                "{field} not in {one} and ({field} not in {other} or {field} not in {third})"
            ),
        };
        flat += u64::from(optimized(&text).matches("condition\"").count() == 1);
        text
    });
    assert!(smaller > TEXTS / 2 && flat > TEXTS / 2, "{smaller} {flat}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Where no `=` stands for `is`, no equality takes the place of another.
    #[test]
    fn any_filter_keeps_its_meaning(tree in tree::whole(), seed in any::<u64>()) {
        let tree = with_lists(tree);
        let text = spelling::spell(&tree, seed);
        let rows: Vec<Row> = (0..ROWS)
            .map(|step| row::draw(&tree, &mut Dice::new(seed.wrapping_add(step))))
            .collect();
        keeps_its_meaning(&text, &rows, |filter| filter);
    }

    #[test]
    fn any_filter_keeps_its_meaning_where_is_and_in_are_one(
        tree in tree::whole(),
        seed in any::<u64>(),
    ) {
        let text = spelling::spell(&tree, seed);
        let rows: Vec<Row> = (0..ROWS)
            .map(|step| row::draw(&tree, &mut Dice::new(seed.wrapping_add(step))))
            .collect();
        keeps_its_meaning(&text, &rows, with_one_equality);
    }

    /// Few fields and values, so that all laws meet.
    #[test]
    fn a_filter_on_few_fields_keeps_its_meaning(seed in any::<u64>()) {
        let mut dice = Dice::new(seed);
        let text = expr(4, &mut dice);
        let rows: Vec<Row> = (0..ROWS).map(|_| draw_row(&mut dice)).collect();
        keeps_its_meaning(&text, &rows, |filter| filter);
    }

    #[test]
    fn all_spellings_and_orders_of_a_filter_have_one_canonical_form(seed in any::<u64>()) {
        let mut dice = Dice::new(seed);
        let tree = shape(3, &mut dice);
        let compiler = Compiler::new().canonical();
        let expected = rewritten(&compiler, &tree.text(&mut dice));
        for _ in 0..4 {
            let text = tree.text(&mut dice);
            prop_assert_eq!(&rewritten(&compiler, &text), &expected, "of {}", text);
        }
    }
}

/// A tree whose operands can be written in any order.
enum Shape {
    Group(&'static str, Vec<Shape>),
    Leaf(String),
}

fn shape(levels: usize, dice: &mut Dice) -> Shape {
    if levels == 0 || dice.one_in(4) {
        let value = *dice.pick(&VALUES);
        return Shape::Leaf(match dice.below(6) {
            0 => format!("job_title = \"{value}\""),
            1 => format!("job_title is \"{value}\""),
            2 => format!("company_total_revenue > {}", dice.pick(&NUMBERS)),
            _ => comparison(dice),
        });
    }
    let words = joiner(dice);
    let count = dice.below(3) + 2;
    Shape::Group(words, (0..count).map(|_| shape(levels - 1, dice)).collect())
}

impl Shape {
    fn text(&self, dice: &mut Dice) -> String {
        match self {
            Self::Leaf(text) if dice.one_in(3) => format!("not ( not {text} ) # same\n"),
            Self::Leaf(text) => text.clone(),
            Self::Group(words, members) => {
                let mut texts: Vec<String> = members.iter().map(|one| one.text(dice)).collect();
                for left in (1..texts.len()).rev() {
                    texts.swap(left, dice.below(left + 1));
                }
                format!("({})", texts.join(&format!(" {words} ")))
            }
        }
    }
}

fn expr(levels: usize, dice: &mut Dice) -> String {
    if levels == 0 || dice.one_in(4) {
        return comparison(dice);
    }
    let words = joiner(dice);
    let count = dice.below(3) + 2;
    let operands: Vec<String> = (0..count).map(|_| expr(levels - 1, dice)).collect();
    let not = if dice.one_in(4) { "not " } else { "" };
    format!("{not}({})", operands.join(&format!(" {words} ")))
}

fn with_lists(tree: Tree) -> Tree {
    match tree {
        Tree::And(operands) => Tree::And(operands.into_iter().map(with_lists).collect()),
        Tree::Or(operands) => Tree::Or(operands.into_iter().map(with_lists).collect()),
        Tree::Not(operand) => Tree::Not(Box::new(with_lists(*operand))),
        Tree::Leaf(mut leaf) => {
            if let (Kind::Text, Test::Equal(value)) = (leaf.field.kind, &leaf.test) {
                leaf.test = Test::In(vec![value]);
            }
            Tree::Leaf(leaf)
        }
    }
}

/// With `in` for every `is`.
fn with_one_equality(filter: Value) -> Value {
    let text = filter.to_string();
    let text = text.replace(r#""operator":"is""#, r#""operator":"in""#);
    let text = text.replace(r#""operator":"is not""#, r#""operator":"not in""#);
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}"))
}

/// What must not be touched.
#[test]
fn what_is_not_equal_stays() {
    for text in [
        // Operators that were chosen.
        "job_title is a or job_title is b",
        "job_title equals a or job_title in (b, c)",
        // Fields with several values: an intersection of sets.
        "topic = 4eyes_1 and topic = 4eyes_2",
        "emails in (a, b) and emails in (b, c)",
        "emails in (a, b) and emails not in (b)",
        "score in (high, low) and score in (high, medium)",
        // Nobody, and unknown where the value is missing.
        "department in (a, b) and department in (c)",
        "department in (a) and department not in (a)",
        "department in (a) or department not in (a)",
        "company_employee_count > 5 and company_employee_count < 3",
        // Values that the vendor may take for one.
        "department in (Sales, it) and department in (sales, it)",
        // A day and a moment.
        "last_updated > 2026-01-31 and last_updated > 2026-01-31T10:00:00Z",
        // Complements: unknown, not true, where the value is missing.
        "department = a and (job_title contains b or department != a)",
    ] {
        assert_eq!(optimized(text), bytes(text).unwrap_or_default(), "{text}");
    }
}

#[test]
fn an_audience_keeps_the_topic_that_it_requires() {
    let text = "intents where score = high or (score = high and topic = 4eyes_1)";
    assert_eq!(optimized(text), bytes(text).unwrap_or_default());
}

#[test]
fn the_fields_of_the_laws_are_what_they_are_taken_for() {
    let field_type = |name| Catalog::builtin().find(name).map(|f| f.field_type());
    assert_eq!(field_type("emails"), Some(FieldType::Array));
    assert_eq!(field_type("topic"), Some(FieldType::Topic));
    assert_eq!(field_type("department"), Some(FieldType::Picklist));
}

#[test]
fn groups_become_flat() {
    for (text, flat) in [
        (
            "(seniority = vp and department = it) or (department = it and seniority = cxo)",
            "department = it and seniority in (vp, cxo)",
        ),
        (
            "topic = 4eyes_1 or (topic = 4eyes_2 and topic = 4eyes_3)",
            "topic in (4eyes_1, 4eyes_2) and topic in (4eyes_1, 4eyes_3)",
        ),
        (
            "score = high and (job_title = cto or job_title = cio)",
            "score = high and job_title in (cto, cio)",
        ),
    ] {
        assert_eq!(optimized(text), bytes(flat).unwrap_or_default(), "{text}");
    }
    let filter = compile("seniority = vp and (industry = a or email is blank)");
    assert!(filter.is_ok_and(|filter| nested(&filter) == 1));
}

/// 100,000 comparisons, and groups as deep as they may be.
#[test]
fn big_and_deep_filters_are_rewritten_in_time() {
    let many: Vec<String> = (0..20_000)
        .map(|n| format!("(department = v{} and job_title contains x{n})", n % 50))
        .collect();
    let started = std::time::Instant::now();
    let text = many.join(" or ");
    assert!(!optimized(&text).is_empty());
    let values: Vec<String> = (0..50_000).map(|n| format!("department = v{n}")).collect();
    assert_eq!(
        optimized(&values.join(" or ")).matches("fieldName").count(),
        1
    );
    let deep = |open: &str| {
        let mut text = "emails = a".to_owned();
        for level in 0..127 {
            let words = if level % 2 == 0 { "and" } else { "or" };
            text = format!("{open}({text} {words} phones = p{level})");
        }
        text
    };
    for text in [deep(""), deep("not ")] {
        assert!(!optimized(&text).is_empty());
    }
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}
