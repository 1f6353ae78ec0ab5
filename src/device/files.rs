//! Out of the app: a file to keep, a link to pass on.

use super::{Fault, call, global, settled, window};
use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, HtmlInputElement, Url};

/// Hands bytes to the browser as a download.
pub(crate) fn download(name: &str, mime: &str, bytes: &[u8]) -> Result<(), Fault> {
    let url = Url::create_object_url_with_blob(&blob(bytes, mime)?)?;
    let document = window()?.document().ok_or_else(|| Fault::Unsupported("no document".into()))?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser has taken its own hold of the bytes by now.
    Url::revoke_object_url(&url)?;
    Ok(())
}

/// Bytes as the browser takes them, of a kind.
pub(super) fn blob(bytes: &[u8], mime: &str) -> Result<Blob, Fault> {
    let kind = BlobPropertyBag::new();
    kind.set_type(mime);
    let parts = Array::of1(&Uint8Array::from(bytes));
    Ok(Blob::new_with_u8_array_sequence_and_options(&parts, &kind)?)
}

/// Lets the person pick a file and reads it. Whoever picks none is asked nothing more: it never resolves.
pub(crate) async fn pick(kinds: &str) -> Result<Vec<u8>, Fault> {
    let document = window()?.document().ok_or_else(|| Fault::Unsupported("no document".into()))?;
    let input: HtmlInputElement = document.create_element("input")?.unchecked_into();
    input.set_type("file");
    input.set_accept(kinds);
    let picked = Promise::new(&mut |picked, _| input.set_onchange(Some(&picked)));
    input.click();
    settled(picked.into()).await?;
    let files = super::property(&input, "files")?;
    let file = call(&files, "item", &[0.into()])?;
    let bytes = settled(call(&file, "arrayBuffer", &[])?).await?;
    Ok(Uint8Array::new(&bytes).to_vec())
}

/// Opens the browser's print dialog.
pub(crate) fn print() -> Result<(), Fault> {
    Ok(window()?.print()?)
}

/// Puts text on the clipboard; `false` when the browser does not allow it.
pub(crate) async fn copy(text: &str) -> bool {
    let copied = async {
        let clipboard = super::property(&global("navigator")?, "clipboard")?;
        settled(call(&clipboard, "writeText", &[text.into()])?).await
    };
    copied.await.is_ok()
}
