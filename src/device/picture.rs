//! Pictures as the browser draws them anew: smaller, and without what the camera wrote beside them.

use super::files::blob;
use super::{Fault, call, global, object, settled};
use js_sys::{Array, Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Url;

/// What kind of file we keep.
const JPEG: &str = "image/jpeg";

/// A picture that the browser could read.
pub(crate) struct Picture(JsValue);

impl Picture {
    /// Reads a file of whatever kind this browser knows; turned upright as the camera was held.
    ///
    /// # Errors
    /// When it is no picture that this browser reads.
    pub(crate) async fn read(file: &[u8]) -> Result<Picture, Fault> {
        let blob = blob(file, JPEG)?;
        let page = js_sys::global();
        Ok(Picture(settled(call(&page, "createImageBitmap", &[blob.into()])?).await?))
    }

    /// Drawn with at most so many pixels on a side, as a JPEG of a quality up to 1.
    pub(crate) async fn draw(&self, side: f64, quality: f64) -> Result<Vec<u8>, Fault> {
        let of = |name: &str| {
            let length = Reflect::get(&self.0, &name.into())?.as_f64();
            length.ok_or_else(|| Fault::Unsupported(format!("a picture without {name}")))
        };
        let (width, height) = (of("width")?, of("height")?);
        let scale = (side / width.max(height)).min(1.0);
        let whole = |length: f64| JsValue::from((length * scale).round().max(1.0));
        let [width, height] = [whole(width), whole(height)];
        let constructor: Function = global("OffscreenCanvas")?.unchecked_into();
        let size = Array::of2(&width, &height);
        let canvas = Reflect::construct(&constructor, &size)?;
        let pen = call(&canvas, "getContext", &["2d".into()])?;
        let origin = JsValue::from(0);
        // What is transparent would become black.
        Reflect::set(&pen, &"fillStyle".into(), &"white".into())?;
        // Small handwriting stays legible.
        Reflect::set(&pen, &"imageSmoothingQuality".into(), &"high".into())?;
        let corners = [origin.clone(), origin.clone(), width.clone(), height.clone()];
        call(&pen, "fillRect", &corners)?;
        call(&pen, "drawImage", &[self.0.clone(), origin.clone(), origin, width, height])?;
        let asked = object(&[("type", JPEG.into()), ("quality", quality.into())]);
        let drawn = settled(call(&canvas, "convertToBlob", &[asked.into()])?).await?;
        let bytes = settled(call(&drawn, "arrayBuffer", &[])?).await?;
        Ok(Uint8Array::new(&bytes).to_vec())
    }
}

impl Drop for Picture {
    fn drop(&mut self) {
        // Twelve million pixels are 48 MB that nobody needs any more.
        let _ = call(&self.0, "close", &[]);
    }
}

/// An address of this page under which a JPEG can be shown, until [`forget`].
pub(crate) fn address_of(jpeg: &[u8]) -> Result<String, Fault> {
    Ok(Url::create_object_url_with_blob(&blob(jpeg, JPEG)?)?)
}

/// Nobody shows it any more.
pub(crate) fn forget(address: &str) {
    let _ = Url::revoke_object_url(address);
}
