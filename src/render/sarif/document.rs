//! The objects of a SARIF document that are written, and no others.
//!
//! Names and order of the fields are those of the keys. Must not decide anything: what a value
//! is, the other modules know. A field that is absent here is one that the standard lets be absent.

use serde::Serialize;

use super::fingerprint::Fingerprints;
use super::uri::Reference;

/// §3.13 `sarifLog`.
#[derive(Serialize)]
pub(super) struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

impl<'a> Log<'a> {
    pub(super) fn new(run: Run<'a>) -> Self {
        Self {
            // The address that GitHub's examples have.
            schema: "https://json.schemastore.org/sarif-2.1.0.json",
            version: "2.1.0",
            runs: [run],
        }
    }
}

/// §3.14 `run`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Run<'a> {
    tool: Tool<'a>,
    invocations: [Invocation; 1],
    original_uri_base_ids: BaseIds,
    artifacts: Vec<Artifact>,
    results: Vec<Finding<'a>>,
    default_encoding: &'static str,
    newline_sequences: [&'static str; 3],
    column_kind: &'static str,
}

impl<'a> Run<'a> {
    pub(super) fn new(
        rules: Vec<Descriptor<'a>>,
        artifacts: Vec<Artifact>,
        results: Vec<Finding<'a>>,
    ) -> Self {
        Self {
            tool: Tool {
                driver: Driver {
                    name: "filterc",
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules,
                },
            },
            invocations: [Invocation {
                execution_successful: true,
            }],
            original_uri_base_ids: BaseIds {
                source_root: BaseId {
                    description: Message::new("The folder that filterc was run in."),
                },
            },
            artifacts,
            results,
            default_encoding: "UTF-8",
            newline_sequences: ["\r\n", "\n", "\r"],
            column_kind: "unicodeCodePoints",
        }
    }
}

/// §3.18 `tool`.
#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

/// §3.19 `toolComponent`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor<'a>>,
}

/// §3.20 `invocation`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
}

/// The name of the only base of relative URIs.
const SOURCE_ROOT: &str = "%SRCROOT%";

/// §3.14.14 `originalUriBaseIds`.
#[derive(Serialize)]
struct BaseIds {
    #[serde(rename = "%SRCROOT%")]
    source_root: BaseId,
}

/// An `artifactLocation` without its URI, which would name the machine (§3.14.14).
#[derive(Serialize)]
struct BaseId {
    description: Message,
}

/// §3.49 `reportingDescriptor`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Descriptor<'a> {
    pub(super) id: &'a str,
    pub(super) name: String,
    pub(super) short_description: Message,
    pub(super) full_description: Message,
    pub(super) default_configuration: Configuration,
    pub(super) help: Help,
}

/// §3.50 `reportingConfiguration`.
#[derive(Serialize)]
pub(super) struct Configuration {
    pub(super) level: &'static str,
}

/// §3.12 `multiformatMessageString` in both formats.
#[derive(Serialize)]
pub(super) struct Help {
    text: String,
    markdown: String,
}

impl Help {
    pub(super) fn new(body: &str) -> Self {
        Self {
            text: braces_doubled(body),
            markdown: braces_doubled(body),
        }
    }
}

/// §3.11 `message`, and §3.12 `multiformatMessageString` as plain text.
#[derive(Serialize)]
pub(super) struct Message {
    text: String,
}

impl Message {
    pub(super) fn new(text: &str) -> Self {
        Self {
            // `[words](address)` is a link (§3.11.6), which a text must not be able to make.
            text: braces_doubled(text).replace("](", "\\]("),
        }
    }
}

/// `{0}` is a placeholder (§3.11.5).
fn braces_doubled(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// §3.24 `artifact`.
#[derive(Serialize)]
pub(super) struct Artifact {
    location: ArtifactLocation,
    length: usize,
    roles: [&'static str; 1],
}

impl Artifact {
    /// `length` is in bytes.
    pub(super) fn new(location: ArtifactLocation, length: usize) -> Self {
        Self {
            location,
            length,
            roles: ["analysisTarget"],
        }
    }
}

/// §3.4 `artifactLocation`.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
    index: usize,
}

impl ArtifactLocation {
    pub(super) fn new(reference: Reference, index: usize) -> Self {
        Self {
            uri_base_id: (!reference.is_absolute).then_some(SOURCE_ROOT),
            uri: reference.uri,
            index,
        }
    }
}

/// §3.27 `result`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Finding<'a> {
    pub(super) rule_id: &'a str,
    pub(super) rule_index: usize,
    pub(super) level: &'static str,
    pub(super) message: Message,
    pub(super) locations: [Location; 1],
    pub(super) partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) related_locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) fixes: Vec<Fix>,
}

/// §3.28 `location`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<usize>,
    pub(super) physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) message: Option<Message>,
}

/// §3.29 `physicalLocation`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PhysicalLocation {
    pub(super) artifact_location: ArtifactLocation,
    pub(super) region: Region,
}

/// §3.30 `region`: a text region, with the same place in bytes or without.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Region {
    pub(super) start_line: usize,
    pub(super) start_column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
    #[serde(flatten)]
    pub(super) bytes: Option<Bytes>,
}

/// The binary part of a `region`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Bytes {
    pub(super) byte_offset: usize,
    pub(super) byte_length: usize,
}

/// §3.55 `fix`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Fix {
    pub(super) description: Message,
    pub(super) artifact_changes: [ArtifactChange; 1],
}

/// §3.56 `artifactChange`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ArtifactChange {
    pub(super) artifact_location: ArtifactLocation,
    pub(super) replacements: [Replacement; 1],
}

/// §3.57 `replacement`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Replacement {
    pub(super) deleted_region: Region,
    pub(super) inserted_content: Content,
}

/// §3.3 `artifactContent`.
#[derive(Serialize)]
pub(super) struct Content {
    pub(super) text: String,
}
