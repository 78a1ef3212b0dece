//! Random filters in random spelling keep their meaning in the JSON they compile to.
//!
//! A tree of comparisons is drawn, evaluated by the rules of the language (three-valued, as in
//! SQL) on rows drawn around its own values, spelled at random, compiled, and the JSON evaluated
//! on the same rows. Knows nothing of the library but its public API. `PROPTEST_CASES` sets the
//! number of trees.

#![expect(clippy::panic, reason = "a test fails by panicking")]

#[path = "meaning/agree.rs"]
mod agree;
#[path = "meaning/cells.rs"]
mod cells;
#[path = "support/comments.rs"]
mod comments;
#[path = "meaning/dice.rs"]
mod dice;
#[path = "meaning/fields.rs"]
mod fields;
#[path = "meaning/flat.rs"]
mod flat;
#[path = "meaning/json.rs"]
mod json;
#[path = "meaning/optimize.rs"]
mod optimize;
#[path = "meaning/quantity.rs"]
mod quantity;
#[path = "meaning/row.rs"]
mod row;
#[path = "meaning/spelling.rs"]
mod spelling;
#[path = "meaning/sql.rs"]
mod sql;
#[path = "meaning/tree.rs"]
mod tree;
#[path = "meaning/truth.rs"]
mod truth;

use std::collections::{BTreeMap, BTreeSet};

use filterc::{Catalog, CompileError, Compiler, Severity};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::Value;

use dice::Dice;
use truth::Truth;

/// How many rows each filter is asked about.
const ROWS: u64 = 20;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_filter_means_in_json_what_it_means_as_text(
        tree in tree::whole(),
        spelling_seed in any::<u64>(),
        row_seed in any::<u64>(),
    ) {
        let text = spelling::spell(&tree, spelling_seed);
        let filter = compile(&text)?;
        json::assert_well_formed(&filter, Catalog::builtin());
        for number in 0..ROWS {
            let row = row::draw(&tree, &mut Dice::new(row_seed.wrapping_add(number)));
            prop_assert_eq!(
                json::evaluate(&filter, &row),
                tree.evaluate(&row),
                "of {}\nas {}\non {:?}", text, filter, row
            );
        }
    }

    #[test]
    fn all_spellings_of_a_filter_compile_to_the_same_bytes(
        tree in tree::whole(),
        seed in any::<u64>(),
    ) {
        let plain = spelling::spell(&tree, spelling::PLAIN);
        let other = spelling::spell(&tree, seed);
        let expected = bytes(&plain)?;
        prop_assert_eq!(bytes(&plain)?, expected.as_str(), "of {} compiled twice", plain);
        prop_assert_eq!(bytes(&other)?, expected.as_str(), "of {:?}\nas {}", other, plain);
    }

    #[test]
    fn a_formatted_filter_compiles_to_the_same_bytes(tree in tree::whole(), seed in any::<u64>()) {
        let text = spelling::spell(&tree, seed);
        let fail = |why: CompileError| TestCaseError::fail(format!("{text:?}\n{why}"));
        let written = filterc::format(&text).map_err(fail)?;
        prop_assert_eq!(bytes(&written)?, bytes(&text)?, "of {:?}\nas {}", text, written);
        let again = filterc::format(&written).map_err(fail)?;
        prop_assert_eq!(&again, &written, "of {:?}", text);
        let kept = comments::comments(&written);
        prop_assert_eq!(kept, comments::comments(&text), "of {:?}\nas {}", text, written);
    }

    /// Every value of the JSON has a place in the text.
    #[test]
    fn a_filter_in_any_spelling_is_mapped_whole(tree in tree::whole(), seed in any::<u64>()) {
        let text = spelling::spell(&tree, seed);
        let mapped = Compiler::new().compile_mapped(&text);
        let (compilation, map) = mapped.map_err(|why| TestCaseError::fail(why.to_string()))?;
        let filter = serde_json::to_value(compilation.filter()).unwrap_or_default();
        let map_json = serde_json::to_value(&map).unwrap_or_default();
        let entries = map_json.get("pointers").and_then(Value::as_object);
        let mut pointers: Vec<&String> = entries.into_iter().flat_map(|all| all.keys()).collect();
        prop_assert!(pointers.iter().all(|pointer| filter.pointer(pointer).is_some()));
        prop_assert_eq!(pointers.len(), json::count(&filter), "of {}\nas {}", text, filter);
        pointers.retain(|pointer| pointer.ends_with("/fieldName"));
        for pointer in pointers {
            let span = map.locate(pointer).map(|place| place.span);
            let written = span.and_then(|span| text.get(span.range()));
            let field = Catalog::builtin().find(written.unwrap_or_default().trim_matches('`'));
            let name = filter.pointer(pointer).and_then(Value::as_str);
            prop_assert_eq!(field.map(|field| field.name()), name, "{} of {}", pointer, text);
        }
    }

    #[test]
    fn a_flat_form_means_what_its_group_meant(seed in any::<u64>()) {
        let mut dice = Dice::new(seed);
        let text = flat::draw_text(&mut dice);
        let before = compile(&text)?;
        for fixed in flattened(&text) {
            let after = compile(&fixed)?;
            prop_assert!(nested(&after) < nested(&before), "{}\n{}", text, fixed);
            for _ in 0..ROWS {
                let row = flat::draw_row(&mut dice);
                let (was, is) = (json::evaluate(&before, &row), json::evaluate(&after, &row));
                prop_assert_eq!(was, is, "of {}\nas {}\non {:?}", text, fixed, row);
            }
        }
    }

    #[test]
    fn what_has_no_opposite_is_refused_wherever_not_reaches_it(
        (tree, opposites) in tree::with_opposites(),
        seed in any::<u64>(),
    ) {
        let text = spelling::spell(&tree, seed);
        let Err(error) = Compiler::new().compile(&text) else {
            return Err(TestCaseError::fail(format!("{text} compiles")));
        };
        let expected = vec!["filterc::lower::no_complement"; opposites];
        prop_assert_eq!(error_codes(&error), expected, "of {}", text);
    }
}

