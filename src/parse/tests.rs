//! Words and symbols that stand for an operator of the language, one by one.

use super::parse;
use crate::diagnostic::{Problem, problems};

/// What is said of a text that is about one thing only.
fn only_problem(text: &str) -> Problem {
    let mut told = problems(text, parse(text).findings);
    assert_eq!(told.len(), 1, "{text}: {told:?}");
    told.remove(0)
}

/// The text with the fix of its only problem.
fn fixed(text: &str) -> String {
    let problem = only_problem(text);
    assert_eq!(problem.fixes().len(), 1, "{text}: {problem:?}");
    let mut fixed = text.to_owned();
    for fix in problem.fixes() {
        fixed.replace_range(fix.span.range(), &fix.replacement);
    }
    fixed
}

#[test]
fn a_symbol_of_another_language_becomes_ours() {
    for (typed, ours) in [
        ("=>", ">="),
        ("≥", ">="),
        ("> =", ">="),
        ("=<", "<="),
        ("≤", "<="),
        ("< =", "<="),
        ("===", "="),
        (":", "="),
        (":=", "="),
        ("＝", "="),
        ("= =", "="),
        ("!==", "!="),
        ("=!", "!="),
        ("=!=", "!="),
        ("≠", "!="),
        ("! =", "!="),
        ("< >", "!="),
    ] {
        assert_eq!(fixed(&format!("a {typed} 5")), format!("a {ours} 5"));
    }
    for typed in ["= >", "= <", "><", "!!", "<=>", "~", "=~", "!"] {
        let problem = only_problem(&format!("a {typed} 5"));
        assert!(problem.fixes().is_empty(), "{problem:?}");
    }
}

#[test]
fn a_word_of_another_language_becomes_ours() {
    for (typed, ours) in [
        ("eq", "="),
        ("equal to", "="),
        ("not eq", "!="),
        ("neq", "!="),
        ("isn't", "!="),
        ("does not equal", "!="),
        ("contain", "contains"),
        ("not contain", "not contains"),
        ("not contians", "not contains"),
        ("not equels", "not equals"),
        ("over", ">"),
        ("below", "<"),
        ("doesn't contain", "not contains"),
        ("begins with", "starts with"),
        ("start with", "starts with"),
        ("ends", "ends with"),
        ("greater than", ">"),
        ("at least", ">="),
        ("gte", ">="),
        ("greater_than", ">"),
        ("greater than or equal to", ">="),
        ("more than or equals", ">="),
        ("greater_than_or_equal_to", ">="),
        ("less_than_or_equal", "<="),
        ("fewer than or equal to", "<="),
        ("at_least", ">="),
        ("equal_to", "="),
        ("not equal_to", "!="),
        ("does_not_contain", "not contains"),
        ("is greater than or equal to", ">="),
        ("is fewer than or equal to", "<="),
        ("is less than or_equal_to", "<="),
        ("less than", "<"),
        ("before", "<"),
        ("at most", "<="),
        ("lte", "<="),
        ("not =", "!="),
        ("not <", ">="),
        ("not <=", ">"),
        ("not >", "<="),
        ("not >=", "<"),
        ("is equal to", "="),
        ("is less than", "<"),
        ("is more than", ">"),
        ("is at least", ">="),
        ("is at most", "<="),
        ("is not =", "!="),
        ("is contains", "contains"),
        ("like", "="),
        ("not like", "!="),
        ("is like", "="),
        ("is not contains", "not contains"),
    ] {
        assert_eq!(
            fixed(&format!("a {typed} \"5\"")),
            format!("a {ours} \"5\"")
        );
    }
    for (typed, ours) in [
        ("one of", "in"),
        ("not one of", "not in"),
        ("none of", "not in"),
        ("!in", "not in"),
        ("notin", "not in"),
        ("in any", "in"),
        ("not in any", "not in"),
        ("= any", "in"),
        ("not", "not in"),
        ("is one of", "in"),
        ("is none of", "not in"),
        ("=", "in"),
        ("!=", "not in"),
    ] {
        assert_eq!(
            fixed(&format!("a {typed} (b, c)")),
            format!("a {ours} (b, c)")
        );
    }
    for (typed, ours) in [
        ("isnull", "is null"),
        ("IS_NULL", "is null"),
        ("is_not_null", "is not null"),
        ("not_null", "is not null"),
        ("not is_null", "is not null"),
        ("is_blank", "is blank"),
        ("not_blank", "is not blank"),
        ("is_not_blank", "is not blank"),
        ("isnot blank", "is not blank"),
        ("null", "is null"),
        ("notnull", "is not null"),
        ("not null", "is not null"),
        ("blank", "is blank"),
        ("not isblank", "is not blank"),
        ("= null", "is null"),
        ("!= blank", "is not blank"),
    ] {
        assert_eq!(fixed(&format!("a {typed}")), format!("a {ours}"));
    }
}

