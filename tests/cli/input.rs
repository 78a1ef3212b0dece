//! Where the expression comes from, and what is said when it cannot be read.

use std::ffi::OsString;
use std::fs;

use super::process::{command, filterc, filterc_in, folder, project, run};

const EXPRESSION: &str = "topic = 4eyes_115481";
const FILTER: &str = concat!(
    r#"{"condition":"and","rules":[{"fieldName":"INTENT","#,
    r#""conditionRules":{"operator":"in","value":["4eyes_115481"]}}]}"#,
    "\n"
);

#[test]
fn an_argument_a_file_and_standard_input_are_the_same() {
    let file = folder("same").join("one.filter");
    fs::write(&file, EXPRESSION).unwrap();
    let file = file.to_str().unwrap();
    for (arguments, stdin) in [
        (&[EXPRESSION][..], ""),
        (&["--", EXPRESSION], ""),
        (&["--file", file], "ignored"),
        (&["-f", file], "ignored"),
        (&[], EXPRESSION),
        (&["-"], EXPRESSION),
        (&["-f", "-"], EXPRESSION),
        (&["--audience", "intents"], EXPRESSION),
    ] {
        let printed = run(&mut command(arguments), stdin.as_bytes()).done();
        assert_eq!(printed, FILTER, "{arguments:?}");
    }
}

#[test]
fn problems_name_where_the_text_came_from() {
    let file = folder("names").join("eu.filter");
    fs::write(&file, "senority = vp").unwrap();
    let file = file.to_str().unwrap();
    for (arguments, name) in [
        (&["senority = vp"][..], "<expression>"),
        (&["--file", file], file),
        (&[], "<stdin>"),
        (&["--file", "-"], "<stdin>"),
    ] {
        for format in ["short", "human", "json"] {
            let mut program = command(arguments);
            program.args(["--error-format", format]);
            let told = run(&mut program, b"senority = vp").failed(1);
            assert!(told.contains(name), "{arguments:?}: {told}");
        }
    }
}

#[test]
fn what_is_not_utf_8_is_told_with_offset_and_line() {
    let folder = folder("encoding");
    let latin_1 = folder.join("latin1.filter");
    fs::write(&latin_1, b"topic = x\r\nand company_city = M\xFCnster").unwrap();
    let utf_16 = folder.join("utf16.filter");
    fs::write(&utf_16, b"\xFF\xFEa\0").unwrap();

    let told = filterc(&["-f", latin_1.to_str().unwrap()]).failed(2);
    let expected = format!(
        "error[filterc::input::not_utf8]: `{}` is not UTF-8: byte 0xFC at offset 31, line 2\n  \
         help: write it as UTF-8\n",
        latin_1.display()
    );
    assert_eq!(told, expected);

    let told = filterc(&["-f", utf_16.to_str().unwrap()]).failed(2);
    assert!(told.contains("byte 0xFF at offset 0, line 1\n  help: it looks like UTF-16"));

    let told = run(&mut command::<&str>([]), b"topic = \xC3").failed(2);
    assert_eq!(
        told,
        "error[filterc::input::not_utf8]: standard input is not UTF-8: byte 0xC3 at offset 8, \
         line 1\n  help: write it as UTF-8\n"
    );
}

#[test]
fn a_file_that_cannot_be_read_is_told_with_exit_code_2() {
    let folder = folder("unreadable");
    let folder = folder.to_str().unwrap();
    let told = filterc(&["--file", folder]).failed(2);
    assert_eq!(
        told,
        format!(
            "error[filterc::input::is_directory]: cannot read `{folder}`: it is a directory\n  \
             help: name a file in it\n"
        )
    );
    let told = filterc(&["--file", "no/such.filter"]).failed(2);
    assert_eq!(
        told,
        "error[filterc::input::not_found]: cannot read `no/such.filter`: there is no such file\n  \
         help: check the path\n"
    );
    let told = filterc(&["--file", "topic = x"]).failed(2);
    assert!(told.contains("leave out --file"), "{told}");
}

