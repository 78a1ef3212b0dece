//! `filterc fmt`: what is written where, and what is left alone.

use std::fs;

use crate::process::{Run, command, folder, run};

const RAGGED: &str = "a==1&&b in (x,) # why\n";
const NEAT: &str = "a = 1 and b in (x) # why\n";

fn fmt(folder: &std::path::Path, arguments: &[&str]) -> Run {
    let mut command = command(std::iter::once("fmt").chain(arguments.iter().copied()));
    run(command.current_dir(folder), b"")
}

#[test]
fn standard_input_goes_to_standard_output() {
    for arguments in [&["fmt"][..], &["fmt", "-"]] {
        assert_eq!(run(&mut command(arguments), RAGGED.as_bytes()).done(), NEAT);
    }
    let checked = run(&mut command(["fmt", "--check"]), RAGGED.as_bytes());
    assert_eq!(
        (checked.code, checked.stdout.as_str()),
        (Some(1), "<stdin>\n")
    );
    let wrong = run(&mut command(["fmt", "--error-format", "short"]), b"a = ");
    assert!(
        wrong
            .failed(1)
            .starts_with("<stdin>:1:3: error[filterc::parse::missing_value]")
    );
}

#[test]
fn files_are_written_in_place_and_wrong_ones_left_alone() {
    let folder = folder("fmt");
    fs::create_dir(folder.join("inner")).unwrap();
    let files = [
        ("ragged.filter", RAGGED),
        ("neat.filter", NEAT),
        ("wrong.filter", "a =\n"),
        ("unknown.filter", "no_such_field==1"),
        (
            "inner/audience.toml",
            "audience_name = 'x'\nfilter = '''a==1'''\n",
        ),
        ("inner/other.toml", "filter = '''a==1'''\n"),
    ];
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();

    let checked = fmt(&folder, &["--check", "."]);
    assert_eq!(checked.code, Some(1));
    assert_eq!(
        checked.stdout,
        "inner/audience.toml\nragged.filter\nunknown.filter\n"
    );
    let shown = fmt(&folder, &["--diff", "ragged.filter"]);
    assert_eq!(shown.code, Some(1));
    let diff = format!("--- ragged.filter\n+++ ragged.filter\n@@ -1 +1 @@\n-{RAGGED}+{NEAT}");
    assert_eq!(shown.stdout, diff);
    assert_eq!(read("ragged.filter"), RAGGED);

    let done = fmt(&folder, &["."]);
    assert_eq!((done.code, done.stdout.as_str()), (Some(1), ""));
    let summary = "error: formatted 3 of 5 files; 1 error in 1 file, left as they are\n";
    assert!(done.stderr.ends_with(summary), "{}", done.stderr);
    assert!(done.stderr.contains("wrong.filter:1:3"), "{}", done.stderr);
    assert_eq!(read("ragged.filter"), NEAT);
    assert_eq!(read("wrong.filter"), "a =\n");
    assert_eq!(read("unknown.filter"), "no_such_field = 1\n");
    assert!(read("inner/audience.toml").ends_with("filter = '''\na = 1\n'''\n"));
    assert_eq!(read("inner/other.toml"), "filter = '''a==1'''\n");

    fs::remove_file(folder.join("wrong.filter")).unwrap();
    let again = fmt(&folder, &["--check", "*.filter"]);
    assert_eq!((again.code, again.stdout.as_str()), (Some(0), ""));
    let left: Vec<_> = fs::read_dir(&folder).unwrap().collect();
    assert_eq!(left.len(), 4, "{left:?}");
}

#[test]
fn a_file_that_is_not_there_is_told_and_the_others_are_formatted() {
    let folder = folder("fmt_missing");
    fs::write(folder.join("a.filter"), RAGGED).unwrap();
    let done = fmt(&folder, &["no.filter", "a.filter"]);
    assert_eq!(done.code, Some(2));
    assert!(done.stderr.contains("there is no such file"), "{done:?}");
    assert_eq!(fs::read_to_string(folder.join("a.filter")).unwrap(), NEAT);
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = folder("fmt_permissions");
    let file = folder.join("a.filter");
    fs::write(&file, RAGGED).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("a.filter", folder.join("link.filter")).unwrap();
    assert_eq!(fmt(&folder, &["link.filter"]).code, Some(0));
    assert_eq!(fs::read_to_string(&file).unwrap(), NEAT);
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o640
    );
    assert!(
        fs::symlink_metadata(folder.join("link.filter"))
            .unwrap()
            .is_symlink()
    );
    fs::write(&file, RAGGED).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o440)).unwrap();
    assert_eq!(fmt(&folder, &["a.filter"]).code, Some(2));
    assert_eq!(fs::read_to_string(&file).unwrap(), RAGGED);
}
