//! `filterc explain`. The words are the library's and tested there.

use filterc::explain;

use super::process::filterc;

#[test]
fn a_page_is_found_by_its_code_or_the_end_of_it_in_any_case() {
    let page = explain::page("filterc::check::unknown_field").unwrap();
    let expected = format!("filterc::check::unknown_field\n\n{}\n", page.body());
    for code in [
        "filterc::check::unknown_field",
        "check::unknown_field",
        "unknown_field",
        "Unknown_Field",
        "unknown-field",
    ] {
        assert_eq!(filterc(&["explain", code]).done(), expected, "{code}");
    }
}

#[test]
fn every_page_is_found_by_its_code() {
    for page in explain::pages() {
        let printed = filterc(&["explain", page.code()]).done();
        assert!(printed.starts_with(&format!("{}\n\n{}", page.code(), page.summary())));
    }
}

#[test]
fn without_a_code_all_are_listed_under_their_pass() {
    let printed = filterc(&["explain"]).done();
    let mut lines = printed.lines();
    for page in explain::pages() {
        let (pass, name) = page.code().rsplit_once("::").unwrap();
        let line = lines.next().unwrap();
        // A heading stands before the first of a pass, after a blank line.
        let line = if line.is_empty() {
            lines.next().unwrap()
        } else {
            line
        };
        let line = if line == pass {
            lines.next().unwrap()
        } else {
            line
        };
        let (listed, summary) = line.trim_start().split_once(' ').unwrap();
        assert_eq!((listed, summary.trim_start()), (name, page.summary()));
    }
    assert_eq!(lines.next(), None);
    for pass in [
        "filterc::parse\n",
        "\n\nfilterc::check\n",
        "\n\nfilterc::lower\n",
    ] {
        assert_eq!(printed.matches(pass).count(), 1, "{pass}");
    }
}

#[test]
fn an_unknown_code_is_answered_with_the_nearest() {
    assert_eq!(
        filterc(&["explain", "filterc::check::unknwon_field"]).failed(2),
        "error: there is no code `filterc::check::unknwon_field`; did you mean `unknown_field`?\n"
    );
    for far in ["salary", "", "filterc::", "field"] {
        assert_eq!(
            filterc(&["explain", far]).failed(2),
            format!(
                "error: there is no code `{far}`; `filterc explain` lists the codes there are\n"
            )
        );
    }
}
