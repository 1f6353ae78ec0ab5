//! What several screens share. Parts show what they are given: they know no session, no device, no rule.
//!
//! - `el`: elements, links, buttons, and what is drawn again when something changes
//! - `frame`: `top_bar`, `tab_bar`, `page` (heading, way back), `action_bar` (the primary action at the thumb)
//! - `icons`: `icon(Icon)`, the few pictures
//! - `state`: `state_chip(Tone, words)`, `notice`, `empty`, `level_mark`, `level_track`
//! - `choices`: `choice` (one of several), `choices` (any of several), `finding_choice`, `text_field`, `line_field`
//! - `undo`: `undo` (eight seconds), `offer_undo`
//! - `long_list`: `long_list`, some sixty rows mounted of any number
//! - `qr`: a QR code
//! - `feel`: what the hand feels
//! - `dates`: days, times and durations by the browser's own Intl

pub(crate) mod choices;
pub(crate) mod dates;
pub(crate) mod el;
pub(crate) mod feel;
pub(crate) mod frame;
pub(crate) mod icons;
pub(crate) mod long_list;
pub(crate) mod qr;
pub(crate) mod state;
pub(crate) mod undo;

pub(crate) use choices::{choice, choices, finding_choice, line_field, text_field};
pub(crate) use el::{El, Part, button, el, follow, keyed, link, live, nothing, section, soft};
pub(crate) use frame::{action_bar, page, page_named};
pub(crate) use icons::{Icon, icon};
pub(crate) use long_list::long_list;
pub(crate) use state::{Tone, empty, level_mark, level_track, needs_you, notice, state_chip};
pub(crate) use undo::{offer_undo, undo};
