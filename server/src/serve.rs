//! Listening, and ending well: no answer is cut off that somebody waits for.

use crate::app::{Shared, router};
use crate::reminding::keep_reminding;
use anyhow::Result;
use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

/// How long open answers may take after the end was asked for.
const GRACE: Duration = Duration::from_secs(20);
/// How often limits forget those who have not asked for long.
const TIDY: Duration = Duration::from_secs(600);

/// Answers until `end` resolves.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    server: Shared,
    listener: TcpListener,
    end: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    let tidying = tokio::spawn(tidy(server.clone()));
    let reminding = tokio::spawn(keep_reminding(server.clone()));
    let (ended, mut grace) = tokio::sync::watch::channel(false);
    let closing = server.clone();
    let wait = async move {
        end.await;
        tracing::info!("ending");
        closing.close();
        ended.send_replace(true);
    };
    let app = router(server.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let answering = axum::serve(listener, app).with_graceful_shutdown(wait);
    let deadline = async move {
        // The sender lives in the future above; it is gone only when that has ended too.
        let _ = grace.wait_for(|it| *it).await;
        tokio::time::sleep(GRACE).await;
    };
    let outcome = tokio::select! {
        done = answering => done,
        () = deadline => {
            tracing::warn!("some connections did not end by themselves");
            Ok(())
        }
    };
    tidying.abort();
    reminding.abort();
    server.store().close().await;
    Ok(outcome?)
}

async fn tidy(server: Shared) {
    let mut now_and_then = tokio::time::interval(TIDY);
    loop {
        now_and_then.tick().await;
        server.limits.tidy();
    }
}

/// Resolves when the system or a person asks the process to end.
///
/// # Errors
/// When signals cannot be listened for.
pub fn asked_to_end() -> Result<impl Future<Output = ()> + Send + 'static> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
