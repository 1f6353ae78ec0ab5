//! A word to the other tabs of this app. A hint only: whoever misses it reads the same storage later.

use super::wake::Listener;
use dubbelspoor_domain::id::DossierId;
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, MessageEvent};

const NAME: &str = "dubbelspoor";

/// Speaks and listens until dropped; mute where the browser has no such thing.
pub(crate) struct Channel {
    channel: Option<BroadcastChannel>,
    _listener: Option<Listener>,
}

impl Channel {
    /// Calls back when another tab has changed a dossier of this account.
    pub(crate) fn open(account: &str, heard: impl Fn(DossierId) + 'static) -> Channel {
        let channel = BroadcastChannel::new(&format!("{NAME}-{account}")).ok();
        let listener = channel.as_ref().map(|channel| {
            Listener::new(channel, "message", move |event| {
                let data = event.dyn_into::<MessageEvent>().ok().map(|event| event.data());
                let text = data.and_then(|data| data.as_string());
                if let Some(dossier) = text.and_then(|text| DossierId::from_hex(&text)) {
                    heard(dossier);
                }
            })
        });
        Channel { channel, _listener: listener }
    }

    /// Tells the other tabs that a dossier changed.
    pub(crate) fn notify(&self, dossier: DossierId) {
        if let Some(channel) = &self.channel {
            let _ = channel.post_message(&dossier.to_string().into());
        }
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.close();
        }
    }
}

#[cfg(all(test, target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::device::wake::sleep;
    use std::cell::RefCell;
    use std::rc::Rc;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn the_other_tabs_hear_it_and_no_other_account() {
        let heard = Rc::new(RefCell::new(Vec::new()));
        let listen = |account, name: &'static str| {
            let heard = heard.clone();
            Channel::open(account, move |dossier| heard.borrow_mut().push((name, dossier)))
        };
        let (speaker, _other) = (listen("a", "speaker"), listen("a", "other"));
        let _stranger = listen("b", "stranger");
        speaker.notify(DossierId([5; 16]));
        while heard.borrow().is_empty() {
            sleep(5).await;
        }
        assert_eq!(*heard.borrow(), [("other", DossierId([5; 16]))]);
    }
}