/// The properties above say little if they are only asked of easy filters and rows.
#[test]
fn the_drawn_filters_and_rows_reach_everything() {
    let mut runner = TestRunner::deterministic();
    let mut truths: BTreeMap<Truth, usize> = BTreeMap::new();
    let mut operators = BTreeSet::new();
    let mut field_types = BTreeSet::new();
    for seed in 0..400 {
        let drawn = tree::whole().new_tree(&mut runner);
        let tree = drawn.unwrap_or_else(|why| panic!("{why}")).current();
        let filter = compile(&spelling::spell(&tree, seed)).unwrap_or_else(|why| panic!("{why}"));
        json::visit_rules(&filter, &mut |field, operator, _| {
            operators.insert(operator.to_owned());
            field_types.extend(Catalog::builtin().find(field).map(|f| f.field_type()));
        });
        for number in 0..ROWS {
            let row = row::draw(&tree, &mut Dice::new(seed * ROWS + number));
            *truths.entry(tree.evaluate(&row)).or_default() += 1;
        }
    }
    assert_eq!(operators.len(), 18, "{operators:?}");
    assert_eq!(field_types.len(), 9, "{field_types:?}");
    for truth in [Truth::True, Truth::False, Truth::Unknown] {
        let count = truths.get(&truth).copied().unwrap_or_default();
        assert!(count >= 1_000, "{truth:?} is too rare: {truths:?}");
    }
}

/// Groups are taken apart often enough, and each way of it is met.
#[test]
fn the_drawn_texts_have_flat_forms() {
    let mut fixes = 0;
    let mut negated = 0;
    for seed in 0..1_000 {
        for fixed in flattened(&flat::draw_text(&mut Dice::new(seed))) {
            fixes += 1;
            negated += usize::from(fixed.contains("not in ("));
        }
    }
    assert!(fixes > 300 && negated > 100, "{fixes} fixes, {negated}");
}

/// The text with each of its groups written as one list.
fn flattened(text: &str) -> Vec<String> {
    let compilation = Compiler::new().compile_for_estimate(text);
    let compilation = compilation.unwrap_or_else(|error| panic!("{text}\n{error}"));
    let warnings = compilation.warnings().iter();
    warnings
        .filter(|warning| warning.code() == "filterc::estimate::nested_group")
        .flat_map(|warning| warning.fixes())
        .map(|fix| {
            let mut fixed = text.to_owned();
            fixed.replace_range(fix.span.range(), &fix.replacement);
            fixed
        })
        .collect()
}

/// How many groups are inside others.
fn nested(filter: &Value) -> usize {
    filter.to_string().matches("\"condition\"").count() - 1
}

fn compile(text: &str) -> Result<Value, TestCaseError> {
    let json = bytes(text)?;
    serde_json::from_str(&json).map_err(|error| TestCaseError::fail(format!("{json}\n{error}")))
}

fn bytes(text: &str) -> Result<String, TestCaseError> {
    match Compiler::new().compile(text) {
        Ok(compilation) => Ok(compilation.filter().to_string()),
        Err(error) => Err(TestCaseError::fail(format!("{text:?}\n{error}"))),
    }
}

fn error_codes(error: &CompileError) -> Vec<&str> {
    let errors = error.problems().iter();
    errors
        .filter(|problem| problem.severity() == Severity::Error)
        .map(|problem| problem.code())
        .collect()
}
