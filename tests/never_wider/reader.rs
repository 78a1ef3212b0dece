//! From tokens to a tree, by section 2 of language.md: one function a production.
//!
//! The strict reader: what the page does not allow is refused, and why does not matter. Fed by
//! `token`; must know no field.

use crate::row::Relation;
use crate::token::{GROUPING, Token, tokens};

/// Why a text is no expression, for whoever looks into a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Refusal(pub(crate) &'static str);

#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// The type that the header names.
    pub(crate) audience: Option<String>,
    pub(crate) tree: Tree<String>,
}

/// `F`: a field, by its name as written at first.
#[derive(Clone, Debug)]
pub(crate) enum Tree<F> {
    And(Vec<Tree<F>>),
    Or(Vec<Tree<F>>),
    Not(Box<Tree<F>>),
    Leaf(Leaf<F>),
}

#[derive(Clone, Debug)]
pub(crate) struct Leaf<F> {
    pub(crate) field: F,
    /// `!=`, `not in`, `is not null`, ….
    pub(crate) negated: bool,
    pub(crate) test: Test,
}

#[derive(Clone, Debug)]
pub(crate) enum Test {
    /// `=`, which stands for an operator that the field takes.
    Equal(String),
    In(Vec<String>),
    /// `contains`, `starts with`, `ends with`; whether all of the values have to be found.
    Text(Relation, Vec<String>, bool),
    Order(Relation, String),
    Between(String, String),
    /// `is v`, `equals v`: that operator and no other.
    Exactly(Relation, String),
    Null,
    Blank,
}

impl Test {
    pub(crate) fn values(&self) -> Vec<&str> {
        match self {
            Self::Equal(value) | Self::Order(_, value) | Self::Exactly(_, value) => vec![value],
            Self::In(values) | Self::Text(_, values, _) => {
                values.iter().map(String::as_str).collect()
            }
            Self::Between(low, high) => vec![low, high],
            Self::Null | Self::Blank => Vec::new(),
        }
    }
}

impl<F> Tree<F> {
    pub(crate) fn leaves(&self) -> Vec<&Leaf<F>> {
        match self {
            Self::And(operands) | Self::Or(operands) => {
                operands.iter().flat_map(Self::leaves).collect()
            }
            Self::Not(operand) => operand.leaves(),
            Self::Leaf(leaf) => vec![leaf],
        }
    }
}

const KEYWORDS: [&str; 16] = [
    "and", "or", "not", "in", "is", "contains", "starts", "ends", "with", "between", "any", "all",
    "null", "blank", "equals", "where",
];

/// How many parentheses may be open.
const DEEPEST: usize = 128;

pub(crate) fn read(text: &str) -> Result<Source, Refusal> {
    let tokens = tokens(text)?;
    let mut reader = Reader {
        tokens: &tokens,
        depth: 0,
    };
    let audience = reader.header();
    let tree = reader.disjunction()?;
    if reader.tokens.is_empty() {
        Ok(Source { audience, tree })
    } else {
        Err(Refusal("something behind the expression"))
    }
}

struct Reader<'t> {
    /// Those that are not read yet.
    tokens: &'t [Token],
    depth: usize,
}

