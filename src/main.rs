//! The app.
#![expect(dead_code, reason = "the session, which calls all this, comes next")]

mod device;

fn main() {}