#[test]
fn what_has_no_opposite_or_several_has_no_fix() {
    for typed in [
        "not begins with \"5\"",
        "not gt 5",
        "not != 5",
        "exists",
        "not exists",
        "not empty",
        "is not < 5",
        "in all (b, c)",
        "in (b && c)",
        "in (b AND c)",
        "any (b, c)",
        "all of (b, c)",
        "contains in (b, c)",
        "contains (b, c)",
        "contains none of (b, c)",
        "has \"5\"",
        "has (b, c)",
        "includes all (b, c)",
        "in none of (b, c)",
        "not in none of (b, c)",
        "is not none of (b, c)",
        "not contains none of (b, c)",
        "not includes \"5\"",
        "after 2026-01-31",
        "not containing 5",
        "conotains \"5\"",
        "acontains \"5\"",
        "> any (b, c)",
        "notcontainsall (b, c)",
        "does_not_contain all (b, c)",
        "contains b without c",
        "contains b ohne c",
        "= b seniority: c",
        "contians (\"b\", c)",
        "not contians (\"b\", c)",
        "not containing (b, c)",
        "not statrswith \"5\"",
        "between 1, 5",
        "between (1, 5)",
    ] {
        let problem = only_problem(&format!("a {typed}"));
        assert!(problem.fixes().is_empty(), "{problem:?}");
    }
}

#[test]
fn a_comparison_with_the_value_first_is_turned_round() {
    for (typed, ours) in [
        ("=", "="),
        ("==", "="),
        ("!=", "!="),
        ("<>", "!="),
        ("<", ">"),
        ("<=", ">="),
        (">", "<"),
        (">=", "<="),
    ] {
        assert_eq!(fixed(&format!("5 {typed} a")), format!("a {ours} 5"));
    }
    assert!(only_problem("5 in a").fixes().is_empty());
}

#[test]
fn a_character_that_cannot_be_seen_is_named() {
    for (character, name) in [
        ('\0', "null"),
        ('\u{1B}', "escape"),
        ('\u{7F}', "delete"),
        ('\u{1}', "control character"),
        ('\u{AD}', "soft hyphen"),
        ('\u{200B}', "zero width space"),
        ('\u{200C}', "zero width non-joiner"),
        ('\u{200D}', "zero width joiner"),
        ('\u{200E}', "left-to-right mark"),
        ('\u{200F}', "right-to-left mark"),
        ('\u{202E}', "text direction override"),
        ('\u{2066}', "text direction override"),
        ('\u{2060}', "word joiner"),
        ('\u{FEFF}', "zero width no-break space"),
        ('\u{34F}', "format character"),
    ] {
        let text = format!("a = 5 {character}");
        let code = u32::from(character);
        let problem = only_problem(&text);
        let expected = format!("a character that cannot be seen: U+{code:04X} ({name})");
        assert_eq!(problem.message(), expected);
        assert_eq!(fixed(&text), "a = 5 ");
    }
    for (character, name) in [
        ('\u{A0}', "no-break space"),
        ('\u{202F}', "no-break space"),
        ('\u{2003}', "white space"),
    ] {
        let problem = only_problem(&format!("a = \"5{character}\""));
        assert!(problem.message().contains(name), "{problem:?}");
        assert!(problem.fixes().is_empty(), "{problem:?}");
    }
    for character in ['\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}'] {
        let problem = only_problem(&format!("a = 5 # b{character}c"));
        let name = "(line or page separator)";
        assert!(problem.message().ends_with(name), "{problem:?}");
        // At the end of a comment it hides nothing; the canonical layout leaves it out.
        let at_end = parse(&format!("a = 5 # b{character} \n"));
        assert!(at_end.findings.is_empty(), "{character:?}");
    }
}

