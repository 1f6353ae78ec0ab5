//! What the tests share.

pub(crate) mod http;
pub(crate) mod mail;
pub(crate) mod phone;
pub(crate) mod place;
pub(crate) mod process;
pub(crate) mod rows;
pub(crate) mod school;
