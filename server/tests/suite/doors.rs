//! What stands around every answer: other sites stay out, browsers are told to be strict, the app is served from inside.

use crate::support::http::{Answer, get, post, request, send};
use crate::support::place::{Kind, Place};
use crate::support::school::{School, settings};
use dubbelspoor_domain::wire::path;
use dubbelspoor_server::app::Settings;
use http_body_util::Full;
use hyper::StatusCode;
use hyper::header::{HeaderName, HeaderValue};

async fn school() -> School {
    School::open(Place::new(Kind::Sqlite).await.unwrap()).await
}

async fn post_with(school: &School, headers: &[(&'static str, &'static str)]) -> Answer {
    let mut it = post(path::PUSH, vec![0x80]);
    for (name, value) in headers {
        let name = HeaderName::from_static(name);
        it.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    send(school.address, it).await.unwrap()
}

#[tokio::test]
async fn no_other_site_speaks_for_a_visitor() {
    let school = school().await;
    for foreign in [
        [("sec-fetch-site", "cross-site")],
        [("sec-fetch-site", "same-site")],
        [("origin", "https://elders.example")],
        [("origin", "null")],
        [("x-dl", "0")],
    ] {
        let answer = post_with(&school, &foreign).await;
        assert_eq!(
            (answer.status, answer.text()),
            (StatusCode::FORBIDDEN, "foreign"),
            "{foreign:?}"
        );
    }
    let form = post_with(&school, &[("content-type", "application/x-www-form-urlencoded")]).await;
    assert_eq!(form.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    for ours in [
        &[("sec-fetch-site", "same-origin"), ("origin", "http://localhost")][..],
        &[("sec-fetch-site", "none")],
        &[],
    ] {
        // Past the door, where it turns out not to be a message.
        assert_eq!(post_with(&school, ours).await.status, StatusCode::BAD_REQUEST, "{ours:?}");
    }
    let reading = request("GET", path::HEADS).header("sec-fetch-site", "cross-site");
    let reading = send(school.address, reading.body(Full::default()).unwrap()).await.unwrap();
    assert_eq!(reading.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn behind_a_proxy_the_configured_address_is_ours() {
    let place = Place::new(Kind::Sqlite).await.unwrap();
    let settings = Settings { origin: "https://leren.example".into(), ..settings() };
    let school = School::open_with(place, settings).await;
    let ours = post_with(&school, &[("origin", "https://leren.example")]).await;
    assert_eq!(ours.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn every_answer_tells_the_browser_to_be_strict() {
    let school = school().await;
    for address in ["/", "/healthz", path::HEADS, "/nergens.js"] {
        let answer = send(school.address, get(address)).await.unwrap();
        let csp = answer.header("content-security-policy");
        for rule in [
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "style-src 'self'",
            "img-src 'self' blob:;",
            "connect-src 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(csp.contains(rule), "{address}: {csp}");
        }
        assert!(!csp.contains("unsafe-inline") && !csp.contains("'unsafe-eval'"), "{csp}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert!(answer.header("permissions-policy").contains("camera=(self), microphone=(self)"));
        assert!(!answer.headers.contains_key("access-control-allow-origin"));
        assert_eq!(answer.header("x-request-id").len(), 36);
    }
    let reading = send(school.address, get(path::HEADS)).await.unwrap();
    assert_eq!(reading.header("cache-control"), "no-store");
}

#[tokio::test]
async fn what_is_missing_is_missing() {
    let school = school().await;
    for address in
        ["/dubbelspoor-0123456789abcdef.js", "/v1/nergens", "/csp.json", "/../Cargo.toml"]
    {
        let asked = request("GET", address).header("accept", "text/html");
        let answer = send(school.address, asked.body(Full::default()).unwrap()).await.unwrap();
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
        assert!(!answer.header("content-type").contains("html"));
    }
    let posted = post("/dagboek", Vec::new());
    let posted = send(school.address, posted).await.unwrap();
    assert_eq!(posted.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn it_says_how_it_is() {
    let school = school().await;
    let health = send(school.address, get("/healthz")).await.unwrap();
    assert_eq!((health.status, health.text()), (StatusCode::OK, "ok"));
    let metrics = send(school.address, get("/metrics")).await.unwrap();
    let counted = r#"dubbelspoor_requests_total{path="/healthz",status="200"} 1"#;
    assert!(metrics.text().contains(counted), "{}", metrics.text());
    let outside = request("GET", "/metrics").header("x-forwarded-for", "84.1.2.3");
    let outside = send(school.address, outside.body(Full::default()).unwrap()).await.unwrap();
    assert_eq!(outside.status, StatusCode::NOT_FOUND);
    school.store().close().await;
    let health = send(school.address, get("/healthz")).await.unwrap();
    assert_eq!((health.status, health.text()), (StatusCode::SERVICE_UNAVAILABLE, "unavailable"));
    assert!(health.headers.contains_key("retry-after"));
}
