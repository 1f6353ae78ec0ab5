//! When somebody wants to be reminded (I4). What was chosen is kept here and goes to the school by itself; what the
//! school was told last stands beside it, so that a choice made meanwhile still waits.

use super::school::{NoAnswer, answered};
use super::survey::Given;
use super::{Fault, NotKept, Session};
use crate::device::net;
use dubbelspoor_domain::wire::path;

const CHOSEN: &str = "reminders";
/// What the school was told, behind one byte: whether it reminds.
const TOLD: &str = "reminders-told";
const TAKEN: u8 = 1;
const NOT_TAKEN: u8 = 0;

impl Session {
    /// The bytes of what was chosen on this device, and how far they are.
    pub(crate) async fn reminders(self) -> Result<Option<(Vec<u8>, Given)>, Fault> {
        let store = &self.inner().store;
        let Some(chosen) = store.meta(CHOSEN).await? else { return Ok(None) };
        let given = match store.meta(TOLD).await?.as_deref() {
            Some([TAKEN, told @ ..]) if *told == chosen[..] => Given::Sent,
            Some([NOT_TAKEN, told @ ..]) if *told == chosen[..] => Given::NotTaken,
            _ => Given::Waits,
        };
        Ok(Some((chosen, given)))
    }

    /// What the school has, as bytes; nothing when it has nothing or cannot be reached.
    pub(crate) async fn reminders_at_school(self) -> Option<Vec<u8>> {
        answered(net::get(path::REMINDERS).await.ok()?).ok()
    }

    /// Keeps a choice, to be told when there is a line, and lets go of the draft of it.
    pub(crate) async fn choose_reminders(
        self,
        chosen: Vec<u8>,
        draft: String,
    ) -> Result<(), NotKept> {
        self.inner().store.put_meta(CHOSEN, &chosen).await?;
        self.keep_draft(&draft, String::new());
        self.after_save(false);
        Ok(())
    }

    /// Tells the school, where it does not know yet.
    pub(crate) async fn send_reminders(self) -> Result<(), NoAnswer> {
        let Some((chosen, Given::Waits)) = self.reminders().await? else { return Ok(()) };
        let outcome = match self.ask(path::REMINDERS, chosen.clone()).await {
            Ok(_) => TAKEN,
            Err(NoAnswer::No) => NOT_TAKEN,
            Err(why) => return Err(why),
        };
        let told = [&[outcome][..], &chosen].concat();
        Ok(self.inner().store.put_meta(TOLD, &told).await?)
    }
}
