//! What is fixed has no problem that the text did not have, and its problems are those that are told.
//! One that leaves a choice may come up: how the text is meant was open before, and a mistake hid it.
#![no_main]

use std::collections::BTreeMap;

use filterc::{Compiler, Problem};
use filterc_fuzz::{holds, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| text::both(bytes, check));

fn check(text: &str) {
    let compiler = Compiler::new();
    let fixed = compiler.fix(text);
    holds::shown(fixed.text(), fixed.problems());
    let (before, after) = (problems(&compiler, text), problems(&compiler, fixed.text()));
    assert_eq!(after, fixed.problems());
    let known = counts(&before);
    for (code, count) in counts(&after) {
        let known = known.get(&code).copied().unwrap_or_default();
        assert!(count <= known, "{code}\n{text}\n{}", fixed.text());
    }
}

fn problems(compiler: &Compiler, text: &str) -> Vec<Problem> {
    match compiler.compile(text) {
        Ok(compilation) => compilation.warnings().to_vec(),
        Err(error) => error.problems().to_vec(),
    }
}

fn counts(problems: &[Problem]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for problem in problems.iter().filter(|it| it.fixes().len() < 2) {
        *counts.entry(problem.code().to_owned()).or_default() += 1;
    }
    counts
}
