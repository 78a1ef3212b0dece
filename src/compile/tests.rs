//! What a compiler reports, and how its settings act together.

use super::*;

/// Of a pair of operators an account's field may grant one.
#[test]
fn a_field_that_takes_one_of_a_pair_says_which() {
    let json = r#"[{"field_key":"plan","data_type":"string","operators":["notin"]}]"#;
    let compiler = Compiler::new().catalog(Catalog::from_json(json).unwrap());
    assert!(compiler.compile("not plan = free").is_ok());
    let error = compiler.compile("plan = free").unwrap_err();
    let [problem] = error.problems() else {
        panic!("{error}");
    };
    assert_eq!(problem.message(), "`plan` does not take `is`");
    assert_eq!(problem.help(), "it takes `not in`");
}

#[test]
fn a_default_audience_gives_way_to_the_text_and_to_the_caller() {
    let compiler = Compiler::new().default_audience(AudienceType::Intents);
    assert!(compiler.compile("seniority = vp").is_err());
    assert!(compiler.compile("topic = 4eyes_1").is_ok());
    assert!(compiler.compile("elixir where seniority = vp").is_ok());
    let compiler = compiler.audience(AudienceType::Elixir);
    assert!(compiler.compile("seniority = vp").is_ok());
}

#[test]
fn a_matcher_warns_of_what_a_compilation_warns_of() {
    let (compiler, text) = (Compiler::new(), "seniority in (vp, vp)");
    let compilation = compiler.compile(text).unwrap();
    let matcher = compiler.matcher(text, MatchOptions::new()).unwrap();
    assert_eq!(compilation.warnings().len(), 1);
    assert_eq!(matcher.warnings(), compilation.warnings());
}

/// The help of every problem, in the order of the text.
fn helps(compiler: &Compiler, text: &str) -> Vec<String> {
    let error = compiler.compile(text).unwrap_err();
    let helps = error.problems().iter().map(|problem| problem.help());
    helps.map(str::to_owned).collect()
}

/// Of a few letters too many names begin with them to say which is meant.
#[test]
fn a_name_that_was_not_typed_to_its_end_is_found() {
    let fields = [
        ("company_zi", "did you mean `company_zip_code`?"),
        ("company_sta", "did you mean `company_state`?"),
        ("comp", "`filterc fields` lists the fields there are"),
    ];
    for (typed, expected) in fields {
        let told = helps(&Compiler::new(), &format!("{typed} = x"));
        assert_eq!(told, [expected], "{typed}");
    }
}

/// Of thousands of mistakes nobody reads the advice, which costs more than all else.
#[test]
fn what_is_near_is_sought_for_the_first_mistakes_only() {
    let many = vec!["senority = vp"; 102].join(" or ");
    let helps_of_fields = helps(&Compiler::new(), &many);
    let sought = helps_of_fields
        .iter()
        .filter(|help| *help == "did you mean `seniority`?");
    assert_eq!((helps_of_fields.len(), sought.count()), (102, 100));
    let many = vec!["directer"; 102].join(", ");
    let helps_of_options = helps(&Compiler::new(), &format!("seniority in ({many})"));
    let sought = helps_of_options
        .iter()
        .map(|help| help.contains("did you mean"));
    let expected: Vec<bool> = (0..102).map(|at| at < 100).collect();
    assert_eq!(sought.collect::<Vec<_>>(), expected);

    let topics = r#"{"topic_id": "4eyes_1", "name": "Cloud Storage"}"#;
    let compiler = Compiler::new().topics(Topics::from_json(topics).unwrap());
    let many = vec!["cloud"; 22].join(", ");
    let helps_of_topics = helps(&compiler, &format!("topic in ({many})"));
    let sought = helps_of_topics
        .iter()
        .map(|help| help.contains("Cloud Storage"));
    let expected: Vec<bool> = (0..22).map(|at| at < 20).collect();
    assert_eq!(sought.collect::<Vec<_>>(), expected);
}

