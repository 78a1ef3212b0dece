//! What is in force in a run: arguments, then `filterc.toml`, then what is built in.
//!
//! Owns which of them wins, and remembers where each came from. Reads the files they name when
//! they are asked for.

use std::path::{Path, PathBuf};

use filterc::{AudienceType, Catalog, Compiler, Config, FileError, Problem, Topics, WarningLevels};

use crate::args::{Account, Levels};
use crate::input::{self, Input};
use crate::output::{Failure, quoted, report};
use crate::reports::{Counts, Report, written};
use crate::terminal::Terminal;

/// The file that settings are looked for in.
pub(crate) const CONFIG: &str = "filterc.toml";

/// Where a setting comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum From {
    /// This argument.
    Argument(&'static str),
    /// This line of the settings.
    Line(usize),
    BuiltIn,
}

/// A value in force.
#[derive(Clone)]
pub(crate) struct InForce<T> {
    pub(crate) value: T,
    pub(crate) from: From,
}

/// The settings of a run.
pub(crate) struct Project {
    terminal: Terminal,
    /// The path of the settings, if there are any.
    pub(crate) config_path: Option<PathBuf>,
    pub(crate) config: Config,
    /// `None` is the built-in catalog.
    pub(crate) catalog_path: Option<InForce<PathBuf>>,
    pub(crate) topics_path: Option<InForce<PathBuf>>,
    pub(crate) audience: Option<InForce<AudienceType>>,
    levels: WarningLevels,
    pub(crate) deny_warnings: bool,
}

impl Project {
    /// Reads the settings, and lets the arguments win.
    pub(crate) fn new(
        account: &Account,
        levels: Option<&Levels>,
        audience: Option<AudienceType>,
        terminal: Terminal,
    ) -> Result<Self, Failure> {
        let config_path = match &account.config {
            Some(path) => Some(path.clone()),
            None if account.no_config => None,
            None => found_upwards(),
        };
        let config = match &config_path {
            None => Config::default(),
            Some(path) => {
                let file = input::file(path)?;
                Config::from_toml(&file.text).map_err(|error| refused(file, &error, terminal))?
            }
        };
        let folder = config_path
            .as_deref()
            .and_then(Path::parent)
            .map(Path::to_owned);
        let path =
            |argument: &Option<PathBuf>, name, setting: Option<&filterc::Setting<String>>| {
                let from_argument = argument.clone().map(|value| InForce {
                    value,
                    from: From::Argument(name),
                });
                from_argument.or_else(|| {
                    let setting = setting?;
                    let folder = folder.clone().unwrap_or_default();
                    Some(InForce {
                        value: folder.join(&setting.value),
                        from: From::Line(setting.line),
                    })
                })
            };
        let audience = audience.map(|value| InForce {
            value,
            from: From::Argument("--audience"),
        });
        let audience = audience.or_else(|| {
            config.audience().map(|setting| InForce {
                value: setting.value,
                from: From::Line(setting.line),
            })
        });
        Ok(Self {
            terminal,
            catalog_path: path(&account.catalog, "--catalog", config.catalog()),
            topics_path: path(&account.topics, "--topics", config.topics()),
            audience,
            levels: settle(&config, levels)?,
            deny_warnings: levels.is_some_and(|levels| levels.deny_warnings),
            config_path,
            config,
        })
    }

    /// The catalog in force, with the aliases of the settings.
    pub(crate) fn catalog(&self) -> Result<Catalog, Failure> {
        let catalog = match &self.catalog_path {
            None => Catalog::builtin().clone(),
            Some(path) => self.catalog_in(self.read(path)?)?,
        };
        self.with_aliases(catalog)
    }

    /// A saved catalog as it is.
    pub(crate) fn catalog_of(&self, path: &Path) -> Result<Catalog, Failure> {
        self.catalog_in(input::file(path)?)
    }

    fn catalog_in(&self, file: Input) -> Result<Catalog, Failure> {
        match Catalog::from_json(&file.text) {
            Ok(catalog) => {
                self.tell(file, catalog.warnings())?;
                Ok(catalog)
            }
            Err(error) => Err(refused(file, &error, self.terminal)),
        }
    }

