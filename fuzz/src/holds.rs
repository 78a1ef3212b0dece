//! What must hold of every answer.

use filterc::{
    Catalog, Compiler, Filter, JsonRow, MatchOptions, Problem, Selector, Severity, render,
};

/// Compiles twice: the answers are one, every problem can be shown, a filter is whole.
pub fn answer(compiler: &Compiler, text: &str) -> Option<Filter> {
    let problems;
    let filter = match (compiler.compile(text), compiler.compile(text)) {
        (Ok(once), Ok(again)) => {
            assert_eq!(once.filter().to_string(), again.filter().to_string());
            problems = once.warnings().to_vec();
            assert!(!has_error(&problems), "an error beside a filter");
            let filter = once.into_filter();
            whole(&filter);
            Some(filter)
        }
        (Err(once), Err(again)) => {
            assert_eq!(once.problems(), again.problems());
            problems = once.problems().to_vec();
            assert!(has_error(&problems), "neither a filter nor an error");
            None
        }
        _ => panic!("two answers"),
    };
    shown(text, &problems);
    filter
}

fn has_error(problems: &[Problem]) -> bool {
    problems
        .iter()
        .any(|problem| problem.severity() == Severity::Error)
}

/// Spans are inside the text and on character boundaries, and so are the edits of fixes.
pub fn shown(text: &str, problems: &[Problem]) {
    for problem in problems {
        let fixes = problem.fixes().iter().map(|fix| fix.span);
        for span in fixes.chain([problem.span()]) {
            assert!(text.get(span.range()).is_some(), "{span:?}");
        }
        assert!(!problem.message().is_empty() && !problem.help().is_empty());
    }
    let lines = render::short("name", problems).lines().count();
    assert_eq!(lines, problems.len(), "one line a problem");
}

/// No empty group, and a vendor would read it back as the same.
fn whole(filter: &Filter) {
    let json = filter.to_string();
    assert!(
        !json.contains(r#""rules":[]"#) && !json.contains(r#""value":[]"#),
        "{json}"
    );
    let again: Filter = serde_json::from_str(&json).expect("the filter is one");
    assert_eq!(again.to_string(), json);
}

/// Both filters say the same of a row.
pub fn same(one: &Filter, other: &Filter, row: &str) {
    let ask = |filter: &Filter| {
        let selector =
            Selector::new(filter.clone(), MatchOptions::new()).typed_by(Catalog::builtin());
        let row = JsonRow::read(row, selector.fields()).expect("the row is one");
        selector.eval(&row)
    };
    assert_eq!(ask(one), ask(other), "{one}\n{other}\n{row}");
}
