//! One request over one connection.

use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::{HeaderMap, Request, StatusCode};
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use tokio::net::TcpStream;

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |it| it.to_str().unwrap())
    }
}

/// The line was cut, or nobody listens.
#[derive(Debug)]
pub(crate) struct Cut;

pub(crate) fn request(method: &str, path: &str) -> hyper::http::request::Builder {
    Request::builder().method(method).uri(path).header("host", "localhost")
}

/// As our own pages send a message.
pub(crate) fn post(path: &str, body: Vec<u8>) -> Request<Full<Bytes>> {
    let builder =
        request("POST", path).header("content-type", "application/cbor").header("x-dl", "1");
    builder.body(Full::from(body)).unwrap()
}

pub(crate) fn get(path: &str) -> Request<Full<Bytes>> {
    request("GET", path).body(Full::default()).unwrap()
}

pub(crate) async fn send(to: SocketAddr, request: Request<Full<Bytes>>) -> Result<Answer, Cut> {
    let stream = TcpStream::connect(to).await.map_err(|_| Cut)?;
    let (mut sender, line) = http1::handshake(TokioIo::new(stream)).await.map_err(|_| Cut)?;
    let line = tokio::spawn(line);
    let answer = sender.send_request(request).await.map_err(|_| Cut)?;
    let (head, body) = answer.into_parts();
    let body = body.collect().await.map_err(|_| Cut)?.to_bytes().to_vec();
    line.abort();
    Ok(Answer { status: head.status, headers: head.headers, body })
}
