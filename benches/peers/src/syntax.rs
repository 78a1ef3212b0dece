//! One expression in the syntax of each contestant.

use std::fmt::Write;

use crate::inputs::{Expr, Operator, text};

/// The languages of the contestants.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// filterc's own.
    Filterc,
    /// SQL's `WHERE`, which CQL2 text is too.
    Sql,
    Wirefilter,
    Zen,
    Cel,
    /// A whole policy.
    Cedar,
}

impl Syntax {
    pub const ALL: [Self; 6] = [
        Self::Filterc,
        Self::Sql,
        Self::Wirefilter,
        Self::Zen,
        Self::Cel,
        Self::Cedar,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Filterc => "filterc",
            Self::Sql => "sql",
            Self::Wirefilter => "wirefilter",
            Self::Zen => "zen",
            Self::Cel => "cel",
            Self::Cedar => "cedar",
        }
    }

    pub fn render(self, expr: &Expr) -> String {
        if self == Self::Filterc {
            return text(expr);
        }
        let mut out = String::new();
        self.expr(expr, &mut out);
        if self == Self::Cedar {
            out = format!("permit(principal, action, resource) when {{ {out} }};");
        }
        out
    }

    fn words(self) -> [&'static str; 3] {
        match self {
            Self::Sql => [" AND ", " OR ", "NOT "],
            Self::Cel | Self::Cedar => [" && ", " || ", "!"],
            Self::Zen | Self::Wirefilter | Self::Filterc => [" and ", " or ", "not "],
        }
    }

    fn expr(self, expr: &Expr, out: &mut String) {
        let [and, or, not] = self.words();
        match expr {
            Expr::And(operands) => self.operands(operands, and, out),
            Expr::Or(operands) => self.operands(operands, or, out),
            Expr::Not(operand) => {
                out.push_str(not);
                self.operand(operand, out);
            }
            Expr::Compare {
                field,
                operator,
                values,
            } => out.push_str(&self.comparison(field, *operator, values)),
        }
    }

    fn operands(self, operands: &[Expr], between: &str, out: &mut String) {
        for (at, operand) in operands.iter().enumerate() {
            if at > 0 {
                out.push_str(between);
            }
            self.operand(operand, out);
        }
    }

    fn operand(self, expr: &Expr, out: &mut String) {
        let is_group = matches!(expr, Expr::And(_) | Expr::Or(_));
        if is_group {
            out.push('(');
        }
        self.expr(expr, out);
        if is_group {
            out.push(')');
        }
    }

    fn comparison(self, field: &str, operator: Operator, values: &[String]) -> String {
        use Operator::{Contains, Equal, In, NotEqual, NotIn};
        let first = values.first().map_or("", String::as_str);
        let list = self.list(values);
        match (self, operator) {
            (Self::Sql, Equal) => format!("{field} = '{first}'"),
            (Self::Sql, NotEqual) => format!("{field} <> '{first}'"),
            (Self::Sql, In) => format!("{field} IN ({list})"),
            (Self::Sql, NotIn) => format!("{field} NOT IN ({list})"),
            (Self::Sql, Contains) => format!("{field} LIKE '%{first}%'"),

            (Self::Wirefilter, In) => format!("{field} in {{{list}}}"),
            (Self::Wirefilter, NotIn) => format!("not {field} in {{{list}}}"),
            (Self::Wirefilter, Contains) => format!("{field} contains \"{first}\""),

            (Self::Zen, NotIn) => format!("{field} not in [{list}]"),
            (Self::Zen, Contains) => format!("contains({field}, \"{first}\")"),

            (Self::Cel, NotIn) => format!("!({field} in [{list}])"),
            (Self::Cel, Contains) => format!("{field}.contains(\"{first}\")"),

            (Self::Cedar, Equal) => format!("context.{field} == \"{first}\""),
            (Self::Cedar, NotEqual) => format!("context.{field} != \"{first}\""),
            (Self::Cedar, In) => format!("[{list}].contains(context.{field})"),
            (Self::Cedar, NotIn) => format!("!([{list}].contains(context.{field}))"),
            (Self::Cedar, Contains) => format!("context.{field} like \"*{first}*\""),

            (_, Equal) => format!("{field} == \"{first}\""),
            (_, NotEqual) => format!("{field} != \"{first}\""),
            (_, In) => format!("{field} in [{list}]"),
            (Self::Filterc, NotIn | Contains) => String::new(),
        }
    }

    fn list(self, values: &[String]) -> String {
        let between = if self == Self::Wirefilter { " " } else { ", " };
        let quote = if self == Self::Sql { '\'' } else { '"' };
        let mut list = String::new();
        for (at, value) in values.iter().enumerate() {
            if at > 0 {
                list.push_str(between);
            }
            // Writing to a string cannot fail.
            let _ = write!(list, "{quote}{value}{quote}");
        }
        list
    }
}
