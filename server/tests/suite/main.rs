//! The server as phones meet it: the real router on a real port, real databases, and the phone's own code as the client.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop here")]

mod api;
mod centres;
mod colleagues;
mod curriculum;
mod devices;
mod doors;
mod files;
mod forgery;
mod handover;
mod instances;
mod join;
mod kill;
mod line;
mod live;
mod monitoring;
mod periods;
mod quarantine;
mod reminders;
mod restore;
mod roles;
mod session;
mod store;
mod store_people;
mod support;
mod survey;
mod sync;
