//! `filterc request AUDIENCE.toml…`: manifests to bodies of the create or the estimate call.
//!
//! Owns which body is written and how many a line. Opens no connection.

use std::fmt::Display;
use std::path::Path;
use std::process::ExitCode;

use filterc::{Problem, Request};

use crate::args;
use crate::compile::{in_form, is_pretty};
use crate::input;
use crate::output::{FAILED, Failure, PROBLEMS, print, quoted, report};
use crate::project::Project;
use crate::reports::{Counts, Report, with_summary};
use crate::terminal::Terminal;
use crate::unit::{self, Product, Purpose, Unit};

pub(crate) fn run(arguments: &args::Request, terminal: Terminal) -> Result<ExitCode, Failure> {
    let levels = Some(&arguments.levels);
    let project = Project::new(&arguments.account, levels, None, terminal)?;
    let compiler = in_form(project.compiler()?, &arguments.form);
    let purpose = if arguments.estimate {
        Purpose::Estimate
    } else {
        Purpose::Create
    };
    let mut units = Vec::new();
    for path in &arguments.manifests {
        if path
            .extension()
            .is_some_and(|extension| extension == "filter")
        {
            let name = quoted(path);
            return Err(Failure::Message(format!(
                "`{name}` is a filter; a manifest names it, by `filter_file`"
            )));
        }
        let file = input::file(path)?;
        let mut unit = unit::manifest(path, file, &project, &compiler, purpose);
        if arguments.estimate {
            refuse_whole(path, &mut unit);
        }
        units.push(unit);
    }
    let was_read = units.iter().all(|unit| unit.was_read);
    let products: Vec<Option<Product>> = units.iter_mut().map(|unit| unit.product.take()).collect();
    let reports: Vec<Report> = units.into_iter().flat_map(|unit| unit.reports).collect();
    let fails = told(&reports, project.deny_warnings, terminal);
    if !was_read {
        return Ok(ExitCode::from(FAILED));
    }
    if fails {
        return Ok(ExitCode::from(PROBLEMS));
    }
    let is_pretty = products.len() == 1 && is_pretty(arguments.pretty, arguments.compact);
    let mut bodies = String::new();
    for product in products {
        if let Some(Product::Request(request)) = product {
            bodies += &body(*request, arguments, is_pretty);
            bodies.push('\n');
        }
    }
    print(&bodies)?;
    Ok(ExitCode::SUCCESS)
}

/// Reports problems, and says whether the run fails for them.
fn told(reports: &[Report], deny_warnings: bool, terminal: Terminal) -> bool {
    report(&with_summary(reports, "request", deny_warnings, terminal));
    let counts = Counts::of(reports.iter().flat_map(|report| &report.problems));
    counts.fail(deny_warnings)
}

/// An audience that is not narrowed has nothing to estimate.
fn refuse_whole(path: &Path, unit: &mut Unit) {
    let has_no_filter = match &unit.product {
        Some(Product::Request(request)) => request.filter().is_none(),
        _ => false,
    };
    // The first report is that of the manifest.
    if let (true, Some(report)) = (has_no_filter, unit.reports.first_mut()) {
        report.problems.push(Problem::of_file(
            "filterc::estimate::no_filter",
            format!("`{}` has no filter to estimate", quoted(path)),
            "add `filter = '''…'''`: what the call answers without one is not documented",
        ));
        unit.product = None;
    }
}

fn body(request: Request, arguments: &args::Request, is_pretty: bool) -> String {
    if arguments.estimate {
        // One without a filter was refused.
        let estimate = request.estimate();
        return estimate.map_or_else(String::new, |estimate| in_lines(&estimate, is_pretty));
    }
    let request = if arguments.explicit {
        request.with_defaults()
    } else {
        request
    };
    in_lines(&request, is_pretty)
}

fn in_lines(body: &impl Display, is_pretty: bool) -> String {
    if is_pretty {
        format!("{body:#}")
    } else {
        body.to_string()
    }
}
