//! Messages to the school's server and back. An answer is only what the server itself said: a login page
//! of a train's Wi-Fi is none.

use super::wake::sleep;
use super::{Fault, call, global, note, settled, window};
use futures_util::future::{Either, select};
use js_sys::{Array, Date, Function, Reflect, Uint8Array};
use std::cell::RefCell;
use std::pin::pin;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    AbortController, Blob, Headers, ReadableStreamDefaultReader, Request, RequestCache,
    RequestCredentials, RequestInit, RequestRedirect, Response,
};

const CBOR: &str = "application/cbor";
/// The longest that we wait for the next byte.
const STALL_MS: u32 = 30_000;
/// Below this, compressing costs more than it saves.
const WORTH_ZIPPING: usize = 1024;

thread_local! {
    static PERSON: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Whose session every request of this page means from now on: a device may have several people and one cookie.
pub(crate) fn speak_as(person: &str) {
    PERSON.with(|it| person.clone_into(&mut it.borrow_mut()));
}

/// What the server said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
    /// The server's clock, in milliseconds since 1970.
    pub(crate) server_ms: Option<u64>,
    /// How long the server asks to be left alone.
    pub(crate) retry_after_ms: Option<u32>,
}

/// Reads.
///
/// # Errors
/// [`Fault::Offline`] when no answer came, or one that is not the server's.
pub(crate) async fn get(path: &str) -> Result<Answer, Fault> {
    exchange(path, None, CBOR, RequestCredentials::SameOrigin, STALL_MS).await
}

/// Fetches a file of this kind.
///
/// # Errors
/// As [`get`].
pub(crate) async fn get_file(path: &str, kind: &str) -> Result<Answer, Fault> {
    exchange(path, None, kind, RequestCredentials::SameOrigin, STALL_MS).await
}

/// Sends CBOR.
///
/// # Errors
/// As [`get`]. The server may have taken the message nevertheless: it has to bear being repeated.
pub(crate) async fn post(path: &str, message: &[u8]) -> Result<Answer, Fault> {
    exchange(path, Some(message), CBOR, RequestCredentials::SameOrigin, STALL_MS).await
}

/// Sends CBOR without the session: nothing around it says who sends it.
///
/// # Errors
/// As [`post`].
pub(crate) async fn post_unnamed(path: &str, message: &[u8]) -> Result<Answer, Fault> {
    exchange(path, Some(message), CBOR, RequestCredentials::Omit, STALL_MS).await
}

/// Gives the request up when its caller does.
struct Abort(AbortController);

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn exchange(
    path: &str,
    message: Option<&[u8]>,
    kind: &str,
    credentials: RequestCredentials,
    stall_ms: u32,
) -> Result<Answer, Fault> {
    let abort = Abort(AbortController::new()?);
    let request = request(path, message, credentials, &abort.0).await?;
    let offline = |fault: Fault| Fault::Offline(format!("{path}: {fault}"));
    let fetching = settled(window()?.fetch_with_request(&request).into());
    let response = within(stall_ms, fetching).await.map_err(offline)?;
    let response: Response = response.unchecked_into();
    let (status, headers) = (response.status(), response.headers());
    let header = |name| headers.get(name).ok().flatten();
    let is_ours = header("content-type").is_some_and(|it| it.starts_with(kind));
    if response.ok() && status != 204 && !is_ours {
        return Err(Fault::Offline(format!("{path}: {status} that is not the server's")));
    }
    let body = read(&response, stall_ms).await.map_err(offline)?;
    let server_ms = header("date").map(|date| Date::parse(&date)).filter(|ms| *ms > 0.0);
    let seconds = header("retry-after").and_then(|it| it.trim().parse::<u32>().ok());
    Ok(Answer {
        status,
        body,
        server_ms: server_ms.map(super::clock::as_ms),
        retry_after_ms: seconds.map(|seconds| seconds.saturating_mul(1000)),
    })
}

async fn request(
    path: &str,
    message: Option<&[u8]>,
    credentials: RequestCredentials,
    abort: &AbortController,
) -> Result<Request, Fault> {
    let headers = Headers::new()?;
    headers.set("accept", CBOR)?;
    // No form and no link of another site can set this.
    headers.set("x-dl", "1")?;
    let person = PERSON.with(|it| it.borrow().clone());
    // What goes without the session says nothing of whose it is.
    if credentials == RequestCredentials::SameOrigin && !person.is_empty() {
        headers.set("x-person", &person)?;
    }
    let init = RequestInit::new();
    if let Some(message) = message {
        init.set_method("POST");
        headers.set("content-type", CBOR)?;
        let zipped = if message.len() > WORTH_ZIPPING { zip(message).await.ok() } else { None };
        match zipped {
            Some(zipped) => {
                headers.set("content-encoding", "gzip")?;
                init.set_body(&zipped);
            }
            None => init.set_body(&Uint8Array::from(message)),
        }
    }
    init.set_headers(&headers);
    init.set_signal(Some(&abort.signal()));
    init.set_cache(RequestCache::NoStore);
    init.set_credentials(credentials);
    // The server never redirects these; a network's login page does.
    init.set_redirect(RequestRedirect::Error);
    Ok(Request::new_with_str_and_init(path, &init)?)
}

async fn zip(bytes: &[u8]) -> Result<JsValue, Fault> {
    let constructor: Function = global("CompressionStream")?.unchecked_into();
    let zipping = Reflect::construct(&constructor, &Array::of1(&"gzip".into()))?;
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes)))?;
    let zipped = call(&blob.stream(), "pipeThrough", &[zipping])?.unchecked_into();
    let whole = Response::new_with_opt_readable_stream(Some(&zipped))?.array_buffer()?;
    settled(whole.into()).await
}

