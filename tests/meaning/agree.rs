//! The library's two evaluators and a SQL engine say the same of a filter and a row.

use std::collections::BTreeMap;

use filterc::{
    ArrayRule, CaseRule, Catalog, Cell, Compiler, Filter, JsonRow, MatchOptions, Matcher, Operator,
    Selector, Truth,
};
use proptest::prelude::*;
use serde_json::json;

use crate::cells::{self, Cells, Values};
use crate::dice::Dice;
use crate::sql::Database;
use crate::tree::{self, Tree};
use crate::{ROWS, spelling};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_text_and_the_json_select_the_same(
        tree in tree::whole(),
        options in options(),
        seed in any::<u64>(),
    ) {
        let matcher = matcher(&tree, options)?;
        let selector = Selector::new(matcher.filter().clone(), options);
        let typed = selector.clone().typed_by(Catalog::builtin());
        for number in 0..ROWS {
            let dice = &mut Dice::new(seed.wrapping_add(number));
            let row = cells::draw(&tree, Values::Any, dice);
            let told = matcher.eval(&row);
            prop_assert_eq!(
                typed.eval(&row), told,
                "of {:?}\nas {}\non {:?}\nwith {:?}", tree, matcher.filter(), row, options
            );
            // What a list as text is compared with has a type in the text alone.
            if options == options.arrays(ArrayRule::AnyElement) {
                let row = cells::draw(&tree, Values::Plain, dice);
                prop_assert_eq!(
                    selector.eval(&row), matcher.eval(&row),
                    "without types, of {:?}\nas {}\non {:?}", tree, matcher.filter(), row
                );
            }
        }
    }

    #[test]
    fn a_sql_engine_selects_the_same(tree in tree::whole(), seed in any::<u64>()) {
        let matcher = matcher(&tree, MatchOptions::new())?;
        let drawn = (0..ROWS).map(|number| {
            cells::draw(&tree, Values::Plain, &mut Dice::new(seed.wrapping_add(number)))
        });
        let rows: Vec<Cells> = drawn.collect();
        let filter = serde_json::to_value(matcher.filter()).unwrap_or_default();
        let answers = Database::new().and_then(|database| database.ask(&filter, &rows));
        let answers = answers.map_err(|why| TestCaseError::fail(why.to_string()))?;
        for (row, answer) in rows.iter().zip(answers) {
            let told = matcher.eval(row);
            prop_assert_eq!(of_sql(answer), told, "of {:?}\nas {}\non {:?}", tree, filter, row);
        }
    }

    #[test]
    fn not_turns_true_and_false_and_leaves_unknown(
        tree in tree::whole(),
        options in options(),
        seed in any::<u64>(),
    ) {
        let matcher = matcher(&tree, options)?;
        let text = format!("not ({})", spelling::spell(&tree, spelling::PLAIN));
        // What has no opposite does not compile.
        if let Ok(opposite) = Compiler::new().matcher(&text, options) {
            for number in 0..ROWS {
                let row = cells::draw(&tree, Values::Any, &mut Dice::new(seed.wrapping_add(number)));
                prop_assert_eq!(opposite.eval(&row), turned(matcher.eval(&row)), "{:?}\n{:?}", tree, row);
                let json = Selector::new(opposite.filter().clone(), options).typed_by(Catalog::builtin());
                prop_assert_eq!(json.eval(&row), turned(matcher.eval(&row)), "{:?}\n{:?}", tree, row);
            }
        }
    }

    /// The parts say what the whole says; what is unknown is so for a reason.
    #[test]
    fn an_explanation_leads_to_the_answer(tree in tree::whole(), seed in any::<u64>()) {
        let matcher = matcher(&tree, MatchOptions::new())?;
        let selector = Selector::new(matcher.filter().clone(), MatchOptions::new())
            .typed_by(Catalog::builtin());
        for number in 0..ROWS {
            let row = cells::draw(&tree, Values::Any, &mut Dice::new(seed.wrapping_add(number)));
            for explanation in [matcher.explain(&row), selector.explain(&row)] {
                prop_assert_eq!(explanation.truth(), matcher.eval(&row));
                assert_follows(&explanation);
                let is_unknown = explanation.truth() == Truth::Unknown;
                prop_assert_eq!(is_unknown, !explanation.unknowns().is_empty());
            }
        }
    }

    #[test]
    fn a_row_of_json_is_the_row(tree in tree::whole(), seed in any::<u64>()) {
        let matcher = matcher(&tree, MatchOptions::new())?;
        for number in 0..ROWS {
            let row = cells::draw(&tree, Values::Any, &mut Dice::new(seed.wrapping_add(number)));
            let members = row.iter().map(|(name, cell)| format!("{}: {cell}", json!(name)));
            let text = format!("{{{}, \"x\": [{{}}]}}", members.collect::<Vec<_>>().join(", "));
            let text = text.replace("{,", "{");
            let read = JsonRow::read(&text, matcher.fields());
            let read = read.map_err(|why| TestCaseError::fail(format!("{why}: {text}")))?;
            prop_assert_eq!(matcher.eval(&read), matcher.eval(&row), "{}", text);
        }
    }
}

