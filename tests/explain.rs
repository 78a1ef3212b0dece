//! The pages of `filterc explain`: each has its parts, and its examples are what they claim to be.

#![cfg(feature = "manifest")]
#![expect(clippy::panic, reason = "a test stops with words")]

use std::collections::BTreeSet;

use filterc::explain::{Page, page, pages};
use filterc::{AudienceType, Catalog, Compiler, FileError, Problem, Topics};

/// A catalog with the fields that pages invent: those of `deprecated_field`, `beta_field` and
/// `point_in_number`.
const ACCOUNT: &str = r#"{"fields": [{
    "field_key": "fax_number", "display_name": "Fax Number", "category": "contact",
    "data_type": "string", "schema_types": ["audience"], "field_type": "text",
    "operators": ["eq", "neq"], "status": "deprecated"
}, {
    "field_key": "loyalty_tier", "data_type": "string", "operators": ["eq"], "status": "beta"
}, {
    "field_key": "contract_value", "data_type": "number", "field_type": "text",
    "operators": [">", "<"]
}]}"#;

/// What the pages about topics suppose.
const TOPICS: &str = r#"
    {"topic_id": "4eyes_1", "name": "Kubernetes"}
    {"topic_id": "4eyes_2", "name": "Java", "category_name": "Islands"}
    {"topic_id": "4eyes_3", "name": "Java", "category_name": "Languages"}
    {"topic_id": "4eyes_4", "name": "Fax Machines", "status": "inactive"}
"#;

/// The compiler that shows a page's wrong example to be wrong. The page says what it needs.
fn compiler_of(page: Page) -> Compiler {
    match page.code() {
        "filterc::check::audience_mismatch" => Compiler::new().audience(AudienceType::Pixel),
        "filterc::check::deprecated_field"
        | "filterc::check::beta_field"
        | "filterc::check::point_in_number" => {
            let catalog = Catalog::from_json(ACCOUNT);
            Compiler::new().catalog(catalog.unwrap_or_else(|error| panic!("{error}")))
        }
        code if code.ends_with("_topic") || code == "filterc::check::unknown_topic_id" => {
            let topics = Topics::from_json(TOPICS);
            Compiler::new().topics(topics.unwrap_or_else(|error| panic!("{error}")))
        }
        _ => Compiler::new(),
    }
}

/// What is wrong with an example: a filter, or the file that the page's area is about.
fn problems(page: Page, compiler: &Compiler, example: &str) -> Vec<Problem> {
    let of_file = |error: FileError| error.problems().to_vec();
    match page.code().split("::").nth(1) {
        Some("json" | "catalog") => {
            Catalog::from_json(example).map_or_else(of_file, |catalog| catalog.warnings().to_vec())
        }
        Some("topics") => {
            Topics::from_json(example).map_or_else(of_file, |topics| topics.warnings().to_vec())
        }
        Some("decompile") => filterc::Decompiler::new()
            .decompile(example)
            .map_or_else(of_file, |_| Vec::new()),
        Some("toml" | "config") => toml_problems(example),
        Some("manifest") => made(example),
        Some("estimate") => match compiler.compile_for_estimate(example) {
            Ok(compilation) => compilation.warnings().to_vec(),
            Err(error) => error.problems().to_vec(),
        },
        _ => match compiler.compile(example) {
            Ok(compilation) => compilation.warnings().to_vec(),
            Err(error) => error.problems().to_vec(),
        },
    }
}

/// Of settings, or of a manifest where the keys are those of one.
fn toml_problems(example: &str) -> Vec<Problem> {
    if example.contains("intent_window_days") {
        let all = made(example);
        let is_about_keys = |problem: &Problem| problem.code().starts_with("filterc::toml::");
        return all.into_iter().filter(is_about_keys).collect();
    }
    let builtin = Catalog::builtin().clone();
    filterc::Config::from_toml(example)
        .and_then(|config| config.with_aliases(builtin))
        .map_or_else(|error| error.problems().to_vec(), |_| Vec::new())
}

