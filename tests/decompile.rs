//! From the vendor's JSON to text and back: nothing is lost, and nothing is made up.
//!
//! `PROPTEST_CASES` sets the number of filters.

#![expect(
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops with words"
)]

use filterc::{Catalog, Compiler, Decompiler, Field, FieldType, Operator, Severity, Topics};
use proptest::prelude::*;
use serde_json::{Value, json};

#[path = "meaning/dice.rs"]
mod dice;

use dice::Dice;

/// Values of fields that take any text, some of which read as something else in a text.
const TEXTS: &[&str] = &[
    "",
    " ",
    "dev",
    "d ev",
    "SRE",
    "and",
    "null",
    "IN",
    "is",
    "true",
    "25-34",
    "-5",
    "10000+",
    "eq",
    "acme.com",
    "me@acme.com",
    "a//b",
    "x--y",
    "it's",
    "say \"hi\"",
    "both ' and \"",
    "a\\b",
    "# no comment",
    "(x",
    "x)",
    "{[",
    "line\nbreak",
    "car\rriage",
    "tab\there",
    "nul\0",
    "é😀",
    "“curly”",
    "no\u{A0}break",
    "zero\u{200B}width",
    "\u{202E}turned",
    "Сloud",
    "100%",
    "*",
    "empty",
    "not",
    "!",
    "'''",
    "\\u{41}",
    "\u{2028}",
    "adn",
    "starts with",
    "2026-01-31",
];

/// Names that no catalog has, some of which only backticks make names.
const UNKNOWN: &[&str] = &[
    "order by",
    "between",
    "and",
    "größe",
    "a.b",
    "1st",
    " x ",
    "#",
    "no_such_field",
    "\"q\"",
    "in",
    "tab\tbed",
    "(x)",
    "not",
    "is",
    "like",
    "100%",
    "null",
    "a'b",
    "\u{A0}",
];

fn values_of(field: &Field) -> Vec<String> {
    let of = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    match field.field_type() {
        FieldType::Picklist if !field.options().is_empty() => {
            let options = field.options().iter();
            options.map(|option| option.value().to_owned()).collect()
        }
        FieldType::Integer => of(&["0", "7", "-12", "10000"]),
        FieldType::Number => of(&["0", "1.5", "-2.25"]),
        FieldType::Boolean => of(&["true", "false"]),
        FieldType::Timestamp => of(&["2026-01-31", "2026-01-31T10:00:00Z"]),
        FieldType::Topic => of(&["4eyes_1", "4eyes_2", "4eyes_3", "4eyes_9", "4eyes_77"]),
        _ => of(TEXTS),
    }
}

fn pick<'a, T>(dice: &mut Dice, from: &'a [T]) -> &'a T {
    dice.pick(from)
}

/// A rule with that operator, whether the field takes it or not.
fn rule(dice: &mut Dice, field: &str, values: &[String], operator: Operator) -> Value {
    let mut value = || pick(dice, values).clone();
    let name = operator.name();
    let rules = match operator {
        Operator::In | Operator::NotIn => {
            let several: Vec<String> = (0..3).map(|_| value()).collect();
            let count = 1 + several.iter().map(String::len).sum::<usize>() % 3;
            json!({"operator": name, "value": several.get(..count)})
        }
        Operator::IsNull | Operator::IsNotNull | Operator::IsBlank | Operator::IsNotBlank => {
            json!({"operator": name})
        }
        _ => json!({"operator": name, "value": value()}),
    };
    json!({"fieldName": field, "conditionRules": rules})
}

fn drawn_rule(dice: &mut Dice, catalog: &Catalog, is_top: bool) -> Value {
    loop {
        let fields: Vec<&Field> = catalog.fields().collect();
        let field = *pick(dice, &fields);
        if field.name() == "WEBSITE_VISITORS" && !is_top {
            continue;
        }
        let operators: Vec<Operator> = field
            .operators()
            .chain(field.tolerated_operators())
            .collect();
        let operator = *pick(dice, &operators);
        return rule(dice, field.name(), &values_of(field), operator);
    }
}

