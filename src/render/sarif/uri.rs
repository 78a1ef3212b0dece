//! Names of texts as URI references (RFC 3986), which say the same on every machine.
//!
//! Must not look at the file system: `..` stays, and links are not followed.

use std::fmt::Write as _;

/// A URI reference.
pub(super) struct Reference {
    pub(super) uri: String,
    /// Whether it has a scheme.
    pub(super) is_absolute: bool,
}

/// The reference of a path, or of a name such as `<stdin>`, which becomes `%3Cstdin%3E`.
pub(super) fn reference(name: &str) -> Reference {
    if cfg!(windows) {
        of_windows(name)
    } else {
        of_unix(name)
    }
}

/// A backslash is a character like any other.
fn of_unix(path: &str) -> Reference {
    if path.starts_with('/') {
        file("/", path)
    } else {
        relative(path)
    }
}

/// `C:\a`, `\\?\C:\a`, `\\host\share\a`, `\a` or `a\b`, with slashes of either kind.
fn of_windows(path: &str) -> Reference {
    let path = path.replace('\\', "/");
    let path = path.strip_prefix("//?/").unwrap_or(&path);
    if let Some(share) = path.strip_prefix("//") {
        return file("", share);
    }
    match path.split_once(':') {
        Some((drive, rest)) if is_drive(drive) && rest.starts_with('/') => {
            file(&format!("/{drive}:/"), rest)
        }
        _ => of_unix(path),
    }
}

fn is_drive(text: &str) -> bool {
    text.len() == 1 && text.chars().all(|letter| letter.is_ascii_alphabetic())
}

/// RFC 8089, with an empty host but for a share (§3.10.2).
fn file(root: &str, path: &str) -> Reference {
    Reference {
        uri: format!("file://{root}{}", segments(path)),
        is_absolute: true,
    }
}

fn relative(path: &str) -> Reference {
    let uri = segments(path);
    Reference {
        // GitHub takes no empty string.
        uri: if uri.is_empty() { ".".to_owned() } else { uri },
        is_absolute: false,
    }
}

/// The segments but for empty ones and `.`, encoded.
fn segments(path: &str) -> String {
    let segments = path.split('/');
    segments
        .filter(|segment| !matches!(*segment, "" | "."))
        .map(encoded)
        .collect::<Vec<_>>()
        .join("/")
}

/// What may stand in a segment stays (`pchar`), but for the colon, which would make a scheme of the
/// first one.
fn encoded(segment: &str) -> String {
    let mut uri = String::with_capacity(segment.len());
    for byte in segment.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=@".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_path_stays_one() {
        for (path, uri) in [
            ("us.filter", "us.filter"),
            ("./a//b/./c.filter", "a/b/c.filter"),
            ("../a.filter", "../a.filter"),
            ("a b%20#?.filter", "a%20b%2520%23%3F.filter"),
            ("c:a", "c%3Aa"),
            ("a\\b", "a%5Cb"),
            ("é/日本.filter", "%C3%A9/%E6%97%A5%E6%9C%AC.filter"),
            ("a\n\u{1B}", "a%0A%1B"),
            ("<stdin>", "%3Cstdin%3E"),
            ("", "."),
            (".", "."),
        ] {
            let found = of_unix(path);
            assert_eq!((found.uri.as_str(), found.is_absolute), (uri, false));
        }
    }

    #[test]
    fn an_absolute_path_is_a_file() {
        for (path, uri) in [
            ("/a b/us.filter", "file:///a%20b/us.filter"),
            ("//a/./b", "file:///a/b"),
            ("/", "file:///"),
        ] {
            let found = of_unix(path);
            assert_eq!((found.uri.as_str(), found.is_absolute), (uri, true));
        }
    }

    #[test]
    fn windows_has_drives_and_shares() {
        for (path, uri, is_absolute) in [
            ("C:\\a b\\us.filter", "file:///C:/a%20b/us.filter", true),
            ("\\\\?\\C:\\a", "file:///C:/a", true),
            ("c:/a", "file:///c:/a", true),
            ("\\\\host\\share\\a", "file://host/share/a", true),
            ("\\a", "file:///a", true),
            ("a\\b.filter", "a/b.filter", false),
            ("cd:/a", "cd%3A/a", false),
        ] {
            let found = of_windows(path);
            assert_eq!((found.uri.as_str(), found.is_absolute), (uri, is_absolute));
        }
    }
}
