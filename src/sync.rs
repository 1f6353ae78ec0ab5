//! The loop: wake, exchange, absorb, back off. It decides nothing; `domain::sync` does.

use crate::device::live::{Hint, Live};
use crate::device::locks;
use crate::device::wake::{self, Wake};
use crate::device::{Fault, keys, net, note};
use crate::session::Session;
use dubbelspoor_domain::Bytes;
use dubbelspoor_domain::event::Event;
use dubbelspoor_domain::id::{DossierId, EventHash, PublicKey};
use dubbelspoor_domain::ordered::Table;
use dubbelspoor_domain::sync::{Mistrust, Replica, Step};
use dubbelspoor_domain::wire::{
    HeadsReply, MAX_BATCH, Message, PullReply, Purpose, PushReply, ReconcileReply, Signed, path,
};
use futures_util::future::{FutureExt, LocalBoxFuture, select};
use leptos::prelude::untrack;
use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::rc::Rc;

/// How the connection with the school is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Line {
    /// Not tried yet.
    Unknown,
    /// All is exchanged; when, in milliseconds since 1970.
    UpToDate { at: u64 },
    /// Busy.
    Sending,
    /// No answer; it tries again by itself.
    Offline,
    /// Writing goes on; reading needs a new invitation.
    SignInAgain,
    /// The school no longer knows this device.
    Forbidden,
    /// What the school tells does not fit what it told before.
    Mistrusted,
}

/// Wakes the loop. Several nudges before it looks are one.
#[derive(Clone, Default)]
pub(crate) struct Nudge(Rc<NudgeInner>);

#[derive(Default)]
struct NudgeInner {
    waits: Cell<bool>,
    waker: RefCell<Option<futures_channel::oneshot::Sender<()>>>,
}

impl Nudge {
    pub(crate) fn now(&self) {
        self.0.waits.set(true);
        if let Some(waker) = self.0.waker.borrow_mut().take() {
            let _ = waker.send(());
        }
    }

    /// Whether somebody nudged since it last looked.
    pub(crate) fn waits(&self) -> bool {
        self.0.waits.get()
    }

    async fn come(&self) {
        if !self.0.waits.replace(false) {
            let (waker, woken) = futures_channel::oneshot::channel();
            *self.0.waker.borrow_mut() = Some(waker);
            let _ = woken.await;
            self.0.waits.set(false);
        }
    }
}

const POLL: u32 = 60_000;
const FIRST_WAIT: u32 = 2_000;
const LONGEST_WAIT: u32 = 600_000;
/// Somebody looks at the screen: they see the school come back within half a minute.
const LONGEST_IN_SIGHT: u32 = 30_000;

/// Runs as long as the page does.
pub(crate) fn start(session: Session) {
    let nudge = session.nudge();
    let woken = nudge.clone();
    let waking = wake::on_wake(move |wake| {
        if wake != Wake::Hidden {
            session.look_at_the_calendar();
            woken.now();
        }
    });
    let hinted = nudge.clone();
    let line = format!("{}?person={}", path::LIVE, session.me().person);
    let live = Live::listen(&line, move |hint| {
        if hint == Hint::Moved || session.is_offline() {
            hinted.now();
        }
    });
    leptos::task::spawn_local(async move {
        let _waking = waking;
        session.look_for_unsent_photos().await;
        let mut wait = FIRST_WAIT;
        loop {
            let pause = match alone(session).await {
                // Another tab syncs; it tells us through storage.
                None => FIRST_WAIT,
                Some(Ok(())) => {
                    wait = FIRST_WAIT;
                    live.revive();
                    POLL
                }
                Some(Err(Pause { asked })) => {
                    let pause = asked.unwrap_or(wait).max(1_000);
                    let longest = if wake::is_visible() { LONGEST_IN_SIGHT } else { LONGEST_WAIT };
                    wait = (wait * 2).min(longest);
                    jitter(pause)
                }
            };
            let _ = select(pin!(nudge.come()), pin!(wake::sleep(pause))).await;
            session.look_at_the_calendar();
        }
    });
}

/// Half to all of it, so that a school's phones do not come back all at once.
fn jitter(ms: u32) -> u32 {
    let [byte] = crate::device::clock::random();
    ms / 2 + (ms / 2 / 255) * u32::from(byte)
}

/// Not now. Everything is kept.
struct Pause {
    /// What the server asked for, in milliseconds.
    asked: Option<u32>,
}

impl From<Fault> for Pause {
    fn from(fault: Fault) -> Pause {
        note(&fault.to_string());
        Pause { asked: None }
    }
}

