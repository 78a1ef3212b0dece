//! A parser of the language as small and fast as one by hand can be: text to the same JSON bytes.
//!
//! It is the floor of what the job costs and the anchor against noise, and no compiler: it takes
//! right texts alone, knows no field but which take a list, and says nothing of a mistake but
//! where it stopped. What it leaves out is audience types, aliases, backticks, options by label,
//! repeated values, numbers and dates.

/// The JSON of a right text; else the byte at which reading ended.
pub fn compile(text: &str) -> Result<String, usize> {
    let mut parser = Parser {
        text,
        bytes: text.as_bytes(),
        at: 0,
        values: Vec::new(),
    };
    let read = parser.disjunction();
    parser.gap();
    let root = match read {
        Some(root) if parser.at == text.len() => root,
        _ => return Err(parser.at),
    };
    let mut writer = Writer {
        json: String::with_capacity(text.len() * 2 + 64),
        values: &parser.values,
        comma: false,
    };
    if writer.is_group(&root) {
        writer.node(&root, false, None);
    } else {
        writer.open("and");
        writer.node(&root, false, Some(true));
        writer.json.push_str("]}");
    }
    Ok(writer.json)
}

enum Node<'t> {
    /// `true`: AND.
    Group(bool, Vec<Node<'t>>),
    Not(Box<Node<'t>>),
    Compare(Comparison<'t>),
}

struct Comparison<'t> {
    field: &'t str,
    operator: Operator,
    negated: bool,
    /// ANY or ALL behind the operator: whether it is ALL.
    all: bool,
    /// Its values, as positions in those of the text.
    values: std::ops::Range<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Operator {
    Equal,
    In,
    Contains,
    StartsWith,
    EndsWith,
    Less,
    LessOrEqual,
    Between,
    Null,
    Blank,
    Is,
    Equals,
}

#[derive(Clone, Copy)]
struct Value<'t> {
    /// Without quotes.
    text: &'t str,
    /// Whether JSON or the language writes any of it as an escape.
    escaped: bool,
}

struct Parser<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    values: Vec<Value<'t>>,
}

/// Bit 0: part of a word; bit 1: white space.
const CLASS: [u8; 256] = {
    let mut class = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        if b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b':' | b'@' | b'/' | b'+' | b'-')
        {
            class[byte] = 1;
        } else if b.is_ascii_whitespace() {
            class[byte] = 2;
        }
        byte += 1;
    }
    class
};

impl<'t> Parser<'t> {
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn gap(&mut self) {
        loop {
            while CLASS[usize::from(self.peek())] == 2 {
                self.at += 1;
            }
            if self.peek() != b'#' {
                return;
            }
            while self.at < self.bytes.len() && !matches!(self.peek(), b'\n' | b'\r') {
                self.at += 1;
            }
        }
    }

    fn take(&mut self, token: &str) -> bool {
        let taken = self.bytes[self.at..].starts_with(token.as_bytes());
        self.at += if taken { token.len() } else { 0 };
        taken
    }