fn made(example: &str) -> Vec<Problem> {
    let file = filterc::FilterFile {
        name: "",
        text: "seniority = vp",
    };
    let manifest = filterc::Manifest::from_toml(example);
    let file = manifest.filter_file().map(|_| file);
    manifest.request(&Compiler::new(), file).problems().to_vec()
}

fn codes(problems: &[Problem]) -> BTreeSet<String> {
    problems
        .iter()
        .map(|problem| problem.code().to_owned())
        .collect()
}

#[test]
fn every_page_has_a_summary_a_reason_and_examples() {
    let mut seen = BTreeSet::new();
    for page in pages() {
        let code = page.code();
        assert!(
            code.starts_with("filterc::") && seen.insert(code),
            "{code:?}"
        );
        let summary = page.summary();
        let sentence = summary.starts_with(char::is_uppercase) || summary.starts_with('`');
        assert!(
            sentence && summary.ends_with('.') && summary.len() <= 90,
            "{code}: {summary}"
        );
        let paragraphs: Vec<&str> = page.body().split("\n\n").collect();
        let headings = ["Wrong:", "Right:"].map(|heading| {
            let found = paragraphs
                .iter()
                .position(|paragraph| *paragraph == heading);
            found.unwrap_or_else(|| panic!("{code} has no {heading}"))
        });
        assert!(
            headings.is_sorted() && headings.first() == Some(&2),
            "{code}: {headings:?}"
        );
        assert!(
            !page.wrong().is_empty() && !page.right().is_empty(),
            "{code}"
        );
        for line in page.body().lines() {
            assert!(line.chars().count() <= 90, "{code}: too long: {line}");
        }
        for unwanted in ['!', '—'] {
            let prose = paragraphs
                .iter()
                .take(2)
                .any(|p| without_code(p).contains(unwanted));
            assert!(!prose, "{code} has {unwanted}");
        }
        assert!(!page.body().to_lowercase().contains("please"), "{code}");
    }
    assert!(seen.len() > 60, "{} pages", seen.len());
}

/// A paragraph without what stands in backticks.
fn without_code(paragraph: &str) -> String {
    paragraph.split('`').step_by(2).collect()
}

/// Pages of codes that the program makes; one of them the library too, of a text that no page can
/// hold. Their examples are commands, which `commands.rs` runs.
fn is_of_the_program(page: Page) -> bool {
    let code = page.code();
    code.starts_with("filterc::input::")
        || code.starts_with("filterc::batch::")
        || code.starts_with("filterc::match::")
        || code == "filterc::estimate::no_filter"
}

#[test]
fn every_wrong_example_has_the_problem_of_its_page_and_no_other() {
    for page in pages().filter(|page| !is_of_the_program(*page)) {
        for example in page.wrong() {
            let problems = problems(page, &compiler_of(page), &example);
            let expected = BTreeSet::from([page.code().to_owned()]);
            assert_eq!(codes(&problems), expected, "\n{example}");
        }
    }
}

#[test]
fn every_right_example_has_no_problem() {
    for page in pages().filter(|page| !is_of_the_program(*page)) {
        // All but one do without what the wrong one supposes.
        let compiler = match page.code() {
            "filterc::check::point_in_number" => compiler_of(page),
            _ => Compiler::new(),
        };
        for example in page.right() {
            let found = codes(&problems(page, &compiler, &example));
            assert!(found.is_empty(), "{}\n{example}{found:?}", page.code());
        }
    }
}

#[test]
fn a_page_is_found_by_its_whole_code_or_the_last_part_of_it() {
    for known in pages() {
        assert_eq!(page(known.code()), Some(known));
        let last = known.code().rsplit("::").next().unwrap_or_default();
        assert_eq!(page(last), Some(known), "two pages end in {last}");
    }
    for unknown in [
        "",
        "filterc",
        "parse",
        "filterc::parse",
        "Unknown_Field",
        "parse::empty_list",
    ] {
        assert_eq!(page(unknown), None, "{unknown}");
    }
}