async fn read(response: &Response, stall_ms: u32) -> Result<Vec<u8>, Fault> {
    let Some(body) = response.body() else { return Ok(Vec::new()) };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    loop {
        let piece = within(stall_ms, settled(reader.read().into())).await?;
        if Reflect::get(&piece, &"done".into())?.is_truthy() {
            return Ok(bytes);
        }
        let piece: Uint8Array = Reflect::get(&piece, &"value".into())?.unchecked_into();
        bytes.extend(piece.to_vec());
    }
}

async fn within<T>(ms: u32, work: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
    match select(pin!(work), pin!(sleep(ms))).await {
        Either::Left((done, _)) => done,
        Either::Right(_) => {
            note("the connection stalls");
            Err(Fault::Offline("stalled".into()))
        }
    }
}

/// Loads another address of the app from the start.
pub(crate) fn go(address: &str) -> Result<(), Fault> {
    Ok(super::window()?.location().replace(address)?)
}

#[cfg(all(test, target_arch = "wasm32"))]
#[expect(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;
    use crate::device::stub::Stub;
    use wasm_bindgen_test::wasm_bindgen_test;

    /// A server in the page: `a[0]` is the request.
    fn server(body: &str) -> Stub {
        Stub::function(&js_sys::global(), "fetch", &format!("return (async () => {{ {body} }})()"))
    }

    #[wasm_bindgen_test]
    async fn a_message_goes_out_whole_and_small() {
        let _server = server(
            "const [sent] = a, head = name => sent.headers.get(name);
             const zipped = head('content-encoding') === 'gzip';
             const bytes = new Uint8Array(await sent.clone().arrayBuffer());
             const body = zipped
               ? sent.body.pipeThrough(new DecompressionStream('gzip')) : bytes;
             const told = [sent.method, head('x-dl'), head('content-type'), zipped, bytes.length];
             globalThis.credentials = sent.credentials;
             globalThis.told = told.join(' ');
             return new Response(body, { status: 201, headers: {
               'content-type': 'application/cbor', 'retry-after': '7',
               'date': 'Mon, 23 Nov 2026 06:00:00 GMT' } });",
        );
        let told = || global("told").unwrap().as_string().unwrap();
        let answer = post("/v1/push", b"small").await.unwrap();
        let expected = Answer {
            status: 201,
            body: b"small".to_vec(),
            server_ms: Some(1_795_413_600_000),
            retry_after_ms: Some(7_000),
        };
        assert_eq!(answer, expected);
        assert_eq!(told(), "POST 1 application/cbor false 5");
        let credentials = || global("credentials").unwrap().as_string().unwrap();
        assert_eq!(credentials(), "same-origin");
        assert_eq!(post_unnamed("/v1/surveys/answer", b"small").await.unwrap().status, 201);
        assert_eq!(credentials(), "omit");

        let large = vec![7; 100_000];
        assert_eq!(post("/v1/push", &large).await.unwrap().body, large);
        assert!(told().starts_with("POST 1 application/cbor true "), "{}", told());
        let sent: usize = told().rsplit(' ').next().unwrap().parse().unwrap();
        assert!(sent < 1_000, "{sent} bytes");

        let _old = Stub::of(&js_sys::global(), "CompressionStream", &JsValue::UNDEFINED);
        assert_eq!(post("/v1/push", &large).await.unwrap().body, large);
        assert!(told().starts_with("POST 1 application/cbor false 100000"), "{}", told());
    }

    #[wasm_bindgen_test]
    async fn what_goes_without_a_name_says_nothing_of_whose_it_is() {
        let _server = server(
            "globalThis.meant = `${a[0].headers.get('x-person')}`;
             return new Response('', { status: 401 })",
        );
        let meant = || global("meant").unwrap().as_string().unwrap();
        speak_as("5e");
        get("/v1/heads").await.unwrap();
        assert_eq!(meant(), "5e");
        post_unnamed("/v1/surveys/answer", b"small").await.unwrap();
        assert_eq!(meant(), "null");
        speak_as("");
        get("/v1/heads").await.unwrap();
        assert_eq!(meant(), "null", "nobody has joined yet");
    }

    #[wasm_bindgen_test]
    async fn a_login_page_is_no_answer() {
        // The page that runs these tests: 200, text/html.
        let answer = get("/").await;
        assert!(matches!(answer, Err(Fault::Offline(_))), "{answer:?}");
    }

    #[wasm_bindgen_test]
    async fn a_refusal_is_an_answer_and_silence_is_not() {
        let refusing = server("return new Response('no', { status: 401 })");
        let answer = get("/v1/heads").await.unwrap();
        assert_eq!(answer.status, 401);
        drop(refusing);

        let _broken = server("throw new TypeError('Failed to fetch')");
        assert!(matches!(get("/v1/heads").await, Err(Fault::Offline(_))));
    }

    #[wasm_bindgen_test]
    async fn a_stalling_connection_is_given_up() {
        let mute = server(
            "globalThis.gaveUp = false;
             a[0].signal.addEventListener('abort', () => { globalThis.gaveUp = true });
             return new Promise(() => {})",
        );
        assert!(matches!(
            exchange("/", None, CBOR, RequestCredentials::Omit, 50).await,
            Err(Fault::Offline(_))
        ));
        assert!(global("gaveUp").unwrap().is_truthy());
        drop(mute);

        let _stops_half_way = server(
            "return new Response(
               new ReadableStream({ start(to) { to.enqueue(new Uint8Array(3)) } }),
               { headers: { 'content-type': 'application/cbor' } })",
        );
        assert!(matches!(
            exchange("/", None, CBOR, RequestCredentials::Omit, 50).await,
            Err(Fault::Offline(_))
        ));
    }
}