impl Reader<'_> {
    fn header(&mut self) -> Option<String> {
        let [
            Token::Word { text: audience, .. },
            Token::Word { text: next, .. },
            ..,
        ] = self.tokens
        else {
            return None;
        };
        (!is_keyword(audience) && next.eq_ignore_ascii_case("where")).then(|| {
            self.skip(2);
            audience.clone()
        })
    }

    fn disjunction(&mut self) -> Result<Tree<String>, Refusal> {
        let mut operands = vec![self.conjunction()?];
        while self.takes_word("or") || self.takes("||") {
            operands.push(self.conjunction()?);
        }
        Ok(several(operands, Tree::Or))
    }

    fn conjunction(&mut self) -> Result<Tree<String>, Refusal> {
        let mut operands = vec![self.negation()?];
        while self.takes_and() {
            operands.push(self.negation()?);
        }
        Ok(several(operands, Tree::And))
    }

    fn negation(&mut self) -> Result<Tree<String>, Refusal> {
        let mut nots = 0_usize;
        while self.takes_word("not") || self.takes("!") {
            nots += 1;
        }
        let primary = self.primary()?;
        // Two are none, whatever is unknown.
        Ok(if nots % 2 == 1 {
            Tree::Not(Box::new(primary))
        } else {
            primary
        })
    }

    fn primary(&mut self) -> Result<Tree<String>, Refusal> {
        if !self.takes("(") {
            return self.comparison().map(Tree::Leaf);
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Refusal("too deep"));
        }
        let inner = self.disjunction()?;
        self.depth -= 1;
        self.wants(")")?;
        Ok(inner)
    }

    fn comparison(&mut self) -> Result<Leaf<String>, Refusal> {
        let field = self.field()?;
        if self.takes_word("is") {
            let negated = self.takes_word("not");
            let test = if self.takes_word("null") {
                Test::Null
            } else if self.takes_word("blank") {
                Test::Blank
            } else {
                Test::Exactly(Relation::Is, self.value()?)
            };
            return Ok(Leaf {
                field,
                negated,
                test,
            });
        }
        if let Some((negated, test)) = self.symbol_test()? {
            return Ok(Leaf {
                field,
                negated,
                test,
            });
        }
        let negated = self.takes_word("not");
        let test = self.word_test()?;
        Ok(Leaf {
            field,
            negated,
            test,
        })
    }

    /// What a symbol behind the field asks; nothing where a word stands there.
    fn symbol_test(&mut self) -> Result<Option<(bool, Test)>, Refusal> {
        let Some(Token::Symbol(symbol)) = self.tokens.first() else {
            return Ok(None);
        };
        self.skip(1);
        let value = self.value()?;
        Ok(Some(match *symbol {
            "=" | "==" => (false, Test::Equal(value)),
            "!=" | "<>" => (true, Test::Equal(value)),
            "<" => (false, Test::Order(Relation::Less, value)),
            "<=" => (false, Test::Order(Relation::LessOrEqual, value)),
            ">" => (false, Test::Order(Relation::Greater, value)),
            ">=" => (false, Test::Order(Relation::GreaterOrEqual, value)),
            _ => return Err(Refusal("no operator behind a field")),
        }))
    }

    fn word_test(&mut self) -> Result<Test, Refusal> {
        if self.takes_word("in") {
            return self.list().map(Test::In);
        }
        if self.takes_word("between") {
            let low = self.value()?;
            if !self.takes_and() {
                return Err(Refusal("no AND in a range"));
            }
            return Ok(Test::Between(low, self.value()?));
        }
        if self.takes_word("equals") {
            return Ok(Test::Exactly(Relation::Equals, self.value()?));
        }
        let relation = if self.takes_word("contains") {
            Relation::Contains
        } else if self.takes_words("starts", "with") || self.takes_word("startswith") {
            Relation::StartsWith
        } else if self.takes_words("ends", "with") || self.takes_word("endswith") {
            Relation::EndsWith
        } else {
            return Err(Refusal("no operator behind a field"));
        };
        if self.takes_word("any") {
            Ok(Test::Text(relation, self.list()?, false))
        } else if self.takes_word("all") {
            Ok(Test::Text(relation, self.list()?, true))
        } else {
            Ok(Test::Text(relation, vec![self.value()?], false))
        }
    }

    fn field(&mut self) -> Result<String, Refusal> {
        let name = match self.tokens.first() {
            Some(Token::Name(name)) => name.clone(),
            Some(Token::Word { text, .. }) if is_name(text) => text.clone(),
            _ => return Err(Refusal("no field where one is wanted")),
        };
        self.skip(1);
        Ok(name)
    }

    fn list(&mut self) -> Result<Vec<String>, Refusal> {
        self.wants("(")?;
        let tokens = self.tokens;
        let mut values = vec![self.value()?];
        let mut is_grouped = false;
        loop {
            let groups = self.takes(GROUPING);
            is_grouped |= groups;
            if !groups && !self.takes(",") {
                break;
            }
            if matches!(self.tokens.first(), Some(Token::Symbol(")"))) {
                break;
            }
            values.push(self.value()?);
        }
        let read = &tokens[..tokens.len() - self.tokens.len()];
        self.wants(")")?;
        if is_grouped && !read.iter().all(is_of_three_digits) {
            return Err(Refusal("a comma between the digits of a number"));
        }
        Ok(values)
    }

    fn value(&mut self) -> Result<String, Refusal> {
        let value = match self.tokens.first() {
            Some(Token::Text(text)) => text.clone(),
            // `C#`: the mark is as likely part of the value.
            Some(Token::Word {
                meets_comment: true,
                ..
            }) => return Err(Refusal("a comment glued to a value")),
            Some(Token::Word { text, .. }) if !is_keyword(text) => text.clone(),
            _ => return Err(Refusal("no value where one is wanted")),
        };
        self.skip(1);
        Ok(value)
    }

    fn takes_and(&mut self) -> bool {
        self.takes_word("and") || self.takes("&&")
    }

    fn takes_words(&mut self, first: &str, second: &str) -> bool {
        let is_word = |token: &Token, wanted: &str| match token {
            Token::Word { text, .. } => text.eq_ignore_ascii_case(wanted),
            _ => false,
        };
        let found = match self.tokens {
            [one, other, ..] => is_word(one, first) && is_word(other, second),
            _ => false,
        };
        self.skip(if found { 2 } else { 0 });
        found
    }

    fn takes_word(&mut self, wanted: &str) -> bool {
        let found = match self.tokens.first() {
            Some(Token::Word { text, .. }) => text.eq_ignore_ascii_case(wanted),
            _ => false,
        };
        self.skip(usize::from(found));
        found
    }

    fn takes(&mut self, wanted: &str) -> bool {
        let found = matches!(self.tokens.first(), Some(Token::Symbol(symbol)) if *symbol == wanted);
        self.skip(usize::from(found));
        found
    }

    fn wants(&mut self, wanted: &str) -> Result<(), Refusal> {
        if self.takes(wanted) {
            Ok(())
        } else {
            Err(Refusal("a parenthesis is missing"))
        }
    }

    fn skip(&mut self, count: usize) {
        self.tokens = self.tokens.get(count..).unwrap_or_default();
    }
}

/// Of `(100,200)` nobody thinks that it is one number.
fn is_of_three_digits(token: &Token) -> bool {
    match token {
        Token::Word { text: word, .. } => {
            word.len() == 3
                && word.bytes().all(|byte| byte.is_ascii_digit())
                && !word.starts_with('0')
        }
        Token::Symbol(_) => true,
        Token::Text(_) | Token::Name(_) => false,
    }
}

/// A level of one operand is that operand.
fn several(
    mut operands: Vec<Tree<String>>,
    join: fn(Vec<Tree<String>>) -> Tree<String>,
) -> Tree<String> {
    match (operands.len(), operands.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            operands.extend(last);
            join(operands)
        }
    }
}

/// `true` and `false` are keywords that are values.
fn is_keyword(word: &str) -> bool {
    KEYWORDS
        .iter()
        .any(|keyword| keyword.eq_ignore_ascii_case(word))
}

/// `company`, `company.size`, and no keyword.
fn is_name(word: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    let is_keyword = is_keyword(word)
        || ["true", "false"]
            .iter()
            .any(|value| value.eq_ignore_ascii_case(word));
    !is_keyword
        && !word.starts_with(|first: char| first.is_ascii_digit())
        && word.split('.').all(is_part)
}
