//! From a tree to one of the many texts that mean it.

use crate::dice::Dice;
use crate::fields::{Field, Kind};
use crate::row::Relation;
use crate::tree::{Amount, Leaf, Test, Tree};

/// The seed of the spelling without any whim: words, one blank between tokens, the parentheses
/// that are needed.
pub(crate) const PLAIN: u64 = 0;

/// A text of the tree. Another seed, another spelling.
pub(crate) fn spell(tree: &Tree, seed: u64) -> String {
    let mut speller = Speller {
        plain: seed == PLAIN,
        dice: Dice::new(seed),
        text: String::new(),
    };
    speller.start(tree);
    speller.expr(tree, Level::Disjunction);
    if !speller.plain {
        speller.gap(false);
    }
    speller.text
}

/// How tightly what is around an expression binds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Disjunction,
    Conjunction,
    Negation,
}

struct Speller {
    plain: bool,
    dice: Dice,
    text: String,
}

impl Speller {
    /// Byte-order mark, leading blanks, an audience type.
    fn start(&mut self, tree: &Tree) {
        if self.chance(8) {
            self.text.push('\u{FEFF}');
        }
        if self.chance(4) {
            self.gap(false);
        }
        if !self.chance(4) {
            return;
        }
        let mut types = vec!["events", "intents", "elixir", "list", "pixel"];
        let mut topics = false;
        let mut columns = false;
        tree.visit(&mut |leaf| {
            types.retain(|audience| leaf.field.audience_types.contains(audience));
            topics |= leaf.field.kind == Kind::Topic;
            columns |= leaf.field.audience_types.len() == 5;
        });
        types.retain(|audience| match *audience {
            "intents" => topics,
            "elixir" => columns,
            _ => true,
        });
        if !types.is_empty() {
            let audience = *self.dice.pick(&types);
            let audience = self.cased(audience);
            self.token(&audience);
            self.keyword("where");
        }
    }

    fn expr(&mut self, tree: &Tree, level: Level) {
        let own = match tree {
            Tree::Or(_) => Level::Disjunction,
            Tree::And(_) => Level::Conjunction,
            Tree::Not(_) | Tree::Leaf(_) => Level::Negation,
        };
        let mut parentheses = usize::from(own < level);
        while self.chance(6) {
            parentheses += 1;
        }
        for _ in 0..parentheses {
            self.token("(");
        }
        match tree {
            Tree::And(operands) => self.joined(operands, "and", "&&", own),
            Tree::Or(operands) => self.joined(operands, "or", "||", own),
            Tree::Not(operand) => {
                self.keyword_or_symbol("not", "!");
                self.expr(operand, Level::Negation);
            }
            Tree::Leaf(leaf) => self.leaf(leaf),
        }
        for _ in 0..parentheses {
            self.token(")");
        }
    }

    fn joined(&mut self, operands: &[Tree], word: &str, symbol: &str, level: Level) {
        for (index, operand) in operands.iter().enumerate() {
            if index > 0 {
                self.keyword_or_symbol(word, symbol);
            }
            self.expr(operand, level);
        }
    }

    fn leaf(&mut self, leaf: &Leaf) {
        self.field(leaf.field);
        let not = |speller: &mut Self| {
            if leaf.negated {
                speller.keyword("not");
            }
        };
        match &leaf.test {
            Test::Equal(value) => {
                let symbols = if leaf.negated {
                    ["!=", "<>"]
                } else {
                    ["=", "=="]
                };
                let symbol = if self.chance(2) {
                    symbols[1]
                } else {
                    symbols[0]
                };
                self.token(symbol);
                self.value(leaf.field, value, true);
            }
            Test::In(values) => {
                not(self);
                self.keyword("in");
                self.list(leaf.field, values, true);
            }
            Test::Text(relation, amount, values) => {
                not(self);
                self.text_operator(*relation);
                match amount {
                    Amount::One => {
                        for value in values {
                            self.value(leaf.field, value, false);
                        }
                        return;
                    }
                    Amount::Any => self.keyword("any"),
                    Amount::All => self.keyword("all"),
                }
                self.list(leaf.field, values, false);
            }
            Test::Order(relation, value) => {
                self.token(match relation {
                    Relation::Less => "<",
                    Relation::LessOrEqual => "<=",
                    Relation::Greater => ">",
                    _ => ">=",
                });
                self.value(leaf.field, value, true);
            }
            Test::Between(low, high) => {
                not(self);
                self.keyword("between");
                self.value(leaf.field, low, true);
                self.keyword_or_symbol("and", "&&");
                self.value(leaf.field, high, true);
            }
            Test::Vendor(Relation::Is, value) => {
                self.keyword("is");
                not(self);
                self.value(leaf.field, value, true);
            }
            Test::Vendor(_, value) => {
                not(self);
                self.keyword("equals");
                self.value(leaf.field, value, true);
            }
            Test::Null | Test::Blank => {
                self.keyword("is");
                not(self);
                self.keyword(if matches!(leaf.test, Test::Null) {
                    "null"
                } else {
                    "blank"
                });
            }
        }
    }