/// Each of the operators and its opposite, on every kind of value.
#[test]
fn complements_are_complements() {
    let cells = [
        Cell::Null,
        "".into(),
        " ".into(),
        "a".into(),
        "7".into(),
        "2026-01-31".into(),
        Cell::Number("7.00".into()),
        Cell::Number("8".into()),
        true.into(),
        Cell::Many(vec![]),
        vec!["a", "b"].into(),
        vec![Cell::Null, "b".into()].into(),
        vec![3, 7].into(),
        Cell::Other("{}".into()),
    ];
    let mut pairs = 0;
    for (operator, opposite) in [
        ("in", "not in"),
        ("is", "is not"),
        ("equals", "not equals"),
        ("contains", "not contains"),
        ("is blank", "is not blank"),
        ("is null", "is not null"),
        ("<", ">="),
        (">", "<="),
    ] {
        for value in ["a", "", "7", "7.0", "2026-01-31", "true"] {
            let selector = |operator: &str| {
                let is_of_existence = operator.ends_with("null") || operator.ends_with("blank");
                let rule = match operator {
                    "in" | "not in" => json!({"operator": operator, "value": [value, "x"]}),
                    _ if is_of_existence => json!({"operator": operator}),
                    _ => json!({"operator": operator, "value": value}),
                };
                let filter = json!({"condition": "and", "rules": [
                    {"fieldName": "f", "conditionRules": rule}
                ]});
                let filter: Filter =
                    serde_json::from_value(filter).unwrap_or_else(|why| panic!("{why}"));
                Selector::new(filter, MatchOptions::new())
            };
            let (one, other) = (selector(operator), selector(opposite));
            for cell in &cells {
                let row = BTreeMap::from([("f", cell.clone())]);
                assert_eq!(
                    other.eval(&row),
                    turned(one.eval(&row)),
                    "{operator} {value} {cell}"
                );
                pairs += 1;
            }
        }
    }
    assert_eq!(pairs, 8 * 6 * cells.len());
    assert_eq!(Operator::ALL.len(), 2 * 8 + 2);
}

