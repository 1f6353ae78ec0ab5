//! Writing: every number in its shortest form, every record in the order of its keys.

use super::{ARRAY, BYTES, MAP, NULL, NUMBER, TEXT, Value};

/// What is written so far.
#[derive(Default)]
pub(crate) struct Writer(pub(crate) Vec<u8>);

impl Writer {
    /// A major type and its number: a value, a length or a count.
    #[inline(never)]
    pub(crate) fn head(&mut self, major: u8, number: u64) {
        let bytes = number.to_be_bytes();
        let (info, size) = match number {
            0..24 => (bytes[7], 0),
            24..0x100 => (24, 1),
            0x100..0x1_0000 => (25, 2),
            0x1_0000..0x1_0000_0000 => (26, 4),
            _ => (27, 8),
        };
        self.0.push(major << 5 | info);
        self.0.extend_from_slice(&bytes[8 - size..]);
    }

    #[inline(never)]
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.head(BYTES, bytes.len() as u64);
        self.0.extend_from_slice(bytes);
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.head(TEXT, text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    pub(crate) fn simple(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// A record whose fields stand under keys; absent ones are left out.
    pub(crate) fn map(&mut self) -> Record<'_> {
        Record { start: self.0.len(), end: self.0.len(), count: 0, is_keyed: true, out: self }
    }

    /// A record whose fields stand in a row; absent ones are null, and left out at the end.
    pub(crate) fn array(&mut self) -> Record<'_> {
        Record { is_keyed: false, ..self.map() }
    }

    /// A variant that has fields.
    pub(crate) fn variant(&mut self, number: u64) -> Record<'_> {
        self.head(ARRAY, 2);
        self.head(NUMBER, number);
        self.array()
    }
}

/// The fields of a record, put in ascending order.
pub(crate) struct Record<'w> {
    out: &'w mut Writer,
    start: usize,
    /// Behind the last field that is there.
    end: usize,
    count: u64,
    is_keyed: bool,
}

impl Record<'_> {
    #[inline(never)]
    pub(crate) fn put(&mut self, key: u32, value: &dyn Value) {
        match (value.is_absent(), self.is_keyed) {
            (true, true) => return,
            (true, false) => return self.out.simple(NULL),
            (false, true) => {
                self.out.head(NUMBER, u64::from(key));
                self.count += 1;
            }
            (false, false) => self.count = u64::from(key) + 1,
        }
        value.write(self.out);
        self.end = self.out.0.len();
    }

    /// Puts the count in front: only now is it known.
    #[inline(never)]
    pub(crate) fn close(self) {
        self.out.0.truncate(self.end);
        let fields = self.out.0.split_off(self.start);
        self.out.head(if self.is_keyed { MAP } else { ARRAY }, self.count);
        self.out.0.extend_from_slice(&fields);
    }

    /// As [`Record::close`], with what a newer app had added.
    pub(crate) fn close_with(mut self, newer: &[(u32, Vec<u8>)]) {
        for (key, value) in newer {
            self.out.head(NUMBER, u64::from(*key));
            self.out.0.extend_from_slice(value);
            self.count += 1;
        }
        self.end = self.out.0.len();
        self.close();
    }
}
