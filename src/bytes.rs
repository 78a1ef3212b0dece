//! Sets of bytes. To ask for one costs a load, where a chain of ranges costs a branch for each.

/// A set of bytes that is known when the library is built.
pub(crate) struct ByteSet([bool; 256]);

impl ByteSet {
    /// The bytes of these ranges, the ends of each included.
    #[expect(clippy::indexing_slicing, reason = "a byte has its place among 256")]
    pub(crate) const fn of(ranges: &[(u8, u8)]) -> Self {
        let mut set = [false; 256];
        let mut at = 0;
        while at < ranges.len() {
            let (mut byte, last) = ranges[at];
            while byte < last {
                set[byte as usize] = true;
                byte += 1;
            }
            set[last as usize] = true;
            at += 1;
        }
        Self(set)
    }

    pub(crate) fn has(&self, byte: u8) -> bool {
        self.0.get(usize::from(byte)).copied().unwrap_or_default()
    }

    /// Whether any byte of a text is one of them. Looks at all, without a branch for each.
    pub(crate) fn meets(&self, text: &str) -> bool {
        text.bytes().fold(false, |any, byte| any | self.has(byte))
    }
}

#[cfg(test)]
mod tests {
    use super::ByteSet;

    #[test]
    fn a_set_has_its_ranges_with_their_ends() {
        let set = ByteSet::of(&[(b'b', b'd'), (b'_', b'_'), (0x80, 0xff)]);
        let has: Vec<u8> = (0..0x80).filter(|byte| set.has(*byte)).collect();
        assert_eq!(has, *b"_bcd");
        assert!((0x80..=0xff).all(|byte| set.has(byte)));
        assert!(set.meets("acorn") && set.meets("é") && !set.meets("ae") && !set.meets(""));
    }
}
