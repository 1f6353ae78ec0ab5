//! Reading: fields in a row, and one look at the end whether all of it was understood.

use super::{ARRAY, BYTES, MAP, NUMBER, TAG, TEXT, Value};

/// Reads on and remembers its first failure: after it nothing is left to read, so no loop goes on.
pub(crate) struct Reader<'b> {
    rest: &'b [u8],
    failed: bool,
}

impl<'b> Reader<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Reader<'b> {
        Reader { rest: bytes, failed: false }
    }

    #[inline(never)]
    pub(crate) fn fail(&mut self) {
        self.rest = &[];
        self.failed = true;
    }

    pub(crate) fn has_failed(&self) -> bool {
        self.failed
    }

    /// Whether all was understood, to the last byte.
    pub(crate) fn is_done(&self) -> bool {
        !self.failed && self.rest.is_empty()
    }

    #[inline(never)]
    fn take(&mut self, count: u64) -> &'b [u8] {
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        if let Some((taken, rest)) = self.rest.split_at_checked(count) {
            self.rest = rest;
            return taken;
        }
        self.fail();
        &[]
    }

    /// The major type of the next item and its number: a value, a length or a count.
    #[inline(never)]
    pub(crate) fn head(&mut self) -> (u8, u64) {
        let first = self.take(1).first().copied().unwrap_or_default();
        let number = match first & 0x1f {
            small @ 0..24 => u64::from(small),
            size @ 24..28 => {
                let bytes = self.take(1 << (size - 24));
                bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
            }
            _ => {
                self.fail();
                0
            }
        };
        (first >> 5, number)
    }

    /// The number of the next item, which has to be of this major type.
    #[inline(never)]
    pub(crate) fn expect(&mut self, major: u8) -> u64 {
        let (found, number) = self.head();
        if found == major {
            return number;
        }
        self.fail();
        0
    }

    #[inline(never)]
    pub(crate) fn bytes(&mut self) -> &'b [u8] {
        let length = self.expect(BYTES);
        self.take(length)
    }

    /// Bytes of exactly this length.
    #[inline(never)]
    pub(crate) fn fill(&mut self, into: &mut [u8]) {
        let bytes = self.bytes();
        if bytes.len() == into.len() {
            into.copy_from_slice(bytes);
        } else {
            self.fail();
        }
    }

    #[inline(never)]
    pub(crate) fn text(&mut self) -> &'b str {
        let length = self.expect(TEXT);
        let text = core::str::from_utf8(self.take(length));
        text.unwrap_or_else(|_| {
            self.fail();
            ""
        })
    }

    /// Takes the next byte if it is this one.
    #[inline(never)]
    pub(crate) fn simple(&mut self, byte: u8) -> bool {
        let is_next = self.rest.first() == Some(&byte);
        if is_next {
            self.take(1);
        }
        is_next
    }

    /// Passes over one item, however deep.
    #[inline(never)]
    pub(crate) fn skip(&mut self) {
        let mut left = 1u64;
        while left > 0 && !self.failed {
            let before = self.rest;
            let (major, number) = self.head();
            let inside = match major {
                BYTES => {
                    self.take(number);
                    0
                }
                TEXT => {
                    self.rest = before;
                    self.text();
                    0
                }
                ARRAY => number,
                MAP => number.saturating_mul(2),
                TAG => 1,
                _ => 0,
            };
            left = (left - 1).saturating_add(inside);
        }
    }

    /// The number of a variant; its fields follow as an array.
    pub(crate) fn variant(&mut self) -> u64 {
        if self.expect(ARRAY) != 2 {
            self.fail();
        }
        self.expect(NUMBER)
    }

    /// A record whose fields stand under keys.
    #[inline(never)]
    pub(crate) fn map(&mut self) -> Fields<'_, 'b> {
        Fields::new(MAP, self)
    }

    /// A record whose fields stand in a row.
    #[inline(never)]
    pub(crate) fn array(&mut self) -> Fields<'_, 'b> {
        Fields::new(ARRAY, self)
    }
}

/// The fields of a record, asked for in ascending order.
pub(crate) struct Fields<'r, 'b> {
    from: &'r mut Reader<'b>,
    is_keyed: bool,
    left: u64,
    key: Option<u32>,
}

impl<'r, 'b> Fields<'r, 'b> {
    fn new(major: u8, from: &'r mut Reader<'b>) -> Fields<'r, 'b> {
        let left = from.expect(major);
        let mut it = Fields { from, is_keyed: major == MAP, left, key: None };
        it.advance();
        it
    }

    /// Goes to the next field. Its key is higher than the one before: no field comes twice.
    fn advance(&mut self) {
        let lowest = self.key.take().map_or(0, |it| u64::from(it) + 1);
        if self.left == 0 || self.from.failed {
            return;
        }
        self.left -= 1;
        let key = if self.is_keyed { self.from.expect(NUMBER) } else { lowest };
        self.key = u32::try_from(key).ok().filter(|_| key >= lowest);
        if self.key.is_none() {
            self.from.fail();
        }
    }

    #[inline(never)]
    pub(crate) fn get(&mut self, key: u32, value: &mut dyn Value) {
        while self.key.is_some_and(|it| it < key) {
            self.from.skip();
            self.advance();
        }
        if self.key == Some(key) {
            value.read(self.from);
            self.advance();
        } else if !value.is_absent() {
            self.from.fail();
        }
    }

    /// Passes over what a newer app added.
    #[inline(never)]
    pub(crate) fn close(mut self) {
        while self.key.is_some() {
            self.from.skip();
            self.advance();
        }
    }

    /// Keeps what a newer app added, as it stands.
    pub(crate) fn close_into(mut self, newer: &mut Vec<(u32, Vec<u8>)>) {
        while let Some(key) = self.key {
            let before = self.from.rest;
            self.from.skip();
            let value = before.get(..before.len() - self.from.rest.len()).unwrap_or_default();
            newer.push((key, value.to_vec()));
            self.advance();
        }
    }
}
