//! Applies the fixes of problems until none is left.
//!
//! Owns which fixes are applied together and when a result is given up. Sits on top of `compile`;
//! must not know any problem by its code.

use std::collections::BTreeMap;

use crate::compile::Compiler;
use crate::diagnostic::{Fix, Problem};

/// A text can need several rounds, since a mistake hides others; one that goes on is going round.
const MOST_ROUNDS: usize = 12;

/// How many fixes are tried alone, at most: each is a compilation of the whole text.
const MOST_ALONE: usize = 200;

/// What came of applying fixes to a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    text: String,
    applied: Vec<Fix>,
    problems: Vec<Problem>,
}

impl Fixed {
    /// The text with the fixes applied.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What was done, in order. The spans are those of the text as it was at that time.
    pub fn applied(&self) -> &[Fix] {
        &self.applied
    }

    /// The problems that are left in [`text`](Self::text).
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl Compiler {
    /// Applies the fixes of a text's problems until no problem has one, as [`fix()`] does.
    ///
    /// ```
    /// let fixed = filterc::Compiler::new().fix("seniority in [vp, cxo] && job_title = “CEO”");
    /// assert_eq!(fixed.text(), "seniority in (vp, cxo) && job_title = \"CEO\"");
    /// assert_eq!((fixed.applied().len(), fixed.problems().len()), (2, 0));
    /// // Fixing the name would bring up that the field does not take `>`.
    /// assert_eq!(filterc::Compiler::new().fix("senority > 5").text(), "senority > 5");
    /// ```
    pub fn fix(&self, text: &str) -> Fixed {
        fix(text, |text| match self.compile(text) {
            Ok(compilation) => compilation.warnings().to_vec(),
            Err(error) => error.problems().to_vec(),
        })
    }
}

/// Applies the fixes of a text's problems until no problem has one. `problems` finds them, in a
/// filter or in a file of another kind.
///
/// Only a problem with exactly one fix is fixed, since two are a choice. Of fixes that touch each
/// other the first is applied, and the problems are found again. A fix is left out if the result
/// would have a problem that the text does not have: of a code that is new, or more of one. Not
/// counted is what leaves a choice, such as AND mixed with OR: a mistake may have hidden it.
pub fn fix(text: &str, problems: impl Fn(&str) -> Vec<Problem>) -> Fixed {
    let before = problems(text);
    let as_it_is = Fixed {
        text: text.to_owned(),
        applied: Vec::new(),
        problems: before,
    };
    let fixed = all_at_once(as_it_is.clone(), &problems);
    if has_new(&as_it_is.problems, &fixed.problems) {
        return one_by_one(as_it_is, &problems);
    }
    fixed
}

fn all_at_once(mut fixed: Fixed, problems: &impl Fn(&str) -> Vec<Problem>) -> Fixed {
    for _ in 0..MOST_ROUNDS {
        let fixes = together(&fixed.problems);
        if fixes.is_empty() {
            break;
        }
        fixed.text = edited(&fixed.text, &fixes);
        fixed.problems = problems(&fixed.text);
        fixed.applied.extend(fixes);
    }
    fixed
}

/// Each fix alone, kept if it brings up nothing new: where not all of them can be applied.
fn one_by_one(mut fixed: Fixed, problems: &impl Fn(&str) -> Vec<Problem>) -> Fixed {
    let before = fixed.problems.clone();
    let mut left = MOST_ALONE;
    for _ in 0..MOST_ROUNDS {
        let mut fixes = together(&fixed.problems);
        let known = fixed.applied.len();
        // From the end, so that the places of those before stay what they are.
        while let Some(fix) = fixes.pop().filter(|_| left > 0) {
            left -= 1;
            let text = edited(&fixed.text, std::slice::from_ref(&fix));
            let found = problems(&text);
            if !has_new(&before, &found) {
                fixed.text = text;
                fixed.problems = found;
                fixed.applied.push(fix);
            }
        }
        if fixed.applied.len() == known {
            break;
        }
    }
    fixed
}

/// The only fix of each problem, those left out that touch one before them.
fn together(problems: &[Problem]) -> Vec<Fix> {
    let mut fixes: Vec<&Fix> = problems
        .iter()
        .filter_map(|problem| match problem.fixes() {
            [only] => Some(only),
            _ => None,
        })
        .collect();
    fixes.sort_by_key(|fix| fix.span);
    let mut end = None;
    fixes.retain(|fix| {
        let is_apart = end.is_none_or(|end| fix.span.start() > end);
        if is_apart {
            end = Some(fix.span.end());
        }
        is_apart
    });
    fixes.into_iter().cloned().collect()
}

/// The text with edits that are ascending and apart.
fn edited(text: &str, fixes: &[Fix]) -> String {
    let mut edited = String::with_capacity(text.len());
    let mut copied = 0;
    for fix in fixes {
        edited += text.get(copied..fix.span.start()).unwrap_or_default();
        edited += &fix.replacement;
        copied = fix.span.end();
    }
    edited + text.get(copied..).unwrap_or_default()
}

/// Whether there are more problems of any code than before, those aside that leave a choice: how a
/// text is meant was open before, and only a mistake hid it.
fn has_new(before: &[Problem], after: &[Problem]) -> bool {
    let is_choice = |problem: &&Problem| problem.fixes().len() > 1;
    let mut counts: BTreeMap<&str, isize> = BTreeMap::new();
    for problem in before.iter().filter(|it| !is_choice(it)) {
        *counts.entry(problem.code()).or_default() += 1;
    }
    for problem in after.iter().filter(|it| !is_choice(it)) {
        *counts.entry(problem.code()).or_default() -= 1;
    }
    counts.values().any(|left| *left < 0)
}

#[cfg(test)]
#[expect(clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn fixed(text: &str) -> String {
        Compiler::new().fix(text).text().to_owned()
    }

    #[test]
    fn fixes_are_applied_until_none_is_left() {
        for (text, expected) in [
            ("seniority = vp", "seniority = vp"),
            ("senority = vp", "seniority = vp"),
            (
                "seniority = VP and emial is not null",
                "seniority = VP and email is not null",
            ),
            ("job_title = “x”", "job_title = \"x\""),
            ("seniority in [vp, cxo]", "seniority in (vp, cxo)"),
            // Two readings are a choice.
            (
                "score = high or score = low and seniority = vp",
                "score = high or score = low and seniority = vp",
            ),
            (
                "not score = high or score = low",
                "not score = high or score = low",
            ),
            // The warning was hidden by the mistakes.
            (
                "score = high or score = low and senority in [vp]",
                "score = high or score = low and seniority in (vp)",
            ),
        ] {
            assert_eq!(fixed(text), expected);
        }
    }

    #[test]
    fn what_has_no_certain_fix_stays() {
        for text in [
            "seniority = boss",
            "salary > 5",
            "seniority =",
            "",
            "(((",
            // ALL with OR contradicts itself, whatever stands between.
            "job_title contains all # any\n (a or b)",
            "job_title contains all /* any */ (a or b)",
        ] {
            let fixed = Compiler::new().fix(text);
            assert_eq!((fixed.text(), fixed.applied().len()), (text, 0));
        }
    }

    #[test]
    fn a_fix_that_would_bring_up_another_problem_is_left_out() {
        for (text, expected) in [
            ("senority = boss", "senority = boss"),
            (
                "gendre = f and senority = boss and emial is null",
                "gender = f and senority = boss and email is null",
            ),
        ] {
            let result = Compiler::new().fix(text);
            assert_eq!(result.text(), expected);
            assert_eq!(result.applied().len(), expected.matches("and").count());
        }
    }

    #[test]
    fn fixes_that_touch_each_other_are_applied_one_after_the_other() {
        let text = "senority = vp and senority = cxo and senority in [vp]";
        let result = Compiler::new().fix(text);
        assert_eq!(
            result.text(),
            "seniority = vp and seniority = cxo and seniority in (vp)"
        );
        assert_eq!(result.problems(), []);
    }

    /// Without the end of its line a comment would swallow values: here more people were selected.
    #[test]
    fn a_comment_keeps_its_line() {
        for (text, expected) in [
            (
                "job_title not in (x, # c\n or y,\n z)",
                "job_title not in (x, # c\n or y,\n z)",
            ),
            (
                "job_title not in (x # c,\n or y)",
                "job_title not in (x # c,\n , y)",
            ),
        ] {
            assert_eq!(fixed(text), expected);
        }
    }

    /// What a string ends is no word's business, until a word is put in its place.
    #[test]
    fn two_words_do_not_become_one() {
        for (text, expected) in [
            (
                "not'human resources' = department",
                "not department = 'human resources'",
            ),
            (
                "score = high or'Head of IT' = job_title",
                "score = high or job_title = 'Head of IT'",
            ),
            (
                "seniority = 'directer'and score = high",
                "seniority = director and score = high",
            ),
            ("seniority in('directer')", "seniority in(director)"),
        ] {
            assert_eq!(fixed(text), expected);
        }
    }

    /// A value that is a keyword goes into quotes: without them it would be an operator.
    #[test]
    fn a_value_that_is_a_keyword_stays_a_value() {
        let json = r#"[{"field_key":"state","data_type":"string","field_type":"select","operators":["in"],
            "options":[{"value":"or"},{"value":"blank"},{"value":"starts"}]}]"#;
        let catalog = crate::Catalog::from_json(json);
        let compiler = Compiler::new().catalog(catalog.unwrap_or_else(|error| panic!("{error}")));
        for (text, expected) in [
            ("state = blnak", "state = \"blank\""),
            ("state in (strats)", "state in (\"starts\")"),
        ] {
            assert_eq!(compiler.fix(text).text(), expected);
        }
    }
}