    /// Reports what deserves a look in a file. Fails where that is denied.
    fn tell(&self, file: Input, warnings: &[Problem]) -> Result<(), Failure> {
        if warnings.is_empty() {
            return Ok(());
        }
        let mut told = Report::of(file, warnings);
        self.levels.apply(&mut told.problems);
        let fails = Counts::of(&told.problems).fail(self.deny_warnings);
        report(&written(
            &[told],
            self.terminal.format(),
            self.terminal.human_style(),
        ));
        if fails {
            Err(Failure::Reported)
        } else {
            Ok(())
        }
    }

    /// A file that is named by an argument or by the settings. What is wrong with a path of the
    /// settings is mended there.
    fn read(&self, path: &InForce<PathBuf>) -> Result<Input, Failure> {
        input::file(&path.value).map_err(|failure| match (failure, &path.from, &self.config_path) {
            (Failure::File(told), From::Line(line), Some(config)) => {
                let (name, problem) = *told;
                let config = quoted(config);
                let help = format!("check what line {line} of `{config}` names");
                let problem = Problem::of_file(problem.code(), problem.message(), help);
                Failure::File(Box::new((name, problem)))
            }
            (failure, ..) => failure,
        })
    }

    pub(crate) fn with_aliases(&self, catalog: Catalog) -> Result<Catalog, Failure> {
        if self.config.aliases().len() == 0 {
            return Ok(catalog);
        }
        self.config.with_aliases(catalog).map_err(|error| {
            match self.config_path.as_deref().map(input::file) {
                Some(Ok(file)) => refused(file, &error, self.terminal),
                Some(Err(failure)) => failure,
                None => Failure::Message(error.to_string()),
            }
        })
    }

    /// The topics in force, if a file is named.
    pub(crate) fn topics(&self) -> Result<Option<Topics>, Failure> {
        let Some(path) = &self.topics_path else {
            return Ok(None);
        };
        let file = self.read(path)?;
        match Topics::from_json(&file.text) {
            Ok(topics) => {
                self.tell(file, topics.warnings())?;
                Ok(Some(topics))
            }
            Err(error) => Err(refused(file, &error, self.terminal)),
        }
    }

    /// A compiler for all of this. An audience type that is only the default gives way to the
    /// text.
    pub(crate) fn compiler(&self) -> Result<Compiler, Failure> {
        self.compiler_of(self.catalog()?)
    }

    /// The same with a catalog that was read already.
    pub(crate) fn compiler_of(&self, catalog: Catalog) -> Result<Compiler, Failure> {
        let compiler = self.compiler_with(catalog);
        Ok(match self.topics()? {
            Some(topics) => compiler.topics(topics),
            None => compiler,
        })
    }

    /// The same with another catalog, and without topics.
    pub(crate) fn compiler_with(&self, catalog: Catalog) -> Compiler {
        let compiler = Compiler::new()
            .catalog(catalog)
            .warning_levels(self.levels.clone());
        match &self.audience {
            None => compiler,
            Some(audience) if audience.from == From::Argument("--audience") => {
                compiler.audience(audience.value)
            }
            Some(audience) => compiler.default_audience(audience.value),
        }
    }

    pub(crate) fn levels(&self) -> &WarningLevels {
        &self.levels
    }
}

/// The levels of the settings, then those of the arguments.
fn settle(config: &Config, arguments: Option<&Levels>) -> Result<WarningLevels, Failure> {
    let mut levels = config.warning_levels().clone();
    let Some(arguments) = arguments else {
        return Ok(levels);
    };
    let told = |option: &str, wrong: filterc::WrongLevel| {
        Failure::Message(format!("wrong value of {option}: {wrong}"))
    };
    for code in &arguments.allow {
        levels.allow(code).map_err(|wrong| told("--allow", wrong))?;
    }
    for code in &arguments.deny {
        levels.deny(code).map_err(|wrong| told("--deny", wrong))?;
    }
    Ok(levels)
}

/// Reports a file that is no catalog, no topic file, no settings.
fn refused(file: Input, error: &FileError, terminal: Terminal) -> Failure {
    let reports = [Report::of(file, error.problems())];
    report(&written(
        &reports,
        terminal.format(),
        terminal.human_style(),
    ));
    Failure::Reported
}

/// The nearest `filterc.toml`, from the working directory upwards, by the shortest path to it.
fn found_upwards() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let mut relative = PathBuf::new();
    for folder in here.ancestors() {
        if folder.join(CONFIG).is_file() {
            return Some(relative.join(CONFIG));
        }
        relative.push("..");
    }
    None
}