fn group(dice: &mut Dice, catalog: &Catalog, depth: usize, is_top: bool) -> Value {
    let condition = if is_top || dice.one_in(2) {
        "and"
    } else {
        "or"
    };
    let count = 1 + dice.below(4);
    let mut rules: Vec<Value> = (0..count)
        .map(|_| {
            if depth < 4 && dice.one_in(3) {
                group(dice, catalog, depth + 1, false)
            } else {
                drawn_rule(dice, catalog, is_top)
            }
        })
        .collect();
    if dice.one_in(4) {
        // One operator on one field throughout: what `any` and `all` may be written for.
        let names = ["job_title", "company_industry"];
        let field = *pick(dice, &names);
        let texts = [
            Operator::Contains,
            Operator::NotContains,
            Operator::StartsWith,
        ];
        let operator = match field {
            "job_title" => *pick(dice, &texts),
            _ => *pick(dice, &texts[..2]),
        };
        let values: Vec<String> = TEXTS
            .iter()
            .take(6)
            .map(|text| (*text).to_owned())
            .collect();
        rules = (0..=count)
            .map(|_| rule(dice, field, &values, operator))
            .collect();
    }
    json!({"condition": condition, "rules": rules})
}

/// By the shape rules of the language: no group in one of the same condition, none of one rule, no
/// value twice in a list; a lone rule is in an `and`.
fn normal(filter: &Value) -> Value {
    let root = normal_rule(filter);
    if root.get("rules").is_some() {
        root
    } else {
        json!({"condition": "and", "rules": [root]})
    }
}

fn normal_rule(rule: &Value) -> Value {
    let Some(rules) = rule.get("rules").and_then(Value::as_array) else {
        let mut rule = rule.clone();
        let values = rule.pointer_mut("/conditionRules/value");
        if let Some(values) = values.and_then(Value::as_array_mut) {
            let mut seen = Vec::new();
            values.retain(|value| {
                let is_new = !seen.contains(value);
                seen.push(value.clone());
                is_new
            });
        }
        return rule;
    };
    let mut flat = Vec::new();
    for inner in rules.iter().map(normal_rule) {
        match inner.get("rules").and_then(Value::as_array) {
            Some(moved) if inner.get("condition") == rule.get("condition") => {
                flat.extend(moved.clone());
            }
            _ => flat.push(inner),
        }
    }
    match flat.as_slice() {
        [one] => one.clone(),
        _ => json!({"condition": rule.get("condition"), "rules": flat}),
    }
}

/// Two topics share a name; a third has the id of a fourth for its name.
fn topics() -> Topics {
    let file = r#"
        {"topic_id": "4eyes_1", "name": "Cloud Computing", "category_name": "Business"}
        {"topic_id": "4eyes_2", "name": "Java", "category_name": "Islands"}
        {"topic_id": "4eyes_3", "name": "java", "category_name": "Languages"}
        {"topic_id": "4eyes_9", "name": "4eyes_1"}
    "#;
    Topics::from_json(file).unwrap_or_else(|error| panic!("{error}"))
}

/// An account's catalog in which fields take one operator of a pair, or one for equality.
fn account() -> Catalog {
    let file = r#"[
        {"field_key": "plan", "data_type": "string", "operators": ["notin"]},
        {"field_key": "tier", "data_type": "string", "operators": ["eq"]},
        {"field_key": "order", "data_type": "string", "operators": ["in", "eq", "neq", "startsWith"]},
        {"field_key": "in", "data_type": "integer", "operators": ["<", "eq", "in"]},
        {"field_key": "job_title", "data_type": "string", "operators": ["contains", "not contains", "eq", "startsWith"]},
        {"field_key": "company_industry", "data_type": "string", "operators": ["contains", "not contains"]}
    ]"#;
    Catalog::from_json(file).unwrap_or_else(|error| panic!("{error}"))
}

fn text_of(decompiler: &Decompiler, json: &Value) -> String {
    let found = decompiler.decompile(&json.to_string());
    let found = found.unwrap_or_else(|error| panic!("{json:#}\n{error}"));
    let texts: Vec<&str> = found.iter().map(|one| one.text()).collect();
    assert_eq!(texts.len(), 1, "{json}");
    texts.concat()
}

