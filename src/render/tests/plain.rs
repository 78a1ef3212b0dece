//! What programs read: one line a problem, as text and as JSON.

use super::*;

#[test]
fn short_is_one_line_a_problem() {
    let text = "é = 1\ncontry = \"US\"";
    let found = of(text, [error(7, 13), warning(0, 2)]);
    assert_eq!(
        short("us.filter", &found),
        "us.filter:1:1: warning[filterc::check::always_true]: always true; remove it\n\
         us.filter:2:1: error[filterc::check::unknown_field]: unknown field `contry`; \
         did you mean `country`?\n"
    );
    assert_eq!(short("us.filter", &[]), "");
}

#[test]
fn short_without_help_ends_after_the_message() {
    let mistake = Mistake::Warning {
        message: "always true".to_owned(),
        help: String::new(),
        at: (0, 1).into(),
    };
    let line = short("f", &of("a", [mistake]));
    assert_eq!(
        line,
        "f:1:1: warning[filterc::check::always_true]: always true\n"
    );
}

#[test]
fn short_stays_one_line_whatever_is_in_it() {
    let mistake = Mistake::Warning {
        message: format!("a\nb\r\nc\t{HOSTILE}"),
        help: HOSTILE.to_owned(),
        at: (0, 1).into(),
    };
    let line = short(&format!("x\n{HOSTILE}"), &of("a", [mistake]));
    assert_eq!(line.lines().count(), 1);
    assert_eq!(hidden_in(&line), "");
    assert!(line.starts_with("x\\n\\u{1B}[31m\\u{0}"), "{line}");
    assert!(line.contains("a\\nb\\r\\nc\\t\\u{1B}"), "{line}");
}

#[test]
fn what_steers_or_shows_nothing_is_hidden_and_all_else_is_not() {
    for hidden in "\0\t\n\r\u{1B}\u{1F}\u{7F}\u{80}\u{9F}\u{AD}\u{61C}\u{115F}\u{180E}\u{200B}\
        \u{200C}\u{200D}\u{200E}\u{200F}\u{2028}\u{2029}\u{202A}\u{202E}\u{2060}\u{2066}\u{2069}\
        \u{206F}\u{3164}\u{FE00}\u{FE0F}\u{FEFF}\u{FFA0}\u{FFF9}\u{FFFB}\u{E0001}\u{E007F}\u{E01EF}"
        .chars()
    {
        assert_eq!(hidden_in(&visible(&hidden.to_string())), "", "{hidden:?}");
        assert_ne!(visible(&hidden.to_string()), hidden.to_string());
    }
    let plain = " ~\u{A0}¡é¬®日本ß“”—…\u{301}\u{3000}👍🇩🇪אב\u{FFFD}\u{10FFFD}";
    assert_eq!(visible(plain), plain);
}

#[test]
fn json_has_every_key_in_the_documented_order() {
    let text = "é = 1 \"\ncontry = 1";
    let finding = Finding::new(error_with(9, 15, &[(0, 2, "")]));
    let finding = finding.fix("write `country`", Span::new(9, 15), "country");
    assert_eq!(
        json("a \"b\".filter", &problems(text, vec![finding])),
        concat!(
            r#"{"code":"filterc::check::unknown_field","severity":"error","#,
            r#""message":"unknown field `contry`","help":"did you mean `country`?","#,
            r#""source":"a \"b\".filter","span":{"start":9,"end":15},"#,
            r#""start":{"line":2,"column":1},"end":{"line":2,"column":7},"#,
            r#""labels":[{"span":{"start":9,"end":15},"text":"no such field"},"#,
            r#"{"span":{"start":0,"end":2},"text":""}],"#,
            r#""fixes":[{"title":"write `country`","span":{"start":9,"end":15},"#,
            r#""replacement":"country"}]}"#,
            "\n"
        )
    );
    assert_eq!(json("f", &[]), "");
}

#[test]
fn json_columns_are_characters_and_spans_are_bytes() {
    let line = json("f", &of("日本 x", [warning(7, 8)]));
    let place = r#""span":{"start":7,"end":8},"start":{"line":1,"column":4}"#;
    assert!(line.contains(place), "{line}");
    assert!(line.contains(r#""severity":"warning""#), "{line}");
}

#[test]
fn json_escapes_what_steers_a_terminal_and_loses_nothing() {
    let mistake = Mistake::Warning {
        message: format!("日本 {HOSTILE}\n"),
        help: String::new(),
        at: (0, 1).into(),
    };
    let line = json(HOSTILE, &of("a", [mistake]));
    assert_eq!(hidden_in(&line), "");
    assert!(
        line.contains("日本"),
        "what can be shown is not escaped: {line}"
    );
    let read: Result<serde_json::Value, _> = serde_json::from_str(&line);
    let read = read.unwrap_or_default();
    assert_eq!(
        read.get("message"),
        Some(&format!("日本 {HOSTILE}\n").into())
    );
    assert_eq!(read.get("source"), Some(&HOSTILE.into()));
}

#[test]
fn the_schema_accepts_what_is_written_and_refuses_less() {
    let schema: serde_json::Value = serde_json::from_str(PROBLEM_SCHEMA).unwrap_or_default();
    assert!(jsonschema::draft202012::meta::is_valid(&schema));
    let valid = |line: &serde_json::Value| jsonschema::is_valid(&schema, line);

    let text = "a\ncontry = 1";
    let finding = Finding::new(error_with(2, 8, &[(0, 1, "")]));
    let finding = finding.fix("write `country`", Span::new(2, 8), "country");
    let lines = json(
        "f",
        &problems(text, vec![finding, Finding::new(warning(0, 1))]),
    );
    assert_eq!(lines.lines().count(), 2);
    for line in lines.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
        assert!(valid(&line), "{line}");
        let keys: Vec<_> = line
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, _)| key)
            .collect();
        assert_eq!(keys.len(), 10);
        for key in keys {
            let mut without = line.clone();
            without.as_object_mut().and_then(|line| line.remove(key));
            assert!(!valid(&without), "{key} is not required");
            let mut other = line.clone();
            other
                .as_object_mut()
                .and_then(|line| line.insert(key.clone(), true.into()));
            assert!(!valid(&other), "{key} may be anything");
        }
    }
}
