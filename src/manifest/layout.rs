//! The filter of a manifest in its canonical layout, the rest of the file as it is.

use super::Manifest;
use crate::compile::format;
use crate::diagnostic::{Problem, moved};
use crate::keys::Inside;

/// What the filter stands between.
const QUOTES: &str = "'''";

impl Manifest {
    /// The whole file with its filter in the canonical layout; see [`format()`].
    ///
    /// `None` where there is nothing to lay out: no filter, an empty one, or one between other
    /// quotes than `'''`, where line breaks or quotes would have to be escaped.
    ///
    /// # Errors
    ///
    /// If the file is not TOML, or its filter cannot be read: all problems of that kind, at their
    /// places in the file. What else may be wrong with the manifest is not asked.
    pub fn format_filter(&self) -> Result<Option<String>, Vec<Problem>> {
        let Some(filter) = &self.filter else {
            let is_no_toml = |problem: &&Problem| problem.code() == "filterc::toml::not_toml";
            let problems: Vec<Problem> = self.problems.iter().filter(is_no_toml).cloned().collect();
            return if problems.is_empty() {
                Ok(None)
            } else {
                Err(problems)
            };
        };
        let (start, end) = (filter.span.start(), filter.span.end());
        let raw = self.text.get(start..end).unwrap_or_default();
        if !raw.starts_with(QUOTES) || filter.value.trim().is_empty() {
            return Ok(None);
        }
        let written = format(&filter.value).map_err(|error| {
            let inside = Inside::new(&self.text, filter.span, &filter.value);
            let place = |span| inside.span(span);
            moved(&self.text, error.problems(), place, |edit| {
                inside.written(edit)
            })
        })?;
        let line_end = if raw.contains("\r\n") { "\r\n" } else { "\n" };
        let lines = written.replace('\n', line_end);
        let before = self.text.get(..start).unwrap_or_default();
        let behind = self.text.get(end..).unwrap_or_default();
        let file = [before, QUOTES, line_end, &lines, QUOTES, behind].concat();
        // INVARIANT: a filter with three quotes in a row, which would end it, is left alone.
        let again = Self::from_toml(&file);
        let is_right = again.filter().map(|text| text.replace("\r\n", "\n")) == Some(written);
        Ok(is_right.then_some(file))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn formatted(file: &str) -> Option<String> {
        Manifest::from_toml(file).format_filter().unwrap()
    }

    #[test]
    fn only_what_is_between_the_quotes_changes() {
        let found = formatted("a=1 # kept\nfilter='''a==1 # b'''# c\n\n[x]\n");
        let wanted = "a=1 # kept\nfilter='''\na = 1 # b\n'''# c\n\n[x]\n";
        assert_eq!(found.as_deref(), Some(wanted));
        assert_eq!(formatted(wanted).as_deref(), Some(wanted));
        let found = formatted("a = 1\r\nfilter = '''\r\na==1\r\n'''\r\n");
        let wanted = "a = 1\r\nfilter = '''\r\na = 1\r\n'''\r\n";
        assert_eq!(found.as_deref(), Some(wanted));
    }

    #[test]
    fn what_would_need_escapes_is_left_alone() {
        for file in [
            "filter = 'a==1'",
            "filter = \"a==1\"",
            "filter = \"\"\"\na==1\"\"\"",
            "filter = '''\n\n'''",
            "filter = '''a == \"\\u{27}\\u{27}\\u{27}\"'''",
            "filter = 7",
            "filter_file = \"a.filter\"",
            "",
        ] {
            assert_eq!(formatted(file), None, "{file}");
        }
    }

    #[test]
    fn problems_are_at_their_place_in_the_file() {
        let codes = |file: &str| -> Vec<(String, usize)> {
            let problems = Manifest::from_toml(file).format_filter().unwrap_err();
            let told = problems.iter();
            told.map(|problem| (problem.code().to_owned(), problem.start().line))
                .collect()
        };
        let code = "filterc::parse::missing_value".to_owned();
        assert_eq!(codes("a = 1\nfilter = '''\na =\n'''"), [(code, 3)]);
        let code = "filterc::toml::not_toml".to_owned();
        assert_eq!(codes("a = 1\nfilter = '''\na =\n"), [(code, 4)]);
    }
}