    fn text_operator(&mut self, relation: Relation) {
        let (first, second, joined) = match relation {
            Relation::StartsWith => ("starts", "with", "startswith"),
            Relation::EndsWith => ("ends", "with", "endswith"),
            _ => return self.keyword("contains"),
        };
        if self.chance(3) {
            self.keyword(joined);
        } else {
            let blank =
                *self
                    .dice
                    .pick(&[" ", "\t ", "\r\n", "\u{A0}", " # why\n", "\u{2003}#\r\n\t"]);
            self.keyword(&format!("{first}{blank}{second}"));
        }
    }

    /// A field by its name, in any case, or by an alias, in backticks or not.
    fn field(&mut self, field: &Field) {
        let mut names = vec![field.name];
        if !self.plain {
            names.extend(field.aliases);
        }
        let name = *self.dice.pick(&names);
        let name = if self.chance(3) {
            self.cased(name)
        } else {
            name.to_owned()
        };
        let name = if self.chance(5) {
            format!("`{name}`")
        } else {
            name
        };
        self.token(&name);
    }

    fn list(&mut self, field: &Field, values: &[&str], whole: bool) {
        self.token("(");
        for (index, value) in values.iter().enumerate() {
            if index > 0 {
                self.token(",");
            }
            self.value(field, value, whole);
        }
        if self.chance(3) {
            self.token(",");
        }
        self.token(")");
    }

    /// `whole`: it is compared as a whole, so that it names an option of a closed picklist.
    fn value(&mut self, field: &Field, value: &str, whole: bool) {
        let text = match field.kind {
            Kind::Closed if whole => self.option(field, value),
            Kind::Flag => self.cased(value),
            Kind::Whole | Kind::Decimal => self.grouped(value),
            _ => value.to_owned(),
        };
        let bare = can_be_bare(&text) && (self.plain || self.chance(2));
        let written = if bare { text } else { self.quoted(&text) };
        self.token(&written);
    }

    /// The value or the label of an option, in any case.
    fn option(&mut self, field: &Field, value: &str) -> String {
        let label = field.options.iter().find(|(known, _)| *known == value);
        let names = [value, label.map_or(value, |(_, label)| label)];
        let name = if self.chance(2) { names[1] } else { names[0] };
        self.cased(name)
    }

    /// `1000` as `1_000`, `10_00`, ….
    fn grouped(&mut self, number: &str) -> String {
        let mut written = String::new();
        let mut after_digit = false;
        for character in number.chars() {
            if after_digit && character.is_ascii_digit() && self.chance(5) {
                written.push('_');
            }
            written.push(character);
            after_digit = character.is_ascii_digit();
        }
        written
    }

    fn quoted(&mut self, text: &str) -> String {
        let quote = if self.chance(2) { '\'' } else { '"' };
        let mut written = String::from(quote);
        for character in text.chars() {
            match character {
                '"' | '\'' if character == quote || self.chance(3) => {
                    written.extend(['\\', character]);
                }
                '\\' => written.push_str("\\\\"),
                '\n' => written.push_str("\\n"),
                '\r' => written.push_str("\\r"),
                '\t' if self.plain || self.chance(2) => written.push_str("\\t"),
                '\0' => written.push_str("\\u{0}"),
                _ if self.chance(12) => {
                    let code = u32::from(character);
                    let upper = self.chance(2);
                    written.push_str(&match upper {
                        true => format!("\\u{{{code:X}}}"),
                        false => format!("\\u{{{code:06x}}}"),
                    });
                }
                _ => written.push(character),
            }
        }
        written.push(quote);
        written
    }

