//! Who takes part, and how each is built.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::contestant::Entry;
use crate::syntax::Syntax;

/// The contestants that can be built here. Of the others it is said why they are left out.
pub fn entries() -> Vec<Entry> {
    let itself = std::env::current_exe().unwrap_or_default();
    let own = |name, does| {
        let command = ["--contestant", name].map(str::to_owned);
        Entry {
            name,
            does,
            syntax: Syntax::Filterc,
            command: [vec![itself.display().to_string()], command.to_vec()].concat(),
        }
    };
    let mut entries = vec![
        own("filterc", "parse, check, lower, JSON"),
        own("by hand", "parse, JSON: the floor"),
    ];
    let others = [
        ("cql2", "parse (pest), JSON", Syntax::Sql),
        ("wirefilter-0.6.1", "parse, types", Syntax::Wirefilter),
        ("zen", "parse, bytecode", Syntax::Zen),
        ("cel", "parse", Syntax::Cel),
        ("sqlparser", "parse, JSON", Syntax::Sql),
        ("cedar", "parse, validate, JSON", Syntax::Cedar),
    ];
    match build(&folder().join("Cargo.toml"), &["-p", "others"], "others") {
        Ok(program) => entries.extend(others.map(|(name, does, syntax)| Entry {
            name,
            does,
            syntax,
            command: vec![program.display().to_string(), name.to_owned()],
        })),
        Err(reason) => println!("left out: the peers in Rust: {reason}"),
    }
    let manifest = folder().join("wirefilter/Cargo.toml");
    match build(&manifest, &[], "wirefilter-current") {
        Ok(program) => entries.push(Entry {
            name: "wirefilter",
            does: "parse, types, JSON",
            syntax: Syntax::Wirefilter,
            command: vec![program.display().to_string()],
        }),
        Err(reason) => println!("left out: the current wirefilter: {reason}"),
    }
    match node() {
        Ok(()) => entries.push(Entry {
            name: "react-querybuilder",
            does: "parse, JSON",
            syntax: Syntax::Sql,
            command: vec![
                "node".to_owned(),
                folder().join("node/worker.mjs").display().to_string(),
            ],
        }),
        Err(reason) => println!("left out: react-querybuilder: {reason}"),
    }
    entries
}

/// The program `filterc`, built as a user builds it.
pub fn filterc_program() -> Result<PathBuf, String> {
    let manifest = folder().join("../../Cargo.toml");
    build(&manifest, &["--bin", "filterc"], "filterc")
}

/// The program `filterc` with the C library in it, as `docs/ci.md` has it.
pub fn static_program() -> Result<PathBuf, String> {
    let version = Command::new("rustc").arg("-vV").output();
    let version = version.map_err(|error| error.to_string())?;
    let version = String::from_utf8_lossy(&version.stdout);
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.ok_or("rustc does not say what it builds for")?;
    let manifest = folder().join("../../Cargo.toml");
    let arguments = ["--bin", "filterc", "--target", host];
    let flags = Some("-C target-feature=+crt-static");
    let program = build_with(flags, &manifest, &arguments, "filterc")?;
    // With `--target`, cargo puts it into a folder of that name.
    let target = program.parent().and_then(Path::parent);
    let target = target.ok_or("this program has no target folder")?;
    let name = program.file_name().unwrap_or_default();
    Ok(target.join(host).join("release").join(name))
}

/// A program that does nothing.
pub fn bare_program() -> Result<PathBuf, String> {
    build(&folder().join("Cargo.toml"), &["-p", "worker"], "bare")
}

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Builds a program next to this one. Each is a build of its own: in one, cargo would give the
/// `pest` of filterc the features that cql2 asks for.
fn build(manifest: &Path, arguments: &[&str], program: &str) -> Result<PathBuf, String> {
    build_with(None, manifest, arguments, program)
}

/// The same with flags for rustc.
fn build_with(
    flags: Option<&str>,
    manifest: &Path,
    arguments: &[&str],
    program: &str,
) -> Result<PathBuf, String> {
    let release = std::env::current_exe()
        .ok()
        .and_then(|itself| itself.parent().map(Path::to_owned))
        .ok_or("this program has no folder")?;
    let target = release
        .parent()
        .ok_or("this program has no target folder")?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    println!("building {program}");
    let mut command = Command::new(cargo);
    if let Some(flags) = flags {
        command.env("RUSTFLAGS", flags);
    }
    let output = command
        .args([
            "build",
            "--release",
            "--locked",
            "--quiet",
            "--manifest-path",
        ])
        .arg(manifest)
        .arg("--target-dir")
        .arg(target)
        .args(arguments)
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(release
            .join(program)
            .with_extension(std::env::consts::EXE_EXTENSION));
    }
    // The last line that cargo writes is nearest to the cause.
    let errors = String::from_utf8_lossy(&output.stderr);
    let last = errors.lines().rfind(|line| !line.trim().is_empty());
    Err(last.unwrap_or("cargo failed").trim().to_owned())
}

/// Installs what the contestant under Node needs, as its lock file says.
fn node() -> Result<(), String> {
    let quiet = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(folder().join("node"));
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    if !quiet("node", &["--version"]) {
        return Err("there is no `node`".to_owned());
    }
    if folder().join("node/node_modules").is_dir() {
        return Ok(());
    }
    let install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    if quiet("npm", &install) {
        Ok(())
    } else {
        Err("`npm ci` failed".to_owned())
    }
}