#[test]
fn a_name_of_several_words_stands_on_one_line() {
    for (text, expected) in [
        ("job title = x", "bad_field_name"),
        ("job\ntitle = x", "incomplete_comparison"),
        ("job # c\ntitle = x", "incomplete_comparison"),
    ] {
        let code = format!("filterc::parse::{expected}");
        assert_eq!(only_problem(text).code(), code, "{text}");
    }
}

/// What is left out must never become a text that leaves out nobody.
#[test]
fn quotes_are_no_certain_fix_where_more_may_be_meant() {
    for (text, expected) in [
        ("a = Cloud Computing", Some("a = \"Cloud Computing\"")),
        ("a != Cloud Computing", None),
        ("not a = Cloud Computing", None),
        (
            "not a != Cloud Computing",
            Some("not a != \"Cloud Computing\""),
        ),
        ("a != O'Reilly", Some("a != \"O'Reilly\"")),
        ("a not in (R&D, b)", Some("a not in (\"R&D\", b)")),
        ("a != /b/", None),
        ("a not in (b，c)", None),
        ("a not in (@gmail.com, b)", None),
        ("a in (@gmail.com, b)", Some("a in (\"@gmail.com\", b)")),
        ("a in (c or d)", Some("a in (c, d)")),
        ("a not in (`b, c`)", None),
        ("a != “b or c”", None),
        ("a != b&code", None),
        ("a = b but c = d", None),
        ("a = b adn c = d", Some("a = b and c = d")),
        ("a in (b，c)", None),
        ("a in (b\\, c)", None),
        ("a = b nor c", None),
        ("a = other than b", None),
        ("a equals to b", None),
        ("a = “b & c”", Some("a = \"b & c\"")),
        ("a = “it’s”", Some("a = \"it’s\"")),
        ("a != “b\" and c != \"d”", None),
        ("a not in (‘b, ‘c’)", None),
        ("a = `b c`", Some("a = \"b c\"")),
        ("a = `b and c = d`", None),
        ("a = 'b''s'", Some("a = \"b's\"")),
        ("a = 'b and c = ''d'", None),
        ("a in ('b''s')", None),
        ("a in \"b\"", Some("a in (\"b\")")),
        ("a not in \"b, c\"", None),
        ("a in (b,, c)", None),
        ("a contains all (b,, c)", None),
        ("a like b", Some("a = \"b\"")),
        ("a like Cloud Computing", None),
        ("a not like Cloud Computing", None),
        ("a != b.com&c.com", None),
        ("a != b.com'c.com", None),
        ("a != 'b.com''c.com'", None),
        ("not a = 'b''s'", None),
        ("a not in (“b, c”)", None),
        ("a != “b; c”", None),
        ("a = “Acme, Inc.”", Some("a = \"Acme, Inc.\"")),
        ("// b\na = c", Some("# b\na = c")),
        ("a = c // b", None),
        ("a = c -- and d = e", None),
        ("a = \"b\\.c\"", None),
    ] {
        match expected {
            Some(expected) => assert_eq!(fixed(text), expected),
            None => assert_ne!(only_problem(text).fixes().len(), 1, "{text}"),
        }
    }
}