    fn keyword_or_symbol(&mut self, word: &str, symbol: &str) {
        if self.chance(3) {
            self.token(symbol);
        } else {
            self.keyword(word);
        }
    }

    fn keyword(&mut self, word: &str) {
        let word = self.cased(word);
        self.token(&word);
    }

    /// In small letters, in capitals, or mixed.
    fn cased(&mut self, word: &str) -> String {
        if self.plain || self.chance(2) {
            return word.to_owned();
        }
        if self.chance(2) {
            return word.to_ascii_uppercase();
        }
        let mut mix = |letter: char| match self.dice.one_in(2) {
            true => letter.to_ascii_uppercase(),
            false => letter.to_ascii_lowercase(),
        };
        word.chars().map(&mut mix).collect()
    }

    /// A token, with what has to stand between it and the one before, and now and then more.
    fn token(&mut self, token: &str) {
        let before = self.text.chars().next_back();
        let meet = |side: Option<char>| side.is_some_and(is_word_char);
        // `1,415` in a list is refused: it may be one number.
        let groups = before == Some(',') && token.starts_with(|c: char| c.is_ascii_digit());
        let needed = groups || meet(before) && meet(token.chars().next());
        if self.plain {
            let tight = matches!(token, ")" | ",") || matches!(before, None | Some('('));
            if needed || !tight {
                self.text.push(' ');
            }
        } else if needed || !self.chance(3) {
            self.gap(needed);
        }
        self.text.push_str(token);
    }

    /// White space and comments.
    fn gap(&mut self, needed: bool) {
        let blanks = [
            "\t", "\n", "\r\n", "\r", "\u{B}", "\u{C}", "\u{85}", "\u{A0}", "\u{1680}", "\u{2003}",
            "\u{2028}", "\u{2029}", "\u{202F}", "\u{205F}", "\u{3000}",
        ];
        let comments = [
            "#\n",
            "# (and \" or ' ` [ {\n",
            "## it's ) // \u{1F600}\r\n",
            "#\u{A0}“x\r",
        ];
        let least = usize::from(needed);
        let count = if self.dice.one_in(4) {
            self.dice.below(4)
        } else {
            1
        };
        for _ in 0..count.max(least) {
            let piece = match self.dice.below(12) {
                0 => *self.dice.pick(&comments),
                1..=3 => *self.dice.pick(&blanks),
                _ => " ",
            };
            // `C#` is refused: the mark may be part of the value.
            if piece.starts_with('#') && self.text.ends_with(is_word_char) {
                self.text.push(' ');
            }
            self.text.push_str(piece);
        }
    }

    /// True once in `sides` throws, and never in the plain spelling.
    fn chance(&mut self, sides: usize) -> bool {
        !self.plain && self.dice.one_in(sides)
    }
}

fn is_word_char(character: char) -> bool {
    character.is_ascii_alphanumeric() || "_.:@/+-".contains(character)
}

/// Whether a text is a word of the language and no keyword; `true` and `false` are values.
fn can_be_bare(text: &str) -> bool {
    const KEYWORDS: [&str; 16] = [
        "and", "or", "not", "in", "is", "contains", "starts", "ends", "with", "between", "any",
        "all", "null", "blank", "equals", "where",
    ];
    let mut rest = text.chars();
    let starts = match rest.next() {
        Some('-') => rest
            .clone()
            .next()
            .is_some_and(|digit| digit.is_ascii_digit()),
        Some(first) => first.is_ascii_alphanumeric() || first == '_',
        None => false,
    };
    let keyword = KEYWORDS
        .iter()
        .any(|keyword| keyword.eq_ignore_ascii_case(text));
    starts && rest.all(is_word_char) && !keyword
}