/// What is documented of single values, type by type.
#[test]
fn values_compare_as_the_type_says() {
    use Truth::{False, True, Unknown};
    for (text, row, expected) in [
        (
            "company_employee_count = 7",
            r#"{"company_employee_count": "007"}"#,
            True,
        ),
        (
            "company_employee_count = 7",
            r#"{"company_employee_count": 7.0}"#,
            True,
        ),
        (
            "company_employee_count > 999",
            r#"{"company_employee_count": 1e3}"#,
            True,
        ),
        (
            "company_employee_count > 7",
            r#"{"company_employee_count": "many"}"#,
            Unknown,
        ),
        (
            "company_employee_count is not null",
            r#"{"company_employee_count": "many"}"#,
            True,
        ),
        (
            "company_employee_count > 1",
            r#"{"company_employee_count": [5]}"#,
            Unknown,
        ),
        (
            "company_total_revenue = 0.1",
            r#"{"company_total_revenue": 0.10000000000000000001}"#,
            False,
        ),
        ("job_title = 7", r#"{"job_title": 7.0}"#, False),
        ("job_title = 7", r#"{"job_title": 7}"#, True),
        ("is_married = true", r#"{"is_married": "TRUE"}"#, True),
        ("is_married = true", r#"{"is_married": 1}"#, Unknown),
        (
            "last_updated = 2026-01-31",
            r#"{"last_updated": "2026-01-31 00:00:00"}"#,
            True,
        ),
        (
            "last_updated < 2026-01-31",
            r#"{"last_updated": "2026-01-31T01:00:00+02:00"}"#,
            True,
        ),
        (
            "last_updated < 2026-01-31",
            r#"{"last_updated": 1769817600}"#,
            Unknown,
        ),
        (
            "topic = 4eyes_1",
            r#"{"INTENT": ["4eyes_2", "4eyes_1"]}"#,
            True,
        ),
        (
            "topic != 4eyes_1",
            r#"{"INTENT": ["4eyes_2", "4eyes_1"]}"#,
            False,
        ),
        (
            "topic != 4eyes_1",
            r#"{"INTENT": ["4eyes_2", null]}"#,
            Unknown,
        ),
        ("topic != 4eyes_1", r#"{"INTENT": []}"#, True),
        ("topic != 4eyes_1", r#"{"INTENT": null}"#, Unknown),
        (
            "emails contains all (a, b)",
            r#"{"emails": ["xa", "xb"]}"#,
            True,
        ),
        ("job_title contains vp", r#"{"job_title": "VP"}"#, False),
        ("job_title starts with v", r#"{"job_title": "vp"}"#, True),
        ("job_title starts with p", r#"{"job_title": "vp"}"#, False),
        ("job_title ends with v", r#"{"job_title": "vp"}"#, False),
        ("job_title ends with p", r#"{"job_title": "vp"}"#, True),
        ("job_title is blank", r#"{"job_title": ""}"#, True),
        ("job_title is blank", r#"{"job_title": " "}"#, False),
        ("job_title is null", r#"{"job_title": ""}"#, False),
        ("job_title is null", "{}", True),
        ("emails is blank", r#"{"emails": []}"#, True),
        ("emails is null", r#"{"emails": []}"#, False),
        ("job_title = a", r#"{"job_title": {"a": 1}}"#, Unknown),
    ] {
        let matcher = Compiler::new().matcher(text, MatchOptions::new());
        let matcher = matcher.unwrap_or_else(|error| panic!("{error}"));
        let read = JsonRow::read(row, matcher.fields()).unwrap_or_else(|why| panic!("{why}"));
        assert_eq!(matcher.eval(&read), expected, "{text} on {row}");
        let typed = Selector::new(matcher.filter().clone(), MatchOptions::new());
        assert_eq!(
            typed.typed_by(Catalog::builtin()).eval(&read),
            expected,
            "{text} on {row}"
        );
    }
}

/// The JSON of others may compare a field with what its type has no values of.
#[test]
fn a_value_that_is_not_of_the_fields_type_is_unknown() {
    let rule = |field, value| {
        let rules =
            json!([{"fieldName": field, "conditionRules": {"operator": ">", "value": value}}]);
        let filter = serde_json::from_value(json!({"condition": "and", "rules": rules}));
        let filter: Filter = filter.unwrap_or_else(|error| panic!("{error}"));
        Selector::new(filter, MatchOptions::new())
    };
    let (number, day) = (("5", "7"), ("2026-01-30", "2026-01-31"));
    for (field, (value, held), typed) in [
        ("last_updated", number, Truth::Unknown),
        ("last_updated", day, Truth::True),
        ("company_employee_count", number, Truth::True),
        ("company_employee_count", day, Truth::Unknown),
    ] {
        let row = Cells::from([(field, held.into())]);
        assert_eq!(rule(field, value).eval(&row), Truth::True, "{field}");
        assert_eq!(
            rule(field, value).typed_by(Catalog::builtin()).eval(&row),
            typed,
            "{field}"
        );
    }
}

/// What was compared with what, to the letter: an answer has to be looked up in the row.
#[test]
fn an_explanation_shows_what_the_row_holds() {
    let text = "job_title = cto and (department =  sales or job_title is null or seniority = vp)";
    let row = r#"{"job_title": "cto", "department": "", "seniority_level": ["cxo", "vp"]}"#;
    for (empty_is_null, of_department) in [(false, "\"\""), (true, "nothing")] {
        let options = MatchOptions::new().empty_is_null(empty_is_null);
        let matcher = Compiler::new().matcher(text, options);
        let matcher = matcher.unwrap_or_else(|error| panic!("{error}"));
        let selector = Selector::new(matcher.filter().clone(), options);
        assert_eq!(
            matcher.fields(),
            ["job_title", "department", "seniority_level"]
        );
        assert_eq!(selector.fields(), matcher.fields());
        let read = JsonRow::read(row, matcher.fields()).unwrap_or_else(|why| panic!("{why}"));
        let job_title = "job_title \"cto\"";
        let department = format!("department {of_department}");
        let seniority = "seniority_level [\"cxo\",\"vp\"]";
        assert_eq!(
            compared(&matcher.explain(&read)),
            [
                format!("job_title = cto: {job_title}"),
                format!("department = sales: {department}"),
                format!("job_title is null: {job_title}"),
                format!("seniority = vp: {seniority}"),
            ]
        );
        assert_eq!(
            compared(&selector.explain(&read)),
            [
                format!("job_title is \"cto\": {job_title}"),
                format!("department in [\"sales\"]: {department}"),
                format!("job_title is null: {job_title}"),
                format!("seniority_level in [\"vp\"]: {seniority}"),
            ]
        );
    }
}

/// The properties say little of values that are not drawn.
#[test]
fn the_drawn_rows_have_every_kind_of_value() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen: BTreeMap<(&str, Truth), usize> = BTreeMap::new();
    for seed in 0..300 {
        let drawn = tree::whole()
            .new_tree(&mut runner)
            .unwrap_or_else(|why| panic!("{why}"));
        let tree = drawn.current();
        let matcher = matcher(&tree, MatchOptions::new()).unwrap_or_else(|why| panic!("{why}"));
        for number in 0..ROWS {
            let row = cells::draw(&tree, Values::Any, &mut Dice::new(seed * ROWS + number));
            let truth = matcher.eval(&row);
            for cell in row.values() {
                let kind = match cell {
                    Cell::Null => "null",
                    Cell::Text(text) if text.is_empty() => "empty",
                    Cell::Text(_) => "text",
                    Cell::Number(_) => "number",
                    Cell::Boolean(_) => "boolean",
                    Cell::Many(_) => "many",
                    Cell::Other(_) => "other",
                };
                *seen.entry((kind, truth)).or_default() += 1;
            }
        }
    }
    assert_eq!(seen.len(), 7 * 3, "{seen:?}");
    assert!(seen.values().all(|count| *count >= 15), "{seen:?}");
}

fn options() -> impl Strategy<Value = MatchOptions> {
    let cases = [CaseRule::Exact, CaseRule::IgnoredInText, CaseRule::Ignored];
    let arrays = [
        ArrayRule::AnyElement,
        ArrayRule::AnyElement,
        ArrayRule::AsText,
    ];
    let drawn = (
        proptest::sample::select(cases.to_vec()),
        proptest::sample::select(arrays.to_vec()),
        any::<bool>(),
        any::<bool>(),
    );
    drawn.prop_map(|(case, arrays, empty_is_null, spaces_are_blank)| {
        let options = MatchOptions::new().case(case).arrays(arrays);
        options
            .empty_is_null(empty_is_null)
            .spaces_are_blank(spaces_are_blank)
    })
}

fn matcher(tree: &Tree, options: MatchOptions) -> Result<Matcher, TestCaseError> {
    let text = spelling::spell(tree, spelling::PLAIN);
    let matcher = Compiler::new().matcher(&text, options);
    matcher.map_err(|error| TestCaseError::fail(format!("{text:?}\n{error}")))
}

fn of_sql(answer: Option<bool>) -> Truth {
    match answer {
        Some(true) => Truth::True,
        Some(false) => Truth::False,
        None => Truth::Unknown,
    }
}

fn turned(truth: Truth) -> Truth {
    match truth {
        Truth::True => Truth::False,
        Truth::False => Truth::True,
        Truth::Unknown => Truth::Unknown,
    }
}

fn assert_follows(explanation: &filterc::Explanation) {
    let parts: Vec<Truth> = explanation
        .parts()
        .iter()
        .map(|part| part.truth())
        .collect();
    let has = |truth| parts.contains(&truth);
    let expected = match explanation.text() {
        _ if explanation.field().is_some() => explanation.truth(),
        "and" if has(Truth::False) => Truth::False,
        "and" if has(Truth::Unknown) => Truth::Unknown,
        "and" => Truth::True,
        "or" if has(Truth::True) => Truth::True,
        "or" if has(Truth::Unknown) => Truth::Unknown,
        "or" => Truth::False,
        "not" => turned(parts.first().copied().unwrap_or(Truth::Unknown)),
        other => panic!("{other}"),
    };
    assert_eq!(explanation.truth(), expected);
    for part in explanation.parts() {
        assert_follows(part);
    }
}

/// Each comparison of an explanation: its text, its field, and what the row holds there.
fn compared(explanation: &filterc::Explanation) -> Vec<String> {
    let Some(field) = explanation.field() else {
        return explanation.parts().iter().flat_map(compared).collect();
    };
    let value = explanation.value().unwrap_or("nothing");
    vec![format!("{}: {field} {value}", explanation.text())]
}
