//! Rows a second of `filterc match` beside jq and DuckDB: `cargo bench --bench matching`.
//!
//! A million rows of twenty fields (650 MB) are written once, then each program in turn counts the
//! rows of three filters, so that a busy machine slows them all. Times are medians of the rounds,
//! from start to end of the process; all must count the same. `jq` has to be on the path, and a
//! Python with the package duckdb; what is not there is left out, and said so. `ROWS` and `ROUNDS`
//! change the size, `PYTHON` names the Python:
//!
//! ```sh
//! python3 -m venv venv && venv/bin/pip install duckdb
//! PYTHON=venv/bin/python cargo bench --bench matching
//! ```

#![expect(clippy::expect_used, reason = "a benchmark stops with words")]

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// A filter for each program: filterc, jq, DuckDB.
const FILTERS: [(&str, &str, &str); 3] = [
    (
        "seniority = vp",
        r#".seniority_level == "vp""#,
        "seniority_level = 'vp'",
    ),
    (
        "seniority in (vp, cxo) and company_employee_count >= 500",
        r#"(.seniority_level == "vp" or .seniority_level == "cxo") and .company_employee_count >= 500"#,
        "seniority_level IN ('vp', 'cxo') AND company_employee_count >= 500",
    ),
    (
        "job_title contains any (Engineer, SRE) and not department = sales and email is not blank",
        r#"(.job_title | contains("Engineer") or contains("SRE")) and .department != "sales" and .current_business_email != "" and .current_business_email != null"#,
        "(contains(job_title, 'Engineer') OR contains(job_title, 'SRE')) AND department <> 'sales' AND current_business_email <> ''",
    ),
];

fn main() {
    let rows = setting("ROWS", 1_000_000);
    let rounds = setting("ROUNDS", 3);
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("rows-{rows}.ndjson"));
    if !file.exists() {
        write_rows(&file, rows).expect("the folder takes files");
    }
    println!("{rows} rows");
    for filter in FILTERS {
        println!("{}", filter.0);
        let commands = commands(filter, &file);
        let mut times = vec![Vec::new(); commands.len()];
        let mut counts = vec![None; commands.len()];
        for _ in 0..rounds {
            for (at, (_, program, arguments)) in commands.iter().enumerate() {
                let start = Instant::now();
                let output = Command::new(program).args(arguments).output();
                let took = start.elapsed();
                let Some(output) = output.ok().filter(|output| output.status.success()) else {
                    continue;
                };
                if let (Some(times), Some(count)) = (times.get_mut(at), counts.get_mut(at)) {
                    times.push(took);
                    *count = counted(&String::from_utf8_lossy(&output.stdout));
                }
            }
        }
        let medians: Vec<Option<f64>> = times.into_iter().map(median).collect();
        let ours = medians.first().copied().flatten();
        for (((name, ..), median), count) in commands.iter().zip(medians).zip(&counts) {
            print(name, rows, (median, ours), *count);
        }
        let mut known = counts.into_iter().flatten();
        let first = known.next();
        assert!(
            known.all(|count| Some(count) == first),
            "the programs disagree"
        );
    }
}

/// In seconds.
fn median(mut times: Vec<Duration>) -> Option<f64> {
    times.sort_unstable();
    times.get(times.len() / 2).map(Duration::as_secs_f64)
}

fn setting(name: &str, default: usize) -> usize {
    let set = std::env::var(name)
        .ok()
        .and_then(|value| value.parse().ok());
    set.unwrap_or(default)
}

fn python_path() -> String {
    std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

type Run = (&'static str, String, Vec<String>);

fn commands((text, jq, sql): (&str, &str, &str), file: &Path) -> Vec<Run> {
    let file = file.display().to_string();
    let select = format!("select({jq})");
    let query =
        format!("SELECT count(*) FROM read_json('{file}', format='newline_delimited') WHERE {sql}");
    let python = format!(
        "import duckdb; duckdb.sql('SET enable_progress_bar=false'); print(duckdb.sql(\"\"\"{query}\"\"\").fetchall()[0][0])"
    );
    let filterc = |arguments: &[&str]| {
        let base = [
            "match",
            text,
            "--data",
            &file,
            "--no-config",
            "--error-format",
            "json",
        ];
        base.iter()
            .chain(arguments)
            .map(|word| (*word).to_owned())
            .collect()
    };
    let program = env!("CARGO_BIN_EXE_filterc").to_owned();
    vec![
        (
            "filterc match --count",
            program.clone(),
            filterc(&["--count"]),
        ),
        ("filterc match", program, filterc(&[])),
        ("duckdb", python_path(), vec!["-c".to_owned(), python]),
        (
            "jq -c",
            "jq".to_owned(),
            vec!["-c".to_owned(), select, file.clone()],
        ),
    ]
}

/// Of a count, or of rows.
fn counted(printed: &str) -> Option<usize> {
    let first = printed.lines().next()?;
    if first.starts_with('{') {
        return Some(printed.lines().count());
    }
    first.rsplit(' ').next()?.parse().ok()
}

fn print(name: &str, rows: usize, times: (Option<f64>, Option<f64>), count: Option<usize>) {
    let (Some(median), Some(ours)) = times else {
        println!("  {name:22}  not there");
        return;
    };
    let count = count.map_or("?".to_owned(), |count| count.to_string());
    let a_second = rows as f64 / median;
    let ratio = median / ours;
    println!(
        "  {name:22}  {median:7.2} s  {a_second:10.0} rows a second  {ratio:5.1} times as long  \
         {count:>7} found"
    );
}

fn write_rows(file: &Path, rows: usize) -> std::io::Result<()> {
    let mut out = BufWriter::new(File::create(file)?);
    let mut state = 7_u64;
    let mut row = String::new();
    for at in 0..rows {
        let mut pick = |from: &[&'static str]| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let chosen = (state >> 33) % from.len() as u64;
            *from.get(chosen as usize).expect("there are some")
        };
        let seniority = pick(&["\"cxo\"", "\"vp\"", "\"director\"", "\"staff\"", "null"]);
        let title = pick(&[
            "VP Engineering",
            "Head of DevOps",
            "SRE Lead",
            "Clerk",
            "CTO",
        ]);
        let department = pick(&["sales", "engineering", "finance"]);
        let industry = pick(&["saas", "cloud", "retail", "health"]);
        let email = pick(&["ann@mail.com", "bo@mail.com", ""]);
        let score = pick(&["high", "medium", "low"]);
        let (employees, company) = (at * 7919 % 20_000, at % 50_021);
        row.clear();
        let _ = write!(
            row,
            r#"{{"profile_pid_all":"p{at:08}","first_name":"Ann","last_name":"Name{at}","job_title":"{title}","#
        );
        let _ = write!(
            row,
            r#""seniority_level":{seniority},"department":"{department}","company_name":"Company {company}","company_domain":"company{company}.com","#
        );
        let _ = write!(
            row,
            r#""company_industry":"{industry}","company_employee_count":{employees},"company_total_revenue":{company}.25,"current_business_email":"{email}","#
        );
        let _ = write!(
            row,
            r#""personal_city":"Köln","personal_country":"DE","is_married":true,"last_updated":"2026-01-{:02}T10:00:00Z","#,
            1 + at % 28
        );
        let _ = write!(
            row,
            r#""emails":["n{at}@mail.com","x{at}@mail.com"],"linkedin_url":"https://www.linkedin.com/in/n{at}","#
        );
        let _ = writeln!(
            row,
            r#""company_description":"A company that makes things for other companies, in many countries.","score":"{score}"}}"#
        );
        out.write_all(row.as_bytes())?;
    }
    out.flush()
}
