//! Hints: every reader of a dossier hears that it moved, nobody else does, and streams end when the server does.

use crate::on_both_databases;
use crate::support::http::{get, request};
use crate::support::phone::Phone;
use crate::support::place::Place;
use crate::support::school::{Class, entry};
use dubbelspoor_domain::dossier::Role;
use dubbelspoor_domain::id::DossierId;
use dubbelspoor_domain::wire::path;
use dubbelspoor_server::random;
use http_body_util::{BodyExt as _, Full};
use hyper::StatusCode;
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

on_both_databases! {
    a_reader_hears_of_each_event
    a_stranger_hears_nothing
    streams_end_with_the_server
    without_a_session_there_is_no_stream
}

pub(crate) struct Stream {
    body: Incoming,
    heard: String,
}

impl Stream {
    pub(crate) async fn open(phone: &Phone) -> Stream {
        let line = TcpStream::connect(phone.server).await.unwrap();
        let (mut sender, line) = http1::handshake(TokioIo::new(line)).await.unwrap();
        tokio::spawn(line);
        let request = request("GET", path::LIVE).header("cookie", &phone.cookie);
        let answer = sender.send_request(request.body(Full::<Bytes>::default()).unwrap()).await;
        let answer = answer.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        assert!(!answer.headers().contains_key("content-encoding"));
        Stream { body: answer.into_body(), heard: String::new() }
    }

    /// The data of the next hint; `None` when the stream has ended.
    pub(crate) async fn next(&mut self) -> Option<String> {
        loop {
            if let Some((event, rest)) = self.heard.split_once("\n\n") {
                let data = event.strip_prefix("data: ").map(str::to_owned);
                self.heard = rest.to_owned();
                match data {
                    Some(data) => return Some(data),
                    None => continue,
                }
            }
            let frame = self.body.frame().await?.ok()?;
            self.heard.push_str(std::str::from_utf8(frame.data_ref()?).unwrap());
        }
    }
}

async fn a_reader_hears_of_each_event(place: Place) {
    let mut class = Class::gather(place).await;
    let mut stream = Stream::open(&class.mentor).await;
    let position = class.learner.replica(class.dossier).tip().position;
    for further in 1..=3 {
        class.learner.record(class.dossier, &[entry("hoor je dit")]);
        class.learner.push(class.dossier).await.unwrap();
        let expected = format!("{} {}", class.dossier, position + further);
        assert_eq!(stream.next().await, Some(expected));
    }
}

async fn a_stranger_hears_nothing(place: Place) {
    let mut class = Class::gather(place).await;
    let elsewhere = DossierId(random().unwrap());
    let person = class.school.add(elsewhere, "Zoë", Role::Learner).await;
    let mut stranger = class.school.phone(person).await;
    let mut stream = Stream::open(&stranger).await;
    class.learner.record(class.dossier, &[entry("niet voor jou")]);
    class.learner.push(class.dossier).await.unwrap();
    stranger.record(elsewhere, &[]);
    stranger.sync(elsewhere).await.unwrap();
    stranger.record(elsewhere, &[entry("van mij")]);
    stranger.push(elsewhere).await.unwrap();
    assert!(stream.next().await.unwrap().starts_with(&elsewhere.to_string()));
}

async fn streams_end_with_the_server(place: Place) {
    let Class { school, mentor, .. } = Class::gather(place).await;
    let mut stream = Stream::open(&mentor).await;
    let place = school.close().await;
    assert_eq!(stream.next().await, None);
    drop(place);
}

async fn without_a_session_there_is_no_stream(place: Place) {
    let class = Class::gather(place).await;
    let answer = crate::support::http::send(class.school.address, get(path::LIVE)).await.unwrap();
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}