/// One tab exchanges for all of them.
async fn alone(session: Session) -> Option<Result<(), Pause>> {
    let _lock = locks::try_hold(&session.store(), "sync").await?;
    Some(exchange(session).await)
}

/// One round: give what is here, take what is there. A dossier that fails does not hold up the others.
async fn exchange(session: Session) -> Result<(), Pause> {
    let known = untrack(|| session.dossiers());
    let mut outcome = Ok(());
    if !known.is_empty() {
        session.set_line(Line::Sending);
    }
    for dossier in known.into_iter().filter(|it| session.sends(*it)) {
        let given = give(session, dossier).boxed_local().await;
        outcome = outcome.and(settled(session, given));
    }
    let mut taken = take(session).boxed_local().await;
    if matches!(taken, Err(Trouble::SignInAgain)) && sign_in(session).boxed_local().await.is_ok() {
        taken = take(session).boxed_local().await;
    }
    if taken.is_ok() {
        answer_surveys(session).boxed_local().await;
        // After the text: a photo may take long.
        if let Err(why) = session.send_photos().boxed_local().await {
            note(&format!("a photo waits: {why:?}"));
        }
        if let Err(why) = session.send_reminders().boxed_local().await {
            note(&format!("the school does not know of reminders yet: {why:?}"));
        }
    }
    session.note_what_waits().boxed_local().await;
    outcome.and(settled(session, taken))
}

/// What does not come through now is tried in the next round.
async fn answer_surveys(session: Session) {
    for it in session.unsent_answers().await.unwrap_or_default() {
        if let Err(why) = session.send_answer(&it).await {
            note(&format!("an answer to a survey waits: {why:?}"));
        }
    }
}

/// After weeks away the session has ended, but the key has not: nobody has to type anything.
async fn sign_in(session: Session) -> Result<(), Trouble> {
    let challenge = read(net::get(path::CHALLENGE).await?)?;
    let request = signed(session, Purpose::Session, challenge).await?;
    read(net::post(path::SESSION, &request).await?).map(drop)
}

fn settled(session: Session, done: Result<Line, Trouble>) -> Result<(), Pause> {
    let (line, pause) = match done {
        Ok(line) => (line, Ok(())),
        Err(Trouble::Fault(fault)) => {
            note(&fault.to_string());
            (Line::Offline, Err(Pause { asked: None }))
        }
        Err(Trouble::Busy(asked)) => (Line::Offline, Err(Pause { asked })),
        Err(Trouble::NoProgress) => (Line::Sending, Err(Pause { asked: None })),
        Err(Trouble::SignInAgain) => (Line::SignInAgain, Err(Pause { asked: Some(POLL) })),
        Err(Trouble::Forbidden) => (Line::Forbidden, Err(Pause { asked: Some(POLL) })),
        Err(Trouble::Mistrust) => (Line::Mistrusted, Err(Pause { asked: None })),
    };
    session.set_line(line);
    pause
}

enum Trouble {
    Fault(Fault),
    Busy(Option<u32>),
    /// An answer that changed nothing: asking on at once would never end.
    NoProgress,
    SignInAgain,
    Forbidden,
    Mistrust,
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Trouble {
        Trouble::Fault(fault)
    }
}

async fn give(session: Session, dossier: DossierId) -> Result<Line, Trouble> {
    session.open_dossier(dossier).await?;
    let mut most = MAX_BATCH;
    let offer = session.peek(dossier, |it| it.reconcile().map(|it| it.to_bytes()));
    if let Some(offer) = offer.flatten() {
        let reply = send(session, path::RECONCILE, offer).boxed_local().await?;
        let Sent::Answer(reply) = reply else { return Err(Trouble::Busy(None)) };
        let reply = ReconcileReply::from_bytes(&reply).ok_or(Trouble::Mistrust)?;
        // Before that is settled: killed in between, it is asked and offered again.
        session.offer_photos(dossier).await?;
        absorb(session, dossier, &|it| it.absorb_reconcile(&reply)).await?;
    }
    let mut sent = Vec::new();
    loop {
        let sent_at = session.now();
        let push = session.peek(dossier, |it| it.push(most, sent_at));
        let Some(push) = push.flatten() else { return Ok(Line::Sending) };
        if push.events == sent {
            return Err(Trouble::NoProgress);
        }
        session.set_line(Line::Sending);
        match send(session, path::PUSH, push.to_bytes()).boxed_local().await? {
            Sent::Answer(reply) => {
                let reply = PushReply::from_bytes(&reply).ok_or(Trouble::Mistrust)?;
                session.learn_time(reply.time).await;
                absorb(session, dossier, &|it| it.absorb_push(&push, &reply, session.now()))
                    .await?;
                most = MAX_BATCH;
                sent = push.events;
            }
            Sent::TooLarge if push.events.len() > 1 => most = push.events.len() / 2,
            Sent::TooLarge => {
                absorb(session, dossier, &|it| Ok(it.give_up_too_large(&push, session.now())))
                    .await?;
            }
        }
        if session.peek(dossier, Replica::is_forked) == Some(true) {
            session.be_born_again(dossier).await?;
        }
    }
}