#[test]
fn advice_has_no_gaps_and_is_about_what_was_typed() {
    for (text, help) in [
        (
            "a != b and not c",
            "write a comparison in place of NOT and the value: `a != c`",
        ),
        (
            "a = b and !c",
            "write a comparison in place of NOT and the value: `a != c`",
        ),
        (
            "a in (b, c) and not d",
            "write a comparison in place of NOT and the value: `a not in (d)`",
        ),
        (
            "a contains b and not c",
            "write a comparison in place of NOT and the value: `a not contains c`",
        ),
        (
            "a starts with b and not c",
            "write a comparison in place of NOT and the value: `not a starts with c`",
        ),
        ("a is not b or c", "write `a not in (b, c)`"),
        (
            "a is not null or blank",
            "join by AND what must both hold: `a is not null and a is not blank`",
        ),
        (
            "a not in (b, not c)",
            "a list has no NOT: write a comparison of its own, such as `a in (…)`; in quotes it is a text",
        ),
        (
            "a in \"b, c\"",
            "write `(\"b\", \"c\")`, or `(\"b, c\")` if that is one value",
        ),
        (
            "a not resembling b",
            "write an operator behind it, such as `not contains`, or `!= \"resembling b\"` if that is the value",
        ),
        ("a between 1-5", "write `between 1 and 5`"),
        (
            "a starts with none of (b, c)",
            "the vendor's filter has no opposite of `starts with`: write `not contains` if the text may stand nowhere in the value",
        ),
        (
            "a has all (b, c)",
            "write `contains all (…)` for parts of the text, `in (…)` for all of it",
        ),
        (
            "a not notnull",
            "write NOT in front of the field, and the operator without it",
        ),
        (
            "a ends with (b, c)",
            "write `ends with any (…)` if one of them is enough, `ends with all (…)` if all of them must be there",
        ),
        (
            "a > 5 and 10",
            "repeat the field: `a … 10`, or write `a between … and …`",
        ),
        ("a is null or blank", "repeat the field: `a is blank`"),
        (
            "a is not null and blank",
            "repeat the field: `a is not blank`",
        ),
        ("a is b or c", "repeat field and operator: `a is c`"),
        (
            "a = b or c",
            "write `a in (b, c)`, or repeat the field: `a = c`",
        ),
        ("a != not b", "in quotes it is a text: `\"not\"`"),
        ("a contains not b", "in quotes it is a text: `\"not\"`"),
        ("a equals b c", "write `\"b c\"`"),
        ("a equals to b c", "write `equals \"b c\"`, without `to`"),
        (
            "a is notnull",
            "write `is not blank` if that is meant, or the text in quotes",
        ),
        (
            "a is not is_null",
            "write `is not blank` if that is meant, or the text in quotes",
        ),
        (
            "a != not_blank",
            "write `is blank` if that is meant, or the text in quotes",
        ),
        (
            "a is unknown",
            "write `is blank` if that is meant, or the text in quotes",
        ),
        (
            "a is not unknown",
            "write `is not blank` if that is meant, or the text in quotes",
        ),
        (
            "exclude a = b",
            "write `not` in place of `exclude` if that is meant",
        ),
        (
            "\"email\" = b",
            "if `email` is the field, write it without quotes: `email = b`; else write `b = \"email\"`",
        ),
        (
            "a > 1,5",
            "write `1.5` for a number, or `\"1,5\"` for a text",
        ),
        (
            "a = 1,50",
            "write `1.50` for a number, `\"1,50\"` for a text, or a list: `a in (1,50)`",
        ),
        (
            "a not contians (b, c)",
            "write `not contains any (…)` if none of them may be there, `not contains all (…)` if only all of them together may not",
        ),
        (
            "a notContainsAll (b, c)",
            "write `not contains any (…)` if none of them may be there, `not contains all (…)` if only all of them together may not",
        ),
        (
            "a does not contain all (b, c)",
            "write `not contains any (…)` if none of them may be there, `not contains all (…)` if only all of them together may not",
        ),
        (
            "a starts_with_any (b, c)",
            "write `starts with any (…)` if one of them is enough, `starts with all (…)` if all of them must be there",
        ),
        (
            "a nstartswith (b, c)",
            "write `starts with any (…)`: the vendor's filter has no opposite of it",
        ),
        (
            "a contains_no b",
            "write `contains`, or `not contains` for the opposite",
        ),
        (
            "a contians (b, c)",
            "write `contains any (…)` if one of them is enough, `contains all (…)` if all of them must be there",
        ),
        (
            "a not contains none of (b, c)",
            "write `contains any (…)` if one of them must be there",
        ),
        ("a contains none of (b, c)", "write `not contains any (…)`"),
        (
            "a has (b, c)",
            "write `contains any (…)` for parts of the text, `in (…)` for all of it",
        ),
    ] {
        assert_eq!(only_problem(text).help(), help, "{text}");
    }
}

#[test]
fn a_value_ends_where_something_joins_or_closes() {
    for (rest, ends) in [
        ("", true),
        (" and d = e", true),
        (" AND d = e", true),
        (" or d = e", true),
        (" && d = e", true),
        (" || d = e", true),
        (" & d = e", true),
        (", d = e", true),
        ("; d = e", true),
        (")", true),
        (" # d", true),
        (" d = e", false),
        (" andnot d = e", false),
    ] {
        let text = format!("a = b c{rest}");
        let told = problems(&text, parse(&text).findings);
        let of_value = |it: &&Problem| it.code() == "filterc::parse::unquoted_text";
        let fixes = told.iter().find(of_value).map(|it| it.fixes().len());
        assert_eq!(fixes, Some(usize::from(ends)), "{text}: {told:?}");
    }
}

