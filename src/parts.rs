//! What several screens share. Parts show what they are given: they know no session, no device, no rule.
//!
//! - `frame`: `TopBar`, `TabBar`, `Page` (heading, way back), `ActionBar` (the primary action at the thumb)
//! - `icons`: `icon(Icon)`, the few pictures
//! - `state`: `state_chip(Tone, words)`, `Notice`, `Empty`, `level_mark`, `level_track`
//! - `choices`: `Choice` (one of several), `Choices` (any of several), `finding_choice`, `TextField`
//! - `undo`: `Undo` (eight seconds), `offer_undo`
//! - `long_list`: `LongList`, some sixty rows mounted of any number
//! - `feel`: what the hand feels
//! - `dates`: days, times and durations by the browser's own Intl

pub(crate) mod choices;
pub(crate) mod dates;
pub(crate) mod feel;
pub(crate) mod frame;
pub(crate) mod icons;
pub(crate) mod long_list;
pub(crate) mod state;
pub(crate) mod undo;

pub(crate) use choices::{Choice, Choices, TextField, finding_choice};
pub(crate) use frame::{ActionBar, Page, TabBar, TopBar};
pub(crate) use icons::{Icon, icon};
pub(crate) use long_list::LongList;
pub(crate) use state::{Empty, Notice, Tone, level_mark, level_track, state_chip};
pub(crate) use undo::{Undo, offer_undo};
