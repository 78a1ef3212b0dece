//! Workflow commands: one line each, in GitHub's own escapes.

use super::*;

#[test]
fn a_command_has_the_place_the_code_and_the_words() {
    let text = "é = 1\ncontry = \"US\"";
    let found = of(text, [error(7, 13), warning(0, 2)]);
    assert_eq!(
        github("us.filter", &found),
        "::warning file=us.filter,line=1,col=1,endLine=1,endColumn=1,\
         title=filterc%3A%3Acheck%3A%3Aalways_true::always true; remove it\n\
         ::error file=us.filter,line=2,col=1,endLine=2,endColumn=6,\
         title=filterc%3A%3Acheck%3A%3Aunknown_field::unknown field `contry`; \
         did you mean `country`?\n"
    );
    assert_eq!(github("us.filter", &[]), "");
}

#[test]
fn the_end_is_the_last_column_and_never_before_the_first() {
    let place = |text: &str, start, end| {
        let command = github("f", &of(text, [warning(start, end)]));
        let (_, place) = command.split_once("file=f,").unwrap_or_default();
        place.split_once(",title=").unwrap_or_default().0.to_owned()
    };
    assert_eq!(place("", 0, 0), "line=1,col=1,endLine=1,endColumn=1");
    assert_eq!(place("ab", 2, 2), "line=1,col=3,endLine=1,endColumn=3");
    assert_eq!(place("日本b", 3, 7), "line=1,col=2,endLine=1,endColumn=3");
    assert_eq!(place("a\nb\nc", 0, 5), "line=1,endLine=3");
    assert_eq!(place("a\r\nb\r\nc", 0, 3), "line=1,endLine=1");
    assert_eq!(place("a\nb\nc", 0, 4), "line=1,endLine=2");
}

#[test]
fn names_and_words_are_escaped_as_github_asks() {
    let mistake = Mistake::Warning {
        message: "100%, a::b %0A".to_owned(),
        help: String::new(),
        at: (0, 1).into(),
    };
    let command = github("a b,c:d\n100%\r::error::é", &of("a", [mistake]));
    assert_eq!(
        command,
        "::warning file=a b%2Cc%3Ad%0A100%25%0D%3A%3Aerror%3A%3Aé,\
         line=1,col=1,endLine=1,endColumn=1,title=filterc%3A%3Acheck%3A%3Aalways_true::\
         100%25, a::b %250A\n"
    );
}

#[test]
fn a_command_stays_one_line_whatever_is_in_it() {
    let mistake = Mistake::Warning {
        message: format!("a\n::error::b\r{HOSTILE}"),
        help: HOSTILE.to_owned(),
        at: (0, 1).into(),
    };
    let command = github(&format!("a\nb{HOSTILE}"), &of("a", [mistake]));
    assert_eq!(command.matches(['\n', '\r']).count(), 1);
    assert_eq!(hidden_in(&command), "");
    assert!(command.contains("::a\\n::error::b\\r\\u{1B}"), "{command}");
}