    /// The word that begins here, which may be empty.
    fn word(&mut self) -> &'t str {
        let start = self.at;
        while CLASS[usize::from(self.peek())] == 1 {
            self.at += 1;
        }
        &self.text[start..self.at]
    }

    fn keyword(&mut self, keyword: &str) -> bool {
        let end = self.at + keyword.len();
        let found = self
            .bytes
            .get(self.at..end)
            .is_some_and(|word| word.eq_ignore_ascii_case(keyword.as_bytes()))
            && self
                .bytes
                .get(end)
                .is_none_or(|b| CLASS[usize::from(*b)] != 1);
        if found {
            self.at = end;
        }
        found
    }

    fn disjunction(&mut self) -> Option<Node<'t>> {
        self.chain(false, Self::conjunction)
    }

    fn conjunction(&mut self) -> Option<Node<'t>> {
        self.chain(true, Self::negation)
    }

    fn chain(
        &mut self,
        is_and: bool,
        operand: fn(&mut Self) -> Option<Node<'t>>,
    ) -> Option<Node<'t>> {
        let (word, symbol) = if is_and { ("and", "&&") } else { ("or", "||") };
        let first = operand(self)?;
        self.gap();
        if !self.keyword(word) && !self.take(symbol) {
            return Some(first);
        }
        let mut operands = vec![first, operand(self)?];
        self.gap();
        while self.keyword(word) || self.take(symbol) {
            operands.push(operand(self)?);
            self.gap();
        }
        Some(Node::Group(is_and, operands))
    }

    fn negation(&mut self) -> Option<Node<'t>> {
        self.gap();
        if self.keyword("not") || self.take("!") {
            return Some(Node::Not(Box::new(self.negation()?)));
        }
        if !self.take("(") {
            return self.comparison().map(Node::Compare);
        }
        let inner = self.disjunction()?;
        self.gap();
        self.take(")").then_some(inner)
    }

    fn comparison(&mut self) -> Option<Comparison<'t>> {
        let field = self.word();
        if field.is_empty() {
            return None;
        }
        self.gap();
        let (operator, negated) = self.operator()?;
        self.gap();
        let first = self.values.len();
        let mut all = false;
        match operator {
            Operator::In => self.list()?,
            Operator::Contains | Operator::StartsWith | Operator::EndsWith => {
                all = self.keyword("all");
                if all || self.keyword("any") {
                    self.gap();
                    self.list()?;
                } else {
                    self.value()?;
                }
            }
            Operator::Between => {
                self.value()?;
                self.gap();
                if !self.keyword("and") {
                    return None;
                }
                self.gap();
                self.value()?;
            }
            Operator::Null | Operator::Blank => {}
            _ => self.value()?,
        }
        Some(Comparison {
            field,
            operator,
            negated,
            all,
            values: first..self.values.len(),
        })
    }

    fn operator(&mut self) -> Option<(Operator, bool)> {
        use Operator::{
            Between, Blank, Contains, EndsWith, Equal, Equals, In, Is, Less, LessOrEqual, Null,
            StartsWith,
        };
        Some(match self.peek() {
            b'=' => {
                self.at += 1;
                self.take("=");
                (Equal, false)
            }
            b'!' if self.take("!=") => (Equal, true),
            b'<' => {
                self.at += 1;
                if self.take(">") {
                    (Equal, true)
                } else if self.take("=") {
                    (LessOrEqual, false)
                } else {
                    (Less, false)
                }
            }
            b'>' => {
                self.at += 1;
                let operator = if self.take("=") { Less } else { LessOrEqual };
                (operator, true)
            }
            _ if self.keyword("is") => {
                self.gap();
                let negated = self.keyword("not");
                self.gap();
                if self.keyword("null") {
                    (Null, negated)
                } else if self.keyword("blank") {
                    (Blank, negated)
                } else {
                    (Is, negated)
                }
            }
            _ => {
                let negated = self.keyword("not");
                self.gap();
                let operator = match self.peek() | 0x20 {
                    b'i' if self.keyword("in") => In,
                    b'c' if self.keyword("contains") => Contains,
                    b's' if self.keyword("starts") && self.with() => StartsWith,
                    b'e' if self.keyword("ends") && self.with() => EndsWith,
                    b'e' if self.keyword("equals") => Equals,
                    b'b' if self.keyword("between") => Between,
                    _ => return None,
                };
                (operator, negated)
            }
        })
    }

    fn with(&mut self) -> bool {
        self.gap();
        self.keyword("with")
    }

    fn list(&mut self) -> Option<()> {
        if !self.take("(") {
            return None;
        }
        loop {
            self.gap();
            self.value()?;
            self.gap();
            let more = self.take(",");
            self.gap();
            if self.take(")") {
                return Some(());
            }
            if !more {
                return None;
            }
        }
    }

    fn value(&mut self) -> Option<()> {
        let quote = self.peek();
        if !matches!(quote, b'"' | b'\'') {
            let text = self.word();
            let escaped = false;
            self.values.push(Value { text, escaped });
            return (!text.is_empty()).then_some(());
        }
        self.at += 1;
        let start = self.at;
        let mut escaped = false;
        loop {
            let byte = *self.bytes.get(self.at)?;
            if byte == quote {
                break;
            }
            if byte == b'\\' {
                escaped = true;
                self.at += 1;
            } else if byte < b' ' || byte == b'"' {
                if matches!(byte, b'\n' | b'\r') {
                    return None;
                }
                escaped = true;
            }
            self.at += 1;
        }
        let text = &self.text[start..self.at];
        self.at += 1;
        self.values.push(Value { text, escaped });
        Some(())
    }
}

struct Writer<'v, 't> {
    json: String,
    values: &'v [Value<'t>],
    /// Whether a rule stands before the next one.
    comma: bool,
}