#[test]
fn an_expression_where_a_file_belongs_is_told_where_it_does() {
    for (arguments, advice) in [
        (
            &["fmt", "topic = x"][..],
            "pipe it in: `echo '…' | filterc fmt`",
        ),
        (&["fmt", "topic in [x]"], "| filterc fmt`"),
        (
            &["fix", "topic = x"],
            "pipe it in: `echo '…' | filterc fix`",
        ),
        (&["check", "topic = x"], "compiled by `filterc '…'`"),
        (&["decompile", "{\"rules\": []}"], "| filterc decompile`"),
        (&["--batch", "-f", "topic = x"], "leave out --file"),
        (&["fingerprint", "-f", "topic = x"], "leave out --file"),
    ] {
        let told = filterc(arguments).failed(2);
        assert!(
            told.starts_with("error[filterc::input::not_found]"),
            "{told}"
        );
        assert!(told.contains(advice), "{arguments:?}: {told}");
        let is_option = arguments.contains(&"-f");
        assert_eq!(told.contains("--file"), is_option, "{told}");
    }
    let told = filterc(&["topics", "--topics", "my topics.json"]).failed(2);
    assert!(!told.contains("--file"), "{told}");
    // So is the name of a filter, whatever it has in it.
    let told = filterc(&["check", "my filters/a=b.filter"]);
    assert!(!told.stderr.contains("compiled by"), "{told:?}");
    assert!(told.stdout.contains("there is no such file"), "{told:?}");
    // Of a path with a blank the pattern is still one.
    let told = filterc(&["check", "no such/*.txt"]).failed(2);
    assert!(told.contains("no such/*.txt"), "{told}");
}

#[test]
fn the_name_of_a_file_that_is_not_there_is_no_expression() {
    for command in [&[][..], &["locate", ""], &["fingerprint"]] {
        let arguments = [command, &["no/such.filter"]].concat();
        assert_eq!(
            filterc(&arguments).failed(2),
            "error[filterc::input::not_found]: cannot read `no/such.filter`: there is no such file\n  \
             help: check the path; files are named by `--file`\n"
        );
    }
    filterc(&["job_title=such.filter"]).done();
}

/// One problem, whatever its braces would mean; and nothing that is only like JSON is taken for it.
#[test]
fn json_in_place_of_an_expression_is_told_as_json() {
    let folder = project(
        "json",
        &[
            ("saved.json", FILTER),
            ("named.toml", "filter_file = 'saved.json'"),
        ],
    );
    let help = "  help: `filterc decompile` makes an expression of a saved filter\n";
    let of_file =
        format!("error[filterc::input::is_json]: `saved.json` is JSON, not an expression\n{help}");
    for command in [
        &["-f"][..],
        &["fmt"],
        &["locate", "", "-f"],
        &["fingerprint", "-f"],
    ] {
        let arguments = [command, &["saved.json"]].concat();
        let told = filterc_in(&folder, &arguments).failed(2);
        assert!(told.starts_with(&of_file), "{command:?}: {told}");
        assert_eq!(told.matches("error[").count(), 1, "{command:?}: {told}");
    }
    let told = filterc(&[FILTER]).failed(2);
    assert_eq!(told, of_file.replace("`saved.json`", "this"));
    for arguments in [&[][..], &["-"], &["fmt"], &["fmt", "-"]] {
        let told = run(&mut command(arguments), FILTER.as_bytes()).failed(2);
        assert_eq!(told, of_file.replace("`saved.json`", "standard input"));
    }
    let told = filterc_in(&folder, &["match", "-f", "saved.json", "-d", "-"]).failed(2);
    assert!(told.contains("by `--filter-json`"), "{told}");

    let checked = filterc_in(&folder, &["check", "saved.json"]);
    assert_eq!((checked.code, checked.stdout), (Some(2), of_file + "\n"));
    let checked = filterc_in(&folder, &["check", "named.toml"]);
    assert!(
        checked.stdout.contains("filterc::input::is_json"),
        "{checked:?}"
    );
    assert!(
        checked.stdout.contains("check the `filter_file`"),
        "{checked:?}"
    );

    let told = filterc(&["seniority in [\"vp\"]"]).failed(1);
    assert!(!told.contains("JSON"), "{told}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_name_need_not_be_utf_8_but_an_expression_must() {
    use std::os::unix::ffi::OsStringExt;

    let folder = folder("file_name");
    let file = folder.join(OsString::from_vec(b"caf\xE9.filter".to_vec()));
    fs::write(&file, EXPRESSION).unwrap();
    let arguments = [OsString::from("--file"), file.into_os_string()];
    assert_eq!(run(&mut command(arguments), b"").done(), FILTER);

    let expression = OsString::from_vec(b"topic = \xE9".to_vec());
    let told = run(&mut command([expression]), b"").failed(2);
    assert!(told.starts_with(
        "error[filterc::input::not_utf8]: the expression is not UTF-8: byte 0xE9 at offset 8"
    ));
}

#[cfg(unix)]
#[test]
fn a_directory_as_standard_input_is_told() {
    let folder = folder("stdin");
    let mut program = command::<&str>([]);
    let output = program.stdin(fs::File::open(folder).unwrap()).output();
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "error[filterc::input::unreadable]: cannot read standard input: it is a directory\n  \
         help: give it a file, or a pipe from another program\n"
    );
}

#[test]
fn a_byte_order_mark_and_crlf_are_fine() {
    let text = "\u{FEFF}topic =\r\n 4eyes_115481\r\n";
    let printed = run(&mut command::<&str>([]), text.as_bytes()).done();
    assert_eq!(printed, FILTER);
}
