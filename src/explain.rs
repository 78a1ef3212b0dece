//! The page of each diagnostic: what it means, why it is one, a wrong text and a right one.
//!
//! The pages are text in `explain/`, one file a pass, one section a code; a test tries every
//! example. A title ends in `(warning)` or `(note)` where the problem is no error. Must not know
//! the passes: a code is just the key of a page.

use crate::diagnostic::Severity;

/// The long description of one diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    code: &'static str,
    severity: Severity,
    body: &'static str,
}

impl Page {
    /// The code, such as `filterc::check::unknown_field`.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// Whether the problem stops the compiler.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// The first line: what is wrong, in one sentence.
    pub fn summary(&self) -> &'static str {
        self.body.lines().next().unwrap_or_default()
    }

    /// The whole page as Markdown, without its title.
    pub fn body(&self) -> &'static str {
        self.body
    }

    /// The texts of the blocks headed `Wrong:`.
    pub fn wrong(&self) -> Vec<String> {
        self.examples("Wrong:")
    }

    /// The texts of the blocks headed `Right:`.
    pub fn right(&self) -> Vec<String> {
        self.examples("Right:")
    }

    /// Blocks indented by four blanks under a heading.
    fn examples(&self, heading: &str) -> Vec<String> {
        let mut examples = Vec::new();
        let mut under_heading = false;
        let mut block: Option<String> = None;
        for line in self.body.lines().chain([""]) {
            match line.strip_prefix("    ") {
                Some(code) if under_heading => {
                    let text = block.get_or_insert_default();
                    text.push_str(code);
                    text.push('\n');
                }
                _ => {
                    examples.extend(block.take());
                    if !line.is_empty() {
                        under_heading = line == heading;
                    }
                }
            }
        }
        examples
    }
}

/// All pages, in the order of the passes.
pub fn pages() -> impl Iterator<Item = Page> {
    const FILES: [&str; 14] = [
        include_str!("explain/parse.md"),
        include_str!("explain/check.md"),
        include_str!("explain/lower.md"),
        include_str!("explain/estimate.md"),
        include_str!("explain/decompile.md"),
        include_str!("explain/json.md"),
        include_str!("explain/catalog.md"),
        include_str!("explain/topics.md"),
        include_str!("explain/toml.md"),
        include_str!("explain/config.md"),
        include_str!("explain/manifest.md"),
        include_str!("explain/input.md"),
        include_str!("explain/batch.md"),
        include_str!("explain/match.md"),
    ];
    FILES.into_iter().flat_map(|file| {
        file.split("\n# ").filter_map(|section| {
            let section = section.strip_prefix("# ").unwrap_or(section);
            let (title, body) = section.split_once('\n')?;
            let (code, severity) = match title.trim().split_once(' ') {
                Some((code, "(warning)")) => (code, Severity::Warning),
                Some((code, _)) => (code, Severity::Note),
                None => (title.trim(), Severity::Error),
            };
            Some(Page {
                code,
                severity,
                body: body.trim(),
            })
        })
    })
}

/// The page of a code, which may be given whole or by its last part: `unknown_field`.
pub fn page(code: &str) -> Option<Page> {
    pages().find(|page| page.code == code || page.code.rsplit("::").next() == Some(code))
}
