//! The built app, from inside this binary.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use serde::Deserialize;
use std::borrow::Cow;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/dist"]
struct Dist;

/// A file as it is served.
struct Stored {
    bytes: Cow<'static, [u8]>,
    /// Changes with the content.
    tag: String,
}

fn embedded(file: &str) -> Option<Stored> {
    let found = Dist::get(file)?;
    let tag = format!("\"{}\"", crate::hex(&found.metadata.sha256_hash()));
    Some(Stored { bytes: found.data, tag })
}

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
    look_up(request.uri().path(), request.headers(), &embedded)
}

type Files<'f> = &'f dyn Fn(&str) -> Option<Stored>;

fn look_up(path: &str, headers: &HeaderMap, files: Files<'_>) -> Response {
    let path = path.trim_start_matches('/');
    let is_page = path.is_empty() || is_app_address(path, headers);
    let file = if is_page { "index.html" } else { path };
    match find(file, headers, files) {
        Some((found, encoding)) => answer(file, found, encoding, headers),
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
fn find(
    file: &str,
    headers: &HeaderMap,
    files: Files<'_>,
) -> Option<(Stored, Option<&'static str>)> {
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
        .filter_map(|(name, suffix)| Some((files(&format!("{file}.{suffix}"))?, Some(name))))
        .next()
        .or_else(|| Some((files(file)?, None)))
}

fn answer(
    file: &str,
    found: Stored,
    encoding: Option<&'static str>,
    headers: &HeaderMap,
) -> Response {
    let tag = HeaderValue::from_str(&found.tag).ok();
    let known = tag.is_some() && headers.get(header::IF_NONE_MATCH) == tag.as_ref();
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Response::new(Body::from(found.bytes.into_owned()))
    };
    let out = response.headers_mut();
    let caching = if is_hashed(file) { "public, max-age=31536000, immutable" } else { "no-cache" };
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(file)));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(tag) = tag {
        out.insert(header::ETAG, tag);
    }
    if let Some(encoding) = encoding {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// Whether the name changes with the content: the build puts a dash and a 64-bit number in hexadecimal in it, without
/// the zeros that it begins with.
fn is_hashed(file: &str) -> bool {
    file.split(['-', '_', '.', '/']).any(|it| {
        (10..=16).contains(&it.len())
            && it.bytes().all(|it| it.is_ascii_digit() || matches!(it, b'a'..=b'f'))
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
        for hashed in ["learner-0123456789abcdef.js", "desk-e956c9deaab3403_bg.wasm"] {
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
        assert!(!is_app_address("learner-0123456789abcdef.js", &page));
        assert!(!is_app_address("v1/nowhere", &page));
    }

    const SCRIPT: &str = "learner-0123456789abcdef.js";

    /// A build with one script, compressed with brotli only.
    fn build(file: &str) -> Option<Stored> {
        let known = ["index.html", "sw.js", "csp.json", SCRIPT, "learner-0123456789abcdef.js.br"];
        let bytes = file.as_bytes().to_vec();
        known.contains(&file).then(|| Stored { bytes: bytes.into(), tag: format!("\"{file}\"") })
    }

    fn ask(path: &str, headers: &[(header::HeaderName, &'static str)]) -> Response {
        let all = headers.iter().cloned().map(|(name, it)| (name, HeaderValue::from_static(it)));
        look_up(path, &all.collect(), &build)
    }

    fn told(response: &Response, name: header::HeaderName) -> &str {
        response.headers().get(name).and_then(|it| it.to_str().ok()).unwrap_or_default()
    }

    #[test]
    fn a_hashed_file_is_kept_for_good_and_the_rest_is_asked_again() {
        let script = ask(&format!("/{SCRIPT}"), &[]);
        assert_eq!(told(&script, header::CACHE_CONTROL), "public, max-age=31536000, immutable");
        assert_eq!(told(&script, header::CONTENT_TYPE), "text/javascript; charset=utf-8");
        for path in ["/", "/sw.js"] {
            let asked = ask(path, &[]);
            assert_eq!(told(&asked, header::CACHE_CONTROL), "no-cache");
            let tag = told(&asked, header::ETAG).to_owned();
            let again = look_up(
                path,
                &[(header::IF_NONE_MATCH, tag.parse().unwrap())].into_iter().collect(),
                &build,
            );
            assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        }
    }

    #[test]
    fn the_smallest_form_that_the_reader_takes() {
        for (takes, gets) in
            [("gzip, deflate, br;q=1.0", "br"), ("gzip", ""), ("br;q=0, gzip", ""), ("", "")]
        {
            let answer = ask(&format!("/{SCRIPT}"), &[(header::ACCEPT_ENCODING, takes)]);
            assert_eq!(told(&answer, header::CONTENT_ENCODING), gets, "{takes}");
            assert_eq!(told(&answer, header::CONTENT_TYPE), "text/javascript; charset=utf-8");
            assert_eq!(told(&answer, header::VARY), "accept-encoding");
        }
    }

    #[test]
    fn a_missing_file_is_never_the_page() {
        let page = [(header::ACCEPT, "text/html,*/*")];
        assert_eq!(told(&ask("/dagboek/nieuw", &page), header::ETAG), "\"index.html\"");
        for missing in ["/desk-fedcba9876543210.js", "/csp.json", "/v1/x", "/sw.js.map"] {
            assert_eq!(ask(missing, &page).status(), StatusCode::NOT_FOUND, "{missing}");
        }
        assert_eq!(ask("/dagboek/nieuw", &[]).status(), StatusCode::NOT_FOUND);
        assert_eq!(ask(&format!("/{SCRIPT}.br"), &page).status(), StatusCode::NOT_FOUND);
    }
}