async fn take(session: Session) -> Result<Line, Trouble> {
    let answer = net::get(path::HEADS).await?;
    let heads = HeadsReply::from_bytes(&read(answer)?).ok_or(Trouble::Mistrust)?;
    session.learn_time(heads.time).await;
    for head in heads.heads {
        if !session.is_behind(&head) {
            continue;
        }
        session.open_dossier(head.dossier).await?;
        take_dossier(session, head.dossier).boxed_local().await?;
    }
    Ok(Line::UpToDate { at: session.now() })
}

async fn take_dossier(session: Session, dossier: DossierId) -> Result<(), Trouble> {
    let school = session.joined().school;
    loop {
        let before = session.peek(dossier, |it| (it.pull(), it.tip().version));
        let Some((pull, before)) = before else { return Ok(()) };
        let address = format!("{}?dossier={dossier}&after={}", path::PULL, pull.after);
        let page =
            believed(&read(net::get(&address).await?)?, &school).await.ok_or(Trouble::Mistrust)?;
        let page = PullReply::from_bytes(&page).ok_or(Trouble::Mistrust)?;
        let claims = session.peek(dossier, |it| it.claims(&page, &school)).unwrap_or_default();
        let holds = keys::verify_all(&claims).await;
        let proven = claims.iter().zip(holds).filter(|(_, holds)| *holds);
        let authentic: Table<EventHash, ()> = proven.map(|(it, _)| (it.event, ())).collect();
        let is_authentic = |event: &Event| authentic.has(&event.hash());
        absorb(session, dossier, &|it| it.absorb_pull(&page, session.now(), &is_authentic)).await?;
        let Some(tip) = session.peek(dossier, |it| it.tip().clone()) else { return Ok(()) };
        if tip.reconcile {
            session.nudge().now();
            return Ok(());
        }
        if tip.position >= page.head {
            return Ok(());
        }
        if page.rows.is_empty() && tip.position == pull.after {
            return Err(Trouble::Mistrust);
        }
        if tip.version == before {
            return Err(Trouble::NoProgress);
        }
    }
}

fn absorb<'a>(
    session: Session,
    dossier: DossierId,
    decide: &'a dyn Fn(&Replica) -> Result<Step, Mistrust>,
) -> LocalBoxFuture<'a, Result<(), Trouble>> {
    let absorbing = async move {
        match session.step(dossier, decide).await? {
            // An answer to what is no longer asked: the next round asks again.
            Ok(()) | Err(Mistrust::Stale) => Ok(()),
            Err(Mistrust::Chain) => Err(Trouble::Mistrust),
        }
    };
    absorbing.boxed_local()
}

enum Sent {
    Answer(Vec<u8>),
    TooLarge,
}

/// Signs, sends, and believes only the school's own signature.
async fn send(session: Session, path: &str, payload: Vec<u8>) -> Result<Sent, Trouble> {
    let request = signed(session, Purpose::Request, payload).await?;
    let answer = net::post(path, &request).await?;
    if answer.status == 413 {
        return Ok(Sent::TooLarge);
    }
    let body = read(answer)?;
    believed(&body, &session.joined().school).await.map(Sent::Answer).ok_or(Trouble::Mistrust)
}

async fn signed(session: Session, purpose: Purpose, payload: Vec<u8>) -> Result<Vec<u8>, Fault> {
    let signer = session.signer();
    let signature = signer.sign(&purpose.signing_input(&payload)).await?;
    let key = signer.public_key().id();
    Ok(Signed { payload: Bytes(payload), key, signature }.to_bytes())
}

async fn believed(body: &[u8], school: &PublicKey) -> Option<Vec<u8>> {
    let signed = Signed::from_bytes(body)?;
    let message = Purpose::Answer.signing_input(&signed.payload.0);
    let ours = signed.key == school.id();
    (ours && keys::verify(*school, &message, signed.signature).await).then_some(signed.payload.0)
}

fn read(answer: net::Answer) -> Result<Vec<u8>, Trouble> {
    match answer.status {
        200 => Ok(answer.body),
        401 => Err(Trouble::SignInAgain),
        403 => Err(Trouble::Forbidden),
        _ => Err(Trouble::Busy(answer.retry_after_ms)),
    }
}