#[test]
fn a_mistake_is_told_by_one_code_at_its_place() {
    for (text, code, place) in [
        ("a = 1 (b = 2)", "missing_operator", "("),
        ("\"abc", "unterminated_string", "\""),
        ("a in (", "unclosed_parenthesis", "("),
        ("a = b and “", "curly_quotes", "“"),
        ("a = 'it's'", "unescaped_quote", "s'"),
        ("a = 'it''s'x", "unescaped_quote", "'s'x"),
        ("a = 'it''s'", "doubled_quote", "''"),
        ("a = 'it''sx", "unescaped_quote", "'sx"),
        ("a = %", "unquoted_text", "%"),
        ("a = 50%", "unquoted_text", "50%"),
        ("a = 5*", "wildcard", "5*"),
        ("a = b%", "wildcard", "b%"),
        ("a = b*c", "wildcard", "b*c"),
        ("a between 1", "malformed_range", "between 1"),
        ("a b c = 1", "bad_field_name", "a b c"),
        ("a = 1 and b wher c = 1", "bad_field_name", "b wher c"),
        (
            "intents wher a = 1",
            "incomplete_comparison",
            "intents wher",
        ),
        ("a = 1 < 2", "chained_comparison", "<"),
        ("1 < a < 2", "chained_comparison", "<"),
        ("{}", "json_text", "{"),
        ("[{\"a\": 1", "json_text", "["),
        ("{a = 1}", "wrong_brackets", "{"),
    ] {
        let told = problems(text, parse(text).findings);
        let first = told.first();
        let code = format!("filterc::parse::{code}");
        assert_eq!(first.map(Problem::code), Some(code.as_str()), "{text}");
        let span = first.map(Problem::span).unwrap_or_default();
        assert_eq!(text.get(span.range()), Some(place), "{text}");
    }
}

#[test]
fn of_two_separators_in_a_row_one_may_be_a_value() {
    for text in [
        "a not in (c, OR or d)",
        "a in (c or OR d)",
        "a in (c;, d)",
        "a in (c, or d)",
    ] {
        let told = problems(text, parse(text).findings);
        let behind_comma =
            |it: &Problem| it.fixes().len() == 1 && it.span().start() > "a not in (c".len();
        assert!(
            !told.is_empty() && !told.iter().any(behind_comma),
            "{told:?}"
        );
    }
}

#[test]
fn a_bound_follows_between_however_it_is_spelled() {
    assert_eq!(fixed("a not betwen 1 and 5"), "a not between 1 and 5");
    assert_eq!(fixed("a betwen 1 and 5"), "a between 1 and 5");
}

#[test]
fn a_note_on_a_line_of_its_own_begins_with_a_mark() {
    let fixed = fixed("a = b\n \t// note\nand c = d");
    assert_eq!(fixed, "a = b\n \t# note\nand c = d");
}

#[test]
fn a_word_for_nothing_can_be_a_value() {
    for text in [
        "a = empty",
        "a = unknown",
        "a != \"empty\"",
        "a is \"empty\"",
    ] {
        assert!(parse(text).findings.is_empty(), "{text}");
    }
}

#[test]
fn a_range_is_told_without_the_blanks_behind_it() {
    let text = "b = c and a between (1, 5)  ";
    assert_eq!(only_problem(text).span().end(), text.trim_end().len());
}

/// Between two letters of such scripts a joiner is visible by what it does to them.
#[test]
fn a_joiner_is_hidden_beside_a_letter_that_it_does_not_join() {
    for text in [
        "a = \"é\u{200D}b\"",
        "a = \"b\u{200D}é\"",
        "a = \"b\u{FE0F}\"",
    ] {
        let problem = only_problem(text);
        assert_eq!(problem.code(), "filterc::parse::hidden_in_text", "{text}");
    }
    for text in ["a = \"क्\u{200D}ष\"", "a = \"❤\u{FE0F}\""] {
        assert!(parse(text).findings.is_empty(), "{text}");
    }
}