impl<'t> Writer<'_, 't> {
    /// Whether a node becomes a group, not a rule.
    fn is_group(&self, node: &Node<'t>) -> bool {
        match node {
            Node::Group(..) => true,
            Node::Not(inner) => self.is_group(inner),
            Node::Compare(comparison) => spreads(comparison),
        }
    }

    fn open(&mut self, condition: &str) {
        self.separate();
        self.json.push_str("{\"condition\":\"");
        self.json.push_str(condition);
        self.json.push_str("\",\"rules\":[");
        self.comma = false;
    }

    fn separate(&mut self) {
        if self.comma {
            self.json.push(',');
        }
        self.comma = true;
    }

    /// `around`: the condition of the group that the node stands in; `true`: AND.
    fn node(&mut self, node: &Node<'t>, negative: bool, around: Option<bool>) {
        match node {
            Node::Not(inner) => self.node(inner, !negative, around),
            Node::Group(is_and, operands) => {
                let is_and = *is_and ^ negative;
                let flat = self.open_unless(around, is_and);
                for operand in operands {
                    self.node(operand, negative, Some(is_and));
                }
                self.close_unless(flat);
            }
            Node::Compare(comparison) => {
                let negated = comparison.negated ^ negative;
                if !spreads(comparison) {
                    return self.rule(comparison, negated, comparison.values.clone());
                }
                let is_and = (comparison.all || comparison.operator == Operator::Between) ^ negated;
                let flat = self.open_unless(around, is_and);
                for at in comparison.values.clone() {
                    self.rule(comparison, negated, at..at + 1);
                }
                self.close_unless(flat);
            }
        }
    }

    /// A group in a group of the same condition is merged into it.
    fn open_unless(&mut self, around: Option<bool>, is_and: bool) -> bool {
        let flat = around == Some(is_and);
        if !flat {
            self.open(if is_and { "and" } else { "or" });
        }
        flat
    }

    fn close_unless(&mut self, flat: bool) {
        if !flat {
            self.json.push_str("]}");
            self.comma = true;
        }
    }

    fn rule(&mut self, comparison: &Comparison<'t>, negated: bool, values: std::ops::Range<usize>) {
        self.separate();
        let is_low = values.start == comparison.values.start;
        let as_list = comparison.operator == Operator::In
            || comparison.operator == Operator::Equal && takes_lists(comparison.field);
        let operator = match (comparison.operator, negated) {
            _ if as_list && negated => "not in",
            _ if as_list => "in",
            (Operator::Equal | Operator::Is, false) => "is",
            (Operator::Equal | Operator::Is, true) => "is not",
            (Operator::Equals, false) => "equals",
            (Operator::Equals, true) => "not equals",
            (Operator::Contains, false) => "contains",
            (Operator::Contains, true) => "not contains",
            (Operator::StartsWith, _) => "startswith",
            (Operator::EndsWith, _) => "endswith",
            (Operator::Less, false) => "<",
            (Operator::Less, true) => ">=",
            (Operator::LessOrEqual, false) => "<=",
            (Operator::LessOrEqual, true) => ">",
            (Operator::Between, false) if is_low => ">=",
            (Operator::Between, true) if is_low => "<",
            (Operator::Between, false) => "<=",
            (Operator::Between, true) => ">",
            (Operator::Null, false) => "is null",
            (Operator::Null, true) => "is not null",
            (Operator::Blank, false) => "is blank",
            (Operator::Blank, true) => "is not blank",
            (Operator::In, _) => "in",
        };
        self.json.push_str("{\"fieldName\":\"");
        self.json.push_str(comparison.field);
        self.json.push_str("\",\"conditionRules\":{\"operator\":\"");
        self.json.push_str(operator);
        self.json.push('"');
        if !values.is_empty() {
            self.json.push_str(if as_list {
                ",\"value\":["
            } else {
                ",\"value\":"
            });
            for at in values.clone() {
                if at > values.start {
                    self.json.push(',');
                }
                self.string(self.values[at]);
            }
            if as_list {
                self.json.push(']');
            }
        }
        self.json.push_str("}}");
    }

    fn string(&mut self, value: Value<'t>) {
        self.json.push('"');
        if value.escaped {
            self.escaped(value.text);
        } else {
            self.json.push_str(value.text);
        }
        self.json.push('"');
    }

    /// From the escapes of the language to those of JSON.
    fn escaped(&mut self, text: &str) {
        let mut characters = text.chars();
        while let Some(character) = characters.next() {
            let meant = match character {
                '\\' => match characters.next() {
                    Some('n') => '\n',
                    Some('r') => '\r',
                    Some('t') => '\t',
                    Some('u') => {
                        let hex: String = characters
                            .by_ref()
                            .skip(1)
                            .take_while(|c| *c != '}')
                            .collect();
                        let code = u32::from_str_radix(&hex, 16).ok();
                        code.and_then(char::from_u32).unwrap_or('\u{FFFD}')
                    }
                    Some(other) => other,
                    None => '\\',
                },
                other => other,
            };
            match meant {
                '"' | '\\' => self.json.extend(['\\', meant]),
                '\n' => self.json.push_str("\\n"),
                '\r' => self.json.push_str("\\r"),
                '\t' => self.json.push_str("\\t"),
                '\u{8}' => self.json.push_str("\\b"),
                '\u{C}' => self.json.push_str("\\f"),
                _ if meant < ' ' => {
                    let code = u32::from(meant);
                    self.json.push_str(&format!("\\u{code:04x}"));
                }
                _ => self.json.push(meant),
            }
        }
    }
}

/// Whether a comparison becomes several rules.
fn spreads(comparison: &Comparison<'_>) -> bool {
    comparison.operator != Operator::In && comparison.values.len() > 1
}

/// The fields that take no operator but IN.
fn takes_lists(field: &str) -> bool {
    matches!(
        field,
        "seniority_level"
            | "department"
            | "company_industry"
            | "company_revenue_range"
            | "company_employee_count_range"
            | "age_range"
            | "gender"
            | "income_range_lc"
            | "INTENT"
            | "score"
    )
}
