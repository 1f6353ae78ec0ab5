//! What CBOR lacks for our records: days, raw bytes, and fields that a newer app wrote.

use chrono::{Datelike, NaiveDate};
use core::ops::Deref;
use minicbor::{Decode, Decoder, Encode, Encoder, decode, encode};

/// A calendar day as the learner's wall shows it (Europe/Brussels); on the wire days since 1 January 1 CE.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct Day(pub NaiveDate);

impl Deref for Day {
    type Target = NaiveDate;
    fn deref(&self) -> &NaiveDate {
        &self.0
    }
}

impl Day {
    /// The day that an instant falls on in UTC, from milliseconds since 1970.
    pub fn of_millis(millis: u64) -> Day {
        let days = i32::try_from(millis / 86_400_000).unwrap_or(i32::MAX - 719_163);
        Day(NaiveDate::from_num_days_from_ce_opt(719_163 + days).unwrap_or(NaiveDate::MAX))
    }
}

impl<C> Encode<C> for Day {
    fn encode<W: encode::Write>(
        &self,
        out: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), encode::Error<W::Error>> {
        out.i32(self.0.num_days_from_ce())?;
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for Day {
    fn decode(from: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
        NaiveDate::from_num_days_from_ce_opt(from.i32()?)
            .map(Day)
            .ok_or_else(|| decode::Error::message("no such day"))
    }
}

/// Bytes that stay as they are.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Bytes(pub Vec<u8>);

impl<C> Encode<C> for Bytes {
    fn encode<W: encode::Write>(
        &self,
        out: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), encode::Error<W::Error>> {
        out.bytes(&self.0)?;
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for Bytes {
    fn decode(from: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
        Ok(Bytes(from.bytes()?.to_vec()))
    }
}

/// The deterministic encoding of a value. Writing to memory cannot fail.
pub(crate) fn to_bytes<T: Encode<()>>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    let written = minicbor::encode(value, &mut bytes);
    debug_assert!(written.is_ok());
    bytes
}

/// Reads one value that fills the bytes to the last.
pub(crate) fn from_bytes<'b, T: Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T, decode::Error> {
    let mut from = Decoder::new(bytes);
    let value = from.decode()?;
    if from.position() == bytes.len() {
        Ok(value)
    } else {
        Err(decode::Error::message("bytes after the end"))
    }
}

/// Whether the bytes are exactly one well-formed CBOR item.
pub(crate) fn is_well_formed(bytes: &[u8]) -> bool {
    let mut from = Decoder::new(bytes);
    from.skip().is_ok() && from.position() == bytes.len()
}

/// The entries of an integer-keyed map from `first_unknown` on, as they stand: what a newer app wrote.
pub(crate) fn fields_from(
    first_unknown: u32,
    map: &[u8],
) -> Result<Vec<(u32, Vec<u8>)>, decode::Error> {
    let mut from = Decoder::new(map);
    let count = from.map()?.ok_or_else(|| decode::Error::message("map of unknown length"))?;
    let mut fields = Vec::new();
    for _ in 0..count {
        let key = from.u32()?;
        let start = from.position();
        from.skip()?;
        if key >= first_unknown {
            fields.push((key, map.get(start..from.position()).unwrap_or_default().to_vec()));
        }
    }
    Ok(fields)
}

/// Puts such fields back behind the known ones of an encoded map.
pub(crate) fn with_fields(map: &[u8], fields: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let mut from = Decoder::new(map);
    let Ok(Some(count)) = from.map() else { return map.to_vec() };
    let mut bytes = Vec::new();
    let mut out = Encoder::new(&mut bytes);
    let headed = out.map(count + fields.len() as u64).is_ok();
    debug_assert!(headed);
    bytes.extend_from_slice(map.get(from.position()..).unwrap_or_default());
    for (key, value) in fields {
        bytes.extend_from_slice(&to_bytes(key));
        bytes.extend_from_slice(value);
    }
    bytes
}
