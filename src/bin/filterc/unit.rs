//! One file compiled: a filter, or a manifest with the filter that it names.
//!
//! Owns how a manifest finds its filter. Fed by every command that takes files of both kinds.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use filterc::{Compiler, Filter, FilterFile, Manifest, Problem, Request};

use crate::expression;
use crate::input::{self, Input};
use crate::output::{Failure, quoted};
use crate::paths::Target;
use crate::project::Project;
use crate::reports::Report;

/// What came of one file.
pub(crate) struct Unit {
    /// What it compiles to, if it has no errors.
    pub(crate) product: Option<Product>,
    /// Of the file, and of the filter that it names.
    pub(crate) reports: Vec<Report>,
    /// Whether all of it could be read.
    pub(crate) was_read: bool,
}

/// What a manifest is compiled for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Create,
    Estimate,
}

#[derive(PartialEq, Eq)]
pub(crate) enum Product {
    Filter(Filter),
    Request(Box<Request>),
}

/// The targets without the filters that a manifest among them names: these are for the type of
/// their manifest, and are compiled with it.
pub(crate) fn wholes(targets: Vec<Target>) -> Vec<Target> {
    let canonical = |path: PathBuf| path.canonicalize().unwrap_or(path);
    let named = targets.iter().filter_map(|target| {
        let Target::Manifest(path) = target else {
            return None;
        };
        let text = input::file(path).ok()?.text;
        let manifest = Manifest::from_toml(&text);
        Some(canonical(filter_path(path, manifest.filter_file()?)))
    });
    let named: BTreeSet<PathBuf> = named.collect();
    let is_whole = |target: &Target| match target {
        Target::Manifest(_) => true,
        Target::Filter(path) => !named.contains(&canonical(path.clone())),
    };
    targets.into_iter().filter(is_whole).collect()
}

/// Compiles a file of either kind.
pub(crate) fn compiled(target: &Target, project: &Project, compiler: &Compiler) -> Unit {
    match target {
        Target::Filter(path) => match expression::file(path) {
            Ok(file) => filter(file, compiler),
            Err(failure) => unread(failure),
        },
        Target::Manifest(path) => match input::file(path) {
            Ok(file) => manifest(path, file, project, compiler, Purpose::Create),
            Err(failure) => unread(failure),
        },
    }
}

/// The path of the filter that a manifest names, from the working directory.
pub(crate) fn filter_path(manifest: &Path, named: &str) -> PathBuf {
    let mut path = PathBuf::new();
    for part in manifest.with_file_name("").join(named).components() {
        // `a/../b` is known to nobody as such.
        let climbs = part == Component::ParentDir
            && matches!(path.components().next_back(), Some(Component::Normal(_)));
        if climbs {
            path.pop();
        } else if part != Component::CurDir {
            path.push(part);
        }
    }
    path
}

/// A file that a manifest names and that could not be read: it is mended there.
fn named_by(manifest: &Path, failure: Failure) -> Failure {
    match failure {
        Failure::File(told) => {
            let (name, problem) = *told;
            let help = format!("check the `filter_file` of `{}`", quoted(manifest));
            let problem = Problem::of_file(problem.code(), problem.message(), help);
            Failure::File(Box::new((name, problem)))
        }
        other => other,
    }
}

/// Compiles a filter that was read.
pub(crate) fn filter(file: Input, compiler: &Compiler) -> Unit {
    let named = compiler.clone().source_name(&file.name);
    let (product, problems) = match named.compile(&file.text) {
        Ok(compilation) => {
            let warnings = compilation.warnings().to_vec();
            (Some(Product::Filter(compilation.into_filter())), warnings)
        }
        Err(error) => (None, error.problems().to_vec()),
    };
    Unit {
        product,
        reports: vec![Report::of(file, &problems)],
        was_read: true,
    }
}

/// Compiles a manifest that was read from `path`.
pub(crate) fn manifest(
    path: &Path,
    file: Input,
    project: &Project,
    compiler: &Compiler,
    purpose: Purpose,
) -> Unit {
    Opened::manifest(path, file, project).compiled(compiler, purpose)
}

/// A manifest, and the filter that it names.
pub(crate) struct Opened {
    file: Input,
    manifest: Manifest,
    filter: Option<Input>,
    /// Why the filter could not be read.
    unread: Option<Failure>,
}

impl Opened {
    /// Reads the filter of a manifest that was read from `path`.
    pub(crate) fn manifest(path: &Path, file: Input, project: &Project) -> Self {
        let manifest = read_manifest(&file.text, project);
        let named = manifest
            .filter_file()
            .filter(|named| !named.trim().is_empty());
        let (filter, unread) = match named.map(|named| expression::named(&filter_path(path, named)))
        {
            None => (None, None),
            Some(Ok(filter)) => (Some(filter), None),
            Some(Err(failure)) => (None, Some(named_by(path, failure))),
        };
        Self {
            file,
            manifest,
            filter,
            unread,
        }
    }

    /// The text of the filter, wherever it stands.
    pub(crate) fn filter(&self) -> Option<&str> {
        let in_file = self.filter.as_ref().map(|file| file.text.as_str());
        self.manifest.filter().or(in_file)
    }

    /// The compiler, for audiences of the manifest's type.
    pub(crate) fn compiler(&self, compiler: &Compiler) -> Compiler {
        let compiler = compiler.clone();
        match self.manifest.audience() {
            Some(audience) => compiler.audience(audience),
            None => compiler,
        }
    }

    pub(crate) fn compiled(self, compiler: &Compiler, purpose: Purpose) -> Unit {
        let filter_file = self.filter.as_ref().map(|filter| FilterFile {
            name: &filter.name,
            text: &filter.text,
        });
        let made = match purpose {
            Purpose::Create => self.manifest.request(compiler, filter_file),
            Purpose::Estimate => self.manifest.request_for_estimate(compiler, filter_file),
        };
        let own = Report::of(self.file, made.problems());
        let of_filter = self.filter;
        let of_filter = of_filter.map(|filter| Report::of(filter, made.filter_problems()));
        let mut reports: Vec<Report> = std::iter::once(own).chain(of_filter).collect();
        let was_read = self.unread.is_none();
        reports.extend(self.unread.and_then(report_of));
        let request = made.request().filter(|_| was_read).cloned();
        Unit {
            product: request.map(|request| Product::Request(Box::new(request))),
            reports,
            was_read,
        }
    }
}

/// A manifest with the ids of the settings where it has none.
pub(crate) fn read_manifest(text: &str, project: &Project) -> Manifest {
    let organization = project.config.organization_id();
    let ids = project.config.project_id();
    Manifest::from_toml(text).with_ids(
        organization.map(|setting| setting.value.as_str()),
        ids.map(|setting| setting.value.as_str()),
    )
}

fn unread(failure: Failure) -> Unit {
    Unit {
        product: None,
        reports: report_of(failure).into_iter().collect(),
        was_read: false,
    }
}

/// A file that could not be read is reported as one with a problem.
fn report_of(failure: Failure) -> Option<Report> {
    let (name, problem): (String, Problem) = match failure {
        Failure::File(told) => *told,
        _ => return None,
    };
    Some(Report {
        name,
        text: String::new(),
        problems: vec![problem],
    })
}
