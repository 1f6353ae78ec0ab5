//! Who of several tabs may: Web Locks, which the browser hands on by itself when a tab dies.

use super::store::Store;
use super::{Fault, call, clock, global, object, property};
use futures_util::future::{Either, select};
use js_sys::{Function, Promise};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// How long a tab may hold a lease where the browser has no locks.
const LEASE_MS: u64 = 60_000;

/// Held until dropped.
pub(crate) struct Lock {
    release: Option<Function>,
    lease: Option<(Store, String, Vec<u8>)>,
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(release) = &self.release {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
        if let Some((store, name, mine)) = self.lease.take() {
            spawn_local(async move {
                let is_mine = |lease: Option<&[u8]>| lease == Some(&mine);
                let _ = store.swap_meta(&name, is_mine, None).await;
            });
        }
    }
}

/// The lock, if no other tab has it: for work that one tab does for all.
pub(crate) async fn try_hold(store: &Store, name: &str) -> Option<Lock> {
    match request(name).await {
        Ok(lock) => lock,
        // An old browser. Two tabs that both think they have the lease do double work and no harm.
        Err(_) => lease(store, name).await.ok().flatten(),
    }
}

async fn request(name: &str) -> Result<Option<Lock>, Fault> {
    let locks = property(&global("navigator")?, "locks")?;
    let release = Rc::new(RefCell::new(None));
    let kept = release.clone();
    // The browser calls back with the lock or with null, and holds it until the promise is settled.
    let mut answer = None;
    let granted = Promise::new(&mut |resolve, _| answer = Some(resolve));
    let callback = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        let held = Promise::new(&mut |resolve, _| *kept.borrow_mut() = Some(resolve));
        let is_mine = !lock.is_null();
        let _ = answer.as_ref().map(|answer| answer.call1(&JsValue::UNDEFINED, &is_mine.into()));
        if is_mine { held.into() } else { JsValue::UNDEFINED }
    });
    let options = object(&[("ifAvailable", true.into())]);
    let request = call(&locks, "request", &[name.into(), options.into(), callback])?;
    // If asking itself fails, the request is rejected and the callback never called.
    let failed = JsFuture::from(Promise::resolve(&request));
    let is_mine = match select(JsFuture::from(granted), failed).await {
        Either::Left((granted, _)) => granted?.is_truthy(),
        Either::Right((ended, _)) => ended.map(|_| false)?,
    };
    let release = release.borrow_mut().take().filter(|_| is_mine);
    Ok(release.map(|release: Function| Lock { release: Some(release), lease: None }))
}

async fn lease(store: &Store, name: &str) -> Result<Option<Lock>, Fault> {
    let now = clock::now_ms();
    let mine = [(now + LEASE_MS).to_be_bytes().as_slice(), &clock::random::<8>()].concat();
    let has_ended =
        |lease: &[u8]| lease.first_chunk().is_none_or(|until| u64::from_be_bytes(*until) < now);
    let name = format!("lease:{name}");
    let taken = store.swap_meta(&name, |lease| lease.is_none_or(has_ended), Some(&mine)).await?;
    Ok(taken.then(|| Lock { release: None, lease: Some((store.clone(), name, mine)) }))
}

#[cfg(all(test, target_arch = "wasm32"))]
#[expect(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;
    use crate::device::stub::Stub;
    use crate::device::wake::sleep;
    use wasm_bindgen_test::wasm_bindgen_test;

    /// One tab syncs, the others find the lock taken, and get it when the first lets go.
    async fn one_at_a_time() {
        let store = Store::of("locks");
        let name = format!("{:?}", clock::uuid());
        let first = try_hold(&store, &name).await.unwrap();
        assert!(try_hold(&store, &name).await.is_none());
        assert!(try_hold(&store, "another").await.is_some());
        drop(first);
        while try_hold(&store, &name).await.is_none() {
            sleep(5).await;
        }
    }

    #[wasm_bindgen_test]
    async fn one_tab_at_a_time_holds_a_lock() {
        one_at_a_time().await;
    }

    #[wasm_bindgen_test]
    async fn without_web_locks_a_lease_does() {
        let _gone = Stub::of(&global("navigator").unwrap(), "locks", &JsValue::UNDEFINED);
        assert!(request("any").await.is_err());
        one_at_a_time().await;
    }

    #[wasm_bindgen_test]
    async fn the_lease_of_a_dead_tab_ends() {
        let store = Store::of("locks");
        let name = format!("{:?}", clock::uuid());
        let ended = clock::now_ms() - 1;
        store.put_meta(&format!("lease:{name}"), &ended.to_be_bytes()).await.unwrap();
        assert!(lease(&store, &name).await.unwrap().is_some());
        assert!(lease(&store, &name).await.unwrap().is_none());
    }
}