#[test]
fn of_more_than_five_topics_of_a_name_the_first_five_are_told() {
    let help_of = |count: usize| {
        let topic =
            |at| format!(r#"{{"topic_id":"4eyes_{at}","name":"Java","category_name":"C{at}"}}"#);
        let topics: Vec<String> = (0..count).map(topic).collect();
        let topics = Topics::from_json(&topics.join("\n")).unwrap();
        let [help] = helps(&Compiler::new().topics(topics), "topic = java")
            .try_into()
            .unwrap();
        help
    };
    assert!(help_of(5).ends_with(", \"C4 > Java\""), "{}", help_of(5));
    assert!(help_of(6).ends_with(", \"C4 > Java\", …"), "{}", help_of(6));
}

#[test]
fn of_more_than_five_operators_the_first_five_are_told() {
    let help_of = |operators: &str| {
        let json =
            format!(r#"[{{"field_key":"plan","data_type":"string","operators":[{operators}]}}]"#);
        let compiler = Compiler::new().catalog(Catalog::from_json(&json).unwrap());
        let [help] = helps(&compiler, "plan < 5").try_into().unwrap();
        help
    };
    let five = "it takes `contains`, `starts with`, `is null`, `is blank`, `is not blank`";
    assert_eq!(help_of(r#""contains","startswith""#), five);
    let more = help_of(r#""contains","startswith","endswith""#);
    assert!(more.ends_with("`is null`, `is blank`, …"), "{more}");
}

#[test]
fn what_is_sought_in_a_text_need_not_be_an_option() {
    let json = r#"[{"field_key":"plan","data_type":"string","field_type":"picklist",
        "operators":["in","contains"],"options":[{"value":"gold","label":"Gold"}]}]"#;
    let compiler = Compiler::new().catalog(Catalog::from_json(json).unwrap());
    assert!(compiler.compile("plan contains old").is_ok());
    assert!(compiler.compile("plan = old").is_err());
}

#[test]
fn an_option_that_cannot_be_a_word_is_advised_in_quotes() {
    let json = r#"[{"field_key":"plan","data_type":"string","field_type":"picklist",
        "operators":["in"],"options":[{"value":"+five","label":"+five"}]}]"#;
    let compiler = Compiler::new().catalog(Catalog::from_json(json).unwrap());
    let [help] = helps(&compiler, "plan in (\"+fife\")").try_into().unwrap();
    assert!(help.starts_with("did you mean `\"+five\"`?"), "{help}");
}

/// The fix of a page of text would be another page.
#[test]
fn parentheses_are_written_around_what_is_not_too_long() {
    let and = " and department = sales";
    for (not, head, code) in [
        (
            "",
            "seniority = vp or job_title = ",
            "filterc::check::mixed_operators",
        ),
        (
            "seniority = vp or not ",
            "job_title = ",
            "filterc::check::ambiguous_not",
        ),
    ] {
        // The NOT is no part of what it may be said of.
        let fixes = |length: usize| {
            let filler = "x".repeat(length - head.len() - and.len());
            let text = format!("{not}{head}{filler}{and}");
            let compilation = Compiler::new().compile(&text).unwrap();
            let mut warnings = compilation.warnings().iter();
            let warning = warnings.find(|it| it.code() == code).unwrap();
            warning.fixes().len()
        };
        assert_eq!([1_999, 2_000, 2_001, 3_000].map(fixes), [2, 2, 0, 0]);
    }
}

/// A service compiles on many threads with one compiler and sends what comes out around.
#[test]
fn everything_public_crosses_threads() {
    fn is_shared<T: Send + Sync + 'static>() {}
    is_shared::<Compiler>();
    is_shared::<Compilation>();
    is_shared::<CompileError>();
    is_shared::<Catalog>();
    is_shared::<FilterGroup>();
    is_shared::<Problem>();
    is_shared::<SourceMap>();
}

/// A fix would make `!= set` of it, which leaves out nobody.
#[test]
fn a_word_for_no_value_behind_is_not_is_not_taken_for_a_value() {
    let compiler = Compiler::new();
    let fixes_of = |text: &str| -> usize {
        let error = compiler.compile(text).unwrap_err();
        error.problems().iter().map(|it| it.fixes().len()).sum()
    };
    for word in [
        "balnk",
        "set",
        "available",
        "empty",
        "n/a",
        "not_null",
        "null_or_empty",
    ] {
        assert_eq!(fixes_of(&format!("emails is not {word}")), 0, "{word}");
    }
    assert_eq!(fixes_of("emails is not \"set\""), 1);
    assert_eq!(fixes_of("emails not equals acme"), 1);
    assert_eq!(fixes_of("emails is not a@acme.com"), 1);
    assert_eq!(fixes_of("seniority is not vp"), 1);
}

/// A catalog may grant `>` to a text, whose values have no order.
#[test]
fn bounds_of_texts_are_not_compared() {
    let json = r#"[{"field_key":"code","data_type":"string","operators":[">=","<="]}]"#;
    let compiler = Compiler::new().catalog(Catalog::from_json(json).unwrap());
    let compilation = compiler.compile("code >= 500 or code <= 5").unwrap();
    assert!(compilation.warnings().is_empty(), "{compilation:?}");
}

/// Programs close their quotes.
#[test]
fn a_string_that_goes_on_too_far_is_sought_in_lists_as_people_write_them() {
    let warnings = |others: usize| {
        let others = ", acme".repeat(others);
        let text = format!("company_name in (\"Initech and department = it\"{others})");
        let compilation = Compiler::new().compile(&text).unwrap();
        let codes = compilation.warnings().iter().map(|it| it.code().to_owned());
        codes.collect::<Vec<_>>()
    };
    let [in_string, repeated] = [
        "filterc::check::comparison_in_string",
        "filterc::check::repeated_value",
    ];
    assert_eq!(warnings(49), [in_string, repeated]);
    assert_eq!(warnings(50), [repeated]);
}
