//! The built app, from inside this binary.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};
use serde::Deserialize;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/dist"]
struct Dist;

/// Written by the build of the app: which inline parts of its page are its own.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Inline {
    scripts: Vec<String>,
    styles: Vec<String>,
}

/// Only what the app itself brings may run, load or frame.
pub(crate) fn content_security_policy() -> String {
    let listed = Dist::get("csp.json");
    let inline: Inline =
        listed.and_then(|it| serde_json::from_slice(&it.data).ok()).unwrap_or_default();
    let quoted = |hashes: &[String]| hashes.iter().map(|it| format!(" '{it}'")).collect::<String>();
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{}; style-src 'self'{}; \
         img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; worker-src 'self'; \
         manifest-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'",
        quoted(&inline.scripts),
        quoted(&inline.styles)
    )
}

/// A file of the app, or its page for an address of the app. A missing file is missing: never the page instead.
pub(crate) async fn serve(request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = request.uri().path().trim_start_matches('/');
    let file = if path.is_empty() || is_app_address(path, request.headers()) {
        "index.html"
    } else {
        path
    };
    match find(file, request.headers()) {
        Some((found, encoding)) => answer(file, &found, encoding, request.headers()),
        None => (StatusCode::NOT_FOUND, "not-found").into_response(),
    }
}

/// A browser that opens a page, at an address that names no file.
fn is_app_address(path: &str, headers: &HeaderMap) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    let accept = headers.get(header::ACCEPT).and_then(|it| it.to_str().ok()).unwrap_or_default();
    !last.contains('.') && !path.starts_with("v1/") && accept.contains("text/html")
}

/// The file, in the smallest form that the reader takes and the build made.
fn find(file: &str, headers: &HeaderMap) -> Option<(EmbeddedFile, Option<&'static str>)> {
    let is_for_the_server = file == "csp.json" || file.ends_with(".br") || file.ends_with(".gz");
    if is_for_the_server {
        return None;
    }
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|it| it.to_str().ok());
    let takes = |name: &str| {
        accepted.unwrap_or_default().split(',').any(|it| {
            let mut parts = it.split(';').map(str::trim);
            parts.next() == Some(name) && !parts.any(|it| it == "q=0")
        })
    };
    let small = [("br", "br"), ("gzip", "gz")].into_iter().filter(|(name, _)| takes(name));
    small
        .filter_map(|(name, suffix)| Some((Dist::get(&format!("{file}.{suffix}"))?, Some(name))))
        .next()
        .or_else(|| Some((Dist::get(file)?, None)))
}

fn answer(
    file: &str,
    found: &EmbeddedFile,
    encoding: Option<&'static str>,
    headers: &HeaderMap,
) -> Response {
    let hash: String = found.metadata.sha256_hash().iter().map(|it| format!("{it:02x}")).collect();
    let tag = format!("\"{hash}\"");
    let known =
        headers.get(header::IF_NONE_MATCH).is_some_and(|it| it.as_bytes() == tag.as_bytes());
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Response::new(Body::from(found.data.to_vec()))
    };
    let out = response.headers_mut();
    let caching = if is_hashed(file) { "public, max-age=31536000, immutable" } else { "no-cache" };
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(file)));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        out.insert(header::ETAG, tag);
    }
    if let Some(encoding) = encoding {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// Whether the name changes with the content: the build puts a dash and sixteen hexadecimal digits in it.
fn is_hashed(file: &str) -> bool {
    file.split(['-', '_', '.', '/']).any(|it| {
        it.len() == 16 && it.bytes().all(|it| it.is_ascii_digit() || matches!(it, b'a'..=b'f'))
    })
}

fn content_type(file: &str) -> &'static str {
    match file.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_carry_a_hash() {
        for hashed in ["dubbelspoor-0123456789abcdef.js", "dubbelspoor-0123456789abcdef_bg.wasm"] {
            assert!(is_hashed(hashed), "{hashed}");
        }
        for plain in ["sw.js", "index.html", "manifest.webmanifest", "icons/icon-192.png"] {
            assert!(!is_hashed(plain), "{plain}");
        }
    }

    #[test]
    fn only_pages_get_the_page() {
        let mut page = HeaderMap::new();
        page.insert(header::ACCEPT, HeaderValue::from_static("text/html,*/*;q=0.8"));
        assert!(is_app_address("dagboek/2026", &page));
        assert!(!is_app_address("dagboek/2026", &HeaderMap::new()));
        assert!(!is_app_address("dubbelspoor-0123456789abcdef.js", &page));
        assert!(!is_app_address("v1/nowhere", &page));
    }
}
