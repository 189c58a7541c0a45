//! The words of JSON, as they stand in a text.

use std::borrow::Cow;
use std::fmt;

/// The text is not JSON, or not what was expected there. Nobody reads why: see `json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not the JSON that was expected")
    }
}

impl std::error::Error for Unreadable {}

impl serde::de::Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// A whole number.
pub(super) enum Integer {
    Positive(u64),
    Negative(i64),
}

/// A text and how far it has been read.
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    /// The first byte of what comes next, after any white space; 0 at the end.
    pub(super) fn peek(&mut self) -> u8 {
        while matches!(self.byte(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
        self.byte()
    }

    /// Reads this byte if it comes next.
    pub(super) fn take(&mut self, expected: u8) -> bool {
        let comes = self.peek() == expected;
        self.at += usize::from(comes);
        comes
    }

    /// Reads this byte, which must come next.
    pub(super) fn expect(&mut self, expected: u8) -> Result<(), Unreadable> {
        if self.take(expected) { Ok(()) } else { Err(Unreadable) }
    }

    /// Whether nothing comes next.
    pub(super) fn is_at_end(&mut self) -> bool {
        self.peek();
        self.at == self.text.len()
    }

    /// Reads this word if it comes next.
    pub(super) fn word(&mut self, word: &str) -> bool {
        self.peek();
        self.bare(word)
    }

    /// Reads these bytes if they stand right here.
    fn bare(&mut self, word: &str) -> bool {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let comes = rest.starts_with(word.as_bytes());
        self.at += if comes { word.len() } else { 0 };
        comes
    }

    pub(super) fn integer(&mut self) -> Result<Integer, Unreadable> {
        let negative = self.take(b'-');
        let start = self.at;
        let mut value = 0_u64;
        while self.byte().is_ascii_digit() {
            let digit = u64::from(self.byte() - b'0');
            let shifted = value.checked_mul(10).ok_or(Unreadable)?;
            value = shifted.checked_add(digit).ok_or(Unreadable)?;
            self.at += 1;
        }
        if start == self.at || matches!(self.byte(), b'.' | b'e' | b'E') {
            return Err(Unreadable);
        }
        if negative {
            let negated = 0_i64.checked_sub_unsigned(value).ok_or(Unreadable)?;
            return Ok(Integer::Negative(negated));
        }
        Ok(Integer::Positive(value))
    }

    /// Reads a string; borrowed where it has no escapes.
    pub(super) fn string(&mut self) -> Result<Cow<'a, str>, Unreadable> {
        self.expect(b'"')?;
        let mut plain = self.plain()?;
        if self.byte() == b'"' {
            self.at += 1;
            return Ok(Cow::Borrowed(plain));
        }
        let mut whole = String::new();
        loop {
            whole.push_str(plain);
            self.at += 1;
            if self.text.as_bytes().get(self.at - 1) == Some(&b'"') {
                return Ok(Cow::Owned(whole));
            }
            whole.push(self.escaped()?);
            plain = self.plain()?;
        }
    }

    /// Reads up to the quote or backslash that must come.
    fn plain(&mut self) -> Result<&'a str, Unreadable> {
        let start = self.at;
        while !matches!(self.byte(), b'"' | b'\\') {
            // A control character, or the end.
            if self.byte() < b' ' {
                return Err(Unreadable);
            }
            self.at += 1;
        }
        self.text.get(start..self.at).ok_or(Unreadable)
    }

    /// Reads what follows a backslash.
    fn escaped(&mut self) -> Result<char, Unreadable> {
        let kind = self.byte();
        self.at += 1;
        Ok(match kind {
            b'"' | b'\\' | b'/' => char::from(kind),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.code_point(),
            _ => return Err(Unreadable),
        })
    }

    /// Reads the digits after `\u`, and the second half of a pair of surrogates.
    fn code_point(&mut self) -> Result<char, Unreadable> {
        let mut code = self.four_digits()?;
        if (0xd800..0xdc00).contains(&code) {
            if !self.bare("\\u") {
                return Err(Unreadable);
            }
            let low = self.four_digits()?;
            if !(0xdc00..0xe000).contains(&low) {
                return Err(Unreadable);
            }
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        }
        char::from_u32(code).ok_or(Unreadable)
    }

    fn four_digits(&mut self) -> Result<u32, Unreadable> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = char::from(self.byte()).to_digit(16).ok_or(Unreadable)?;
            code = code * 16 + digit;
            self.at += 1;
        }
        Ok(code)
    }

    /// Reads any value without looking at it: only that brackets and strings are closed.
    pub(super) fn skip(&mut self) -> Result<(), Unreadable> {
        let mut open = 0_u32;
        loop {
            match self.peek() {
                b'"' => {
                    self.string()?;
                }
                b'{' | b'[' => {
                    open += 1;
                    self.at += 1;
                    continue;
                }
                b'}' | b']' => {
                    open = open.checked_sub(1).ok_or(Unreadable)?;
                    self.at += 1;
                }
                b',' | b':' if open > 0 => {
                    self.at += 1;
                    continue;
                }
                b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {
                    while matches!(self.byte(), b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z')
                    {
                        self.at += 1;
                    }
                }
                _ => return Err(Unreadable),
            }
            if open == 0 {
                return Ok(());
            }
        }
    }
}
