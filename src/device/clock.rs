//! The time and the dice of this device. The domain takes both as arguments.

use chrono::NaiveDate;
use js_sys::Date;

/// Milliseconds since 1970 by this device's clock, which may be wrong.
pub(crate) fn now_ms() -> u64 {
    as_ms(Date::now())
}

pub(super) fn as_ms(value: f64) -> u64 {
    // `as` saturates: a clock before 1970 reads as 1970.
    value as u64
}

/// Bytes that nobody can guess.
///
/// # Panics
/// Where the browser has no `crypto`: then it has no keys either and the app has not come this far.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    let filled = web_sys::window()
        .and_then(|window| window.crypto().ok())
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).ok());
    assert!(filled.is_some(), "no source of randomness");
    bytes
}

/// A fresh UUIDv7 (RFC 9562): the time first, so that ids made later sort later.
pub(crate) fn uuid() -> [u8; 16] {
    uuid_at(now_ms(), random())
}

fn uuid_at(ms: u64, mut bytes: [u8; 16]) -> [u8; 16] {
    bytes[..6].copy_from_slice(&ms.to_be_bytes()[2..]);
    bytes[6] = 0x70 | (bytes[6] & 0x0f);
    bytes[8] = 0x80 | (bytes[8] & 0x3f);
    bytes
}

/// The day that it is on the wall clock here.
pub(crate) fn today() -> NaiveDate {
    local_day(now_ms())
}

/// The local day of a moment.
pub(crate) fn local_day(ms: u64) -> NaiveDate {
    let date = Date::new(&(ms as f64).into());
    let year = i32::try_from(date.get_full_year()).unwrap_or(1970);
    NaiveDate::from_ymd_opt(year, date.get_month() + 1, date.get_date()).unwrap_or_default()
}

#[cfg(all(test, target_arch = "wasm32"))]
#[expect(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn an_id_carries_its_time_version_and_variant() {
        let id = uuid_at(0x0123_4567_89ab, [0xff; 16]);
        assert_eq!(id[..6], [0x01, 0x23, 0x45, 0x67, 0x89, 0xab]);
        assert_eq!((id[6] >> 4, id[8] >> 6), (7, 2));
        assert_ne!(uuid(), uuid());
    }

    /// Minutes that the wall clock here is ahead of UTC at that moment.
    fn offset_minutes(ms: u64) -> i32 {
        -Date::new(&(ms as f64).into()).get_timezone_offset() as i32
    }

    #[wasm_bindgen_test]
    fn the_day_is_the_local_day() {
        for ms in [now_ms(), 1_770_000_000_000, 1_790_000_000_000] {
            let local = ms.saturating_add_signed(i64::from(offset_minutes(ms)) * 60_000);
            let day = i64::try_from(local / 86_400_000).unwrap();
            assert_eq!((local_day(ms) - NaiveDate::default()).num_days(), day);
        }
    }
}