fn back(compiler: &Compiler, text: &str) -> Result<Value, Vec<String>> {
    match compiler.compile(text) {
        Ok(compilation) => {
            Ok(serde_json::to_value(compilation.filter()).unwrap_or_else(|why| panic!("{why}")))
        }
        Err(error) => {
            let errors = error.problems().iter();
            let errors = errors.filter(|problem| problem.severity() == Severity::Error);
            Err(errors
                .map(|error| format!("{} {}", error.code(), error.message()))
                .collect())
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_comes_back_is_what_was_saved(seed in any::<u64>(), with_topics in any::<bool>()) {
        let mut dice = Dice::new(seed);
        let mut catalog = Catalog::builtin().clone();
        if dice.one_in(4) {
            catalog = account();
        }
        let mut compiler = Compiler::new().catalog(catalog.clone());
        let mut decompiler = Decompiler::new().catalog(catalog.clone());
        if with_topics {
            compiler = compiler.topics(topics());
            decompiler = decompiler.topics(topics());
        }
        let saved = group(&mut dice, &catalog, 0, true);
        let text = text_of(&decompiler, &saved);
        prop_assert!(!is_marked(&text), "{}", text);
        prop_assert_eq!(back(&compiler, &text), Ok(normal(&saved)), "as\n{}", text);
        let again = filterc::format(&text).unwrap_or_default();
        prop_assert_eq!(&again, &text);
        // The ids are in the text, whoever reads it.
        let ids = text_of(&decompiler.ids(true), &saved);
        prop_assert_eq!(back(&compiler, &ids), Ok(normal(&saved)), "as\n{}", ids);
    }

    #[test]
    fn unknown_fields_are_written_and_told_when_they_are_compiled(seed in any::<u64>()) {
        let mut dice = Dice::new(seed);
        let field = *pick(&mut dice, UNKNOWN);
        let operator = *pick(&mut dice, &Operator::ALL);
        let values: Vec<String> = TEXTS.iter().map(|text| (*text).to_owned()).collect();
        let unknown = rule(&mut dice, field, &values, operator);
        let saved = json!({"condition": "or", "rules": [unknown, unknown]});
        let text = text_of(&Decompiler::new(), &saved);
        let told = back(&Compiler::new(), &text).err().unwrap_or_default();
        prop_assert!(
            told.iter().all(|one| one.starts_with("filterc::check::unknown_field ")),
            "{text}\n{told:?}"
        );
        // A catalog that has the field shows that its name is written right.
        let operators = ["in", "notin", "is", "is not", "contains", "startsWith", "endsWith", "<",
            "<=", ">", ">=", "equals", "not equals", "not contains"];
        let known = json!([{"field_key": field, "data_type": "string", "operators": operators}]);
        let catalog = Catalog::from_json(&known.to_string());
        let catalog = catalog.unwrap_or_else(|error| panic!("{error}"));
        let text = text_of(&Decompiler::new().catalog(catalog.clone()), &saved);
        let found = back(&Compiler::new().catalog(catalog), &text);
        prop_assert_eq!(found, Ok(normal(&saved)), "as\n{}", text);
    }

    /// Any change of one character is read or refused, and what is read is not made less.
    #[test]
    fn any_other_text_is_refused_or_read_whole(
        seed in any::<u64>(), at in any::<prop::sample::Index>(), character in any::<char>(),
    ) {
        let saved = group(&mut Dice::new(seed), Catalog::builtin(), 0, true).to_string();
        let mut characters: Vec<char> = saved.chars().collect();
        let at = at.index(characters.len());
        characters[at] = character;
        let changed: String = characters.into_iter().collect();
        if let Ok(found) = Decompiler::new().decompile(&changed) {
            let read = serde_json::from_str::<Value>(&changed);
            prop_assert!(read.is_ok(), "{changed}");
            prop_assert!(serde_json::from_str::<filterc::Filter>(&changed).is_ok(), "{changed}");
            prop_assert_eq!(found.len(), 1);
        }
    }
}

/// Whether a comment says that the text compiles to something else.
fn is_marked(text: &str) -> bool {
    text.starts_with("# compiled, this is not the saved filter: ")
}

/// What the language reads more kindly than the vendor does not change without a word.
#[test]
fn what_compiles_to_something_else_says_so() {
    let said = |field: &str, operator: &str, value: Value| {
        let rule =
            json!({"fieldName": field, "conditionRules": {"operator": operator, "value": value}});
        let text = text_of(
            &Decompiler::new(),
            &json!({"condition": "and", "rules": [rule]}),
        );
        assert!(back(&Compiler::new(), &text).is_ok(), "{text}");
        let line = text.lines().next().unwrap_or_default().to_owned();
        is_marked(&text).then(|| line.split_once(": ").unwrap_or_default().1.to_owned())
    };
    assert_eq!(said("seniority_level", "in", json!(["vp"])), None);
    let alias = said("seniority", "in", json!(["vp"]));
    assert_eq!(
        alias.as_deref(),
        Some("`seniority` becomes `seniority_level`")
    );
    let case = said("seniority_level", "in", json!(["VP"]));
    assert_eq!(
        case.as_deref(),
        Some("a value of `seniority_level` is spelled otherwise")
    );
    let other = said("company_employee_count", "in", json!(["1", "2"]));
    assert_eq!(
        other.as_deref(),
        Some("`in` on `company_employee_count` becomes `equals`")
    );
}

/// An answer is read whole or not at all.
#[test]
fn a_list_of_audiences_beside_another_is_refused() {
    let audience = format!(r#"{{"audience_name":"A","filter":{INTENT}}}"#);
    let list = format!(r#""data":[{audience}]"#);
    for (answer, code) in [
        (
            format!("{{{list},{list}}}"),
            "filterc::decompile::repeated_key",
        ),
        (
            format!(r#"{{{list},"filter":{INTENT}}}"#),
            "filterc::decompile::extra_key",
        ),
        (
            format!(r#"{{"filter":{INTENT},{list}}}"#),
            "filterc::decompile::extra_key",
        ),
    ] {
        let error = Decompiler::new().decompile(&answer).err();
        let problems = error.iter().flat_map(|error| error.problems());
        let codes: Vec<&str> = problems.map(|problem| problem.code()).collect();
        assert_eq!(codes, [code], "{answer}");
    }
}

/// What a field does not take is named when the text is compiled. `in` alone has another way to be
/// said, and compiles to that.
#[test]
fn an_operator_that_a_field_does_not_take_is_named() {
    let mut refused = 0;
    for field in Catalog::builtin().fields() {
        let values = values_of(field);
        let taken: Vec<Operator> = field
            .operators()
            .chain(field.tolerated_operators())
            .collect();
        for operator in Operator::ALL.into_iter().filter(|one| !taken.contains(one)) {
            let rule = rule(&mut Dice::new(1), field.name(), &values, operator);
            let saved = json!({"condition": "and", "rules": [rule]});
            let text = text_of(&Decompiler::new(), &saved);
            match back(&Compiler::new(), &text) {
                Err(told) => {
                    refused += 1;
                    let codes = [
                        "filterc::check::operator_not_taken ",
                        "filterc::lower::no_complement ",
                    ];
                    let is_told = |one: &String| codes.iter().any(|code| one.starts_with(code));
                    assert!(told.iter().any(is_told), "{text}{told:?}");
                }
                Ok(_) => assert!(
                    matches!(operator, Operator::In | Operator::NotIn) && is_marked(&text),
                    "{operator} of {} compiles:\n{text}",
                    field.name()
                ),
            }
        }
    }
    assert!(refused > 100, "{refused}");
}

#[test]
fn all_operators_come_back() {
    let mut seen = Vec::new();
    for field in Catalog::builtin().fields() {
        for operator in field.operators().chain(field.tolerated_operators()) {
            for value in values_of(field) {
                let rule = rule(&mut Dice::new(1), field.name(), &[value], operator);
                let saved = json!({"condition": "and", "rules": [rule]});
                let text = text_of(&Decompiler::new(), &saved);
                assert_eq!(back(&Compiler::new(), &text), Ok(normal(&saved)), "{text}");
            }
            seen.push(operator);
        }
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen, {
        let mut all = Operator::ALL.to_vec();
        all.sort();
        all
    });
}

#[test]
fn deep_and_large_filters_come_back() {
    let leaf = json!({"fieldName": "gender", "conditionRules": {"operator": "is null"}});
    let mut deep = leaf.clone();
    for depth in 0..=128 {
        let condition = if depth % 2 == 0 { "and" } else { "or" };
        deep = json!({"condition": condition, "rules": [leaf, deep]});
    }
    let text = text_of(&Decompiler::new(), &deep);
    assert_eq!(back(&Compiler::new(), &text), Ok(normal(&deep)));
    let beyond = json!({"condition": "or", "rules": [leaf, deep]});
    assert!(Decompiler::new().decompile(&beyond.to_string()).is_err());
    let large = json!({"condition": "or", "rules": vec![leaf; 20_000]});
    let text = text_of(&Decompiler::new(), &large);
    assert_eq!(text.lines().count(), 20_000);
    for hostile in [
        "[".repeat(1_000_000),
        "{\"data\":".repeat(1_000_000),
        "[]".repeat(9),
    ] {
        assert!(Decompiler::new().decompile(&hostile).is_err());
    }
}

fn texts(json: &str, decompiler: &Decompiler) -> Vec<String> {
    let found = decompiler.decompile(json);
    let found = found.unwrap_or_else(|error| panic!("{error}"));
    found.iter().map(|one| one.text().to_owned()).collect()
}

const INTENT: &str = r#"{"condition":"and","rules":[{"fieldName":"INTENT","conditionRules":
    {"operator":"in","value":["4eyes_1","4eyes_2","4eyes_9","4eyes_77"]}}]}"#;

#[test]
fn topics_are_written_by_the_name_that_finds_them() {
    let plain = Decompiler::new();
    let named = Decompiler::new().topics(topics());
    let ids = "INTENT in (4eyes_1, 4eyes_2, 4eyes_9, 4eyes_77)\n";
    assert_eq!(texts(INTENT, &plain), [ids]);
    assert_eq!(texts(INTENT, &named.clone().ids(true)), [ids]);
    // Of two topics with one name in different case each is found by its own spelling.
    let names = "INTENT in (\"Cloud Computing\", \"Java\", 4eyes_9, 4eyes_77)\n";
    assert_eq!(texts(INTENT, &named), [names]);
}

#[test]
fn audiences_are_written_with_name_id_and_type() {
    let plain = Decompiler::new();
    let audience = format!(
        r#"{{"id":12,"audience_name":"Two\nlines # and","type":"intents","size":7,"filter":{INTENT}}}"#
    );
    let text = "# Two lines # and (id 12)\nintents where INTENT in (4eyes_1, 4eyes_2, 4eyes_9, 4eyes_77)\n";
    assert_eq!(texts(&audience, &plain), [text]);
    let pixel = r#"{"id":"p","audience_name":"All","type":"pixel","filter":{}}"#;
    let open = "# All (id p)\n# no filter: the audience is not narrowed\n";
    let answer = format!(r#"{{"data":[{audience},{pixel}],"total":2}}"#);
    assert_eq!(texts(&answer, &plain), [text, open]);
    let one_a_line = format!("{}\n{pixel}\n", audience.replace('\n', " "));
    assert_eq!(texts(&one_a_line, &plain), [text, open]);
    assert!(Compiler::new().compile(open).is_err());
    let found = plain
        .decompile(&answer)
        .unwrap_or_else(|error| panic!("{error}"));
    let first = found.first().unwrap_or_else(|| panic!("nothing"));
    assert_eq!(
        (first.name(), first.id()),
        (Some("Two\nlines # and"), Some("12"))
    );
    assert_eq!(first.audience(), Some(filterc::AudienceType::Intents));
}

/// One broken filter of many, and there is no text.
#[test]
fn problems_are_all_told_with_their_place() {
    let json = r#"{"data": [{"filter": {"condition": "and", "not": true, "rules": [
  {"fieldName": "gender", "conditionRules": {"operator": "like", "value": "f"}},
  {"condition": "or", "rules": []},
  {"fieldName": "gender", "conditionRules": {"operator": "in", "value": ["f", 1]}}]}}]}"#;
    let error = Decompiler::new().decompile(json).err();
    let told: Vec<String> = error
        .iter()
        .flat_map(|error| error.problems())
        .map(|problem| {
            format!(
                "{}:{} {}",
                problem.start().line,
                problem.start().column,
                problem.message()
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "1:43 a group has no key `not`, and `/data/0/filter/not` is one",
            "2:58 `/data/0/filter/rules/0/conditionRules/operator` is `like`, which is no operator",
            "3:32 the group `/data/0/filter/rules/1` has no rules",
            "4:79 `in` takes a list of strings, and `/data/0/filter/rules/2/conditionRules/value/1` is a number",
        ]
    );
}
