//! The five audience types. Imports nothing of ours but the bit set that `field` keeps them in.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::set::Member;

/// What an audience is built from: the `type` of the vendor's Create Audience call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AudienceType {
    /// Rules on the events of a pixel.
    Events,
    /// Criteria on intent topics.
    Intents,
    /// Criteria on the Elixir data set of people and companies.
    Elixir,
    /// A list, narrowed or whole.
    List,
    /// The visitors of one or more pixels, narrowed or all.
    Pixel,
}

impl AudienceType {
    /// All of them, in the vendor's order.
    pub const ALL: [Self; 5] = [
        Self::Events,
        Self::Intents,
        Self::Elixir,
        Self::List,
        Self::Pixel,
    ];

    /// The vendor's spelling: `intents`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Intents => "intents",
            Self::Elixir => "elixir",
            Self::List => "list",
            Self::Pixel => "pixel",
        }
    }
}

impl Member for AudienceType {
    const ALL: &'static [Self] = &Self::ALL;

    fn index(self) -> u32 {
        self as u32
    }
}

impl fmt::Display for AudienceType {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.name())
    }
}

/// Reads a name, ignoring case.
impl FromStr for AudienceType {
    type Err = UnknownAudienceType;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|audience| audience.name().eq_ignore_ascii_case(text))
            .ok_or_else(|| UnknownAudienceType { found: text.into() })
    }
}

/// A text is the name of no [`AudienceType`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownAudienceType {
    found: Box<str>,
}

impl fmt::Display for UnknownAudienceType {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = AudienceType::ALL.map(AudienceType::name).join(", ");
        write!(
            out,
            "`{}` is not an audience type, which are {names}",
            self.found
        )
    }
}

impl std::error::Error for UnknownAudienceType {}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_ignoring_case_and_serde_agrees() {
        for audience in AudienceType::ALL {
            let name = audience.name();
            assert_eq!(name.parse(), Ok(audience));
            assert_eq!(name.to_uppercase().parse(), Ok(audience));
            let json = format!("\"{name}\"");
            assert_eq!(serde_json::to_string(&audience).unwrap(), json);
            assert_eq!(
                serde_json::from_str::<AudienceType>(&json).unwrap(),
                audience
            );
        }
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_five() {
        let error = "intent".parse::<AudienceType>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "`intent` is not an audience type, which are events, intents, elixir, list, pixel"
        );
    }
}
