//! Reminders by e-mail (I4): once a day at most, at the hour that somebody chose and never at night, and only when
//! something waits. A mail tells how much, not of whom: it travels openly.

mod words;

use crate::app::{Server, Shared};
use crate::error::Result;
use crate::store::Reminder;
use anyhow::Context as _;
use chrono::Datelike as _;
use dubbelspoor_domain::Day;
use dubbelspoor_domain::id::{DossierId, PersonId};
use dubbelspoor_domain::reminder::{Pending, Reminders};
use dubbelspoor_domain::signals::Thresholds;
use dubbelspoor_domain::wire::Message as _;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// How often the server looks who is due.
const LOOK: Duration = Duration::from_secs(5 * 60);

/// What stops a reminder is POSTed here, behind a question mark, by the reader's own mail program (RFC 8058).
pub(crate) const STOP: &str = "/stop-reminders";

/// The way to the mail server of the centre.
#[derive(Clone, Debug)]
pub struct Mailer {
    line: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    /// `url`: `smtps://name:password@host`, or `smtp://host?tls=required`; `from`: who writes, as a mail shows it.
    ///
    /// # Errors
    /// When one of the two cannot be read.
    pub fn new(url: &str, from: &str) -> anyhow::Result<Mailer> {
        let line = AsyncSmtpTransport::<Tokio1Executor>::from_url(url);
        Ok(Mailer {
            line: line.context("--mail is no address of a mail server")?.build(),
            from: from.parse().context("--mail-from is no e-mail address")?,
        })
    }
}

/// Looks now and then who is due, for as long as the server runs.
pub(crate) async fn keep_reminding(server: Shared) {
    let mut now_and_then = tokio::time::interval_at(Instant::now() + LOOK, LOOK);
    loop {
        now_and_then.tick().await;
        if let Err(error) = remind(&server, crate::now()).await {
            tracing::warn!(%error, "reminders could not be sent");
        }
    }
}

/// Sends what is due at an instant, in milliseconds since 1970, and tells how many that were. What the mail server does
/// not take is tried again at the next look.
///
/// # Errors
/// When the store does not answer.
pub async fn remind(server: &Server, now: u64) -> Result<usize> {
    let Some(mailer) = &server.mailer else { return Ok(0) };
    let mut sent = 0;
    for it in server.store.reminders().await? {
        let Some(chosen) = Reminders::from_bytes(&it.chosen).filter(Reminders::is_sound) else {
            continue;
        };
        let Some(today) = chosen.due(now, it.last_day.and_then(day_of)) else { continue };
        // Noted first: of several servers one sends, and whoever falls over sends none rather than two.
        if !server.store.note_reminder(&it, Some(number(today))).await? {
            continue;
        }
        let pending = gather(server, it.person, today).await?;
        if pending.is_nothing() {
            continue;
        }
        match send(server, mailer, &it, &chosen, pending).await {
            Ok(()) => sent += 1,
            Err(error) => {
                // Without the address: a log is read by others.
                tracing::warn!(%error, "a reminder was not taken by the mail server");
                let noted = Reminder { last_day: Some(number(today)), ..it.clone() };
                server.store.note_reminder(&noted, it.last_day).await?;
            }
        }
    }
    Ok(sent)
}

fn number(day: Day) -> u64 {
    u64::try_from(day.num_days_from_ce()).unwrap_or(0)
}

fn day_of(number: u64) -> Option<Day> {
    chrono::NaiveDate::from_num_days_from_ce_opt(i32::try_from(number).ok()?).map(Day)
}

/// What waits for somebody, over all of their dossiers, by the rules of each one's centre.
async fn gather(server: &Server, person: PersonId, today: Day) -> Result<Pending> {
    let mut sum = Pending::default();
    for (dossier, _) in server.store.heads_for(person).await? {
        sum = sum.and(in_dossier(server, dossier, person, today).await?);
    }
    Ok(sum)
}

async fn in_dossier(
    server: &Server,
    dossier: DossierId,
    person: PersonId,
    today: Day,
) -> Result<Pending> {
    let Some(ledger) = server.ledgers.read(&server.store, dossier).await? else {
        return Ok(Pending::default());
    };
    let Some(centre) = ledger.dossier().of_centre else {
        return Ok(Pending::of(ledger.dossier(), person, Thresholds::default(), today));
    };
    let mut framed = ledger.dossier().clone();
    let mut thresholds = Thresholds::default();
    if let Some(centre) = server.ledgers.read(&server.store, centre).await? {
        thresholds = centre.dossier().rules.thresholds();
        framed.frame = Arc::new(centre.dossier().as_frame());
    }
    Ok(Pending::of(&framed, person, thresholds, today))
}

async fn send(
    server: &Server,
    mailer: &Mailer,
    it: &Reminder,
    chosen: &Reminders,
    pending: Pending,
) -> anyhow::Result<()> {
    let name = server.store.person(it.person).await?.map(|it| it.name).unwrap_or_default();
    let (subject, text) = words::mail(&name, chosen, pending, &server.origin);
    let stop = format!("<{}{STOP}?{}>", server.origin, crate::hex(&it.stop));
    let letter = Message::builder()
        .from(mailer.from.clone())
        .to(chosen.email.parse()?)
        .subject(subject)
        .header(Stop(stop))
        .header(StopInOneTap)
        .body(text)?;
    mailer.line.send(letter).await?;
    Ok(())
}

/// Where the reader's mail program stops it.
#[derive(Clone)]
struct Stop(String);

impl Header for Stop {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(text: &str) -> std::result::Result<Stop, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Stop(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Stop::name(), self.0.clone())
    }
}

/// Without a page to fill in.
#[derive(Clone)]
struct StopInOneTap;

impl Header for StopInOneTap {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_: &str) -> std::result::Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(StopInOneTap)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}
