//! Binds the address, serves until a signal comes, and lets requests in flight end.

use std::time::Duration;

use anyhow::Context as _;
use poem::listener::{Acceptor, Listener, TcpAcceptor, TcpListener};
use poem::{IntoEndpoint, Server};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use crate::desk::Desk;
use crate::routes;
use crate::{jobs, live};

/// How long requests in flight may take after a signal.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long closing the database may take.
const CLOSING: Duration = Duration::from_secs(5);

/// Serves the pages and does the work behind them until `stop` is cancelled.
pub async fn serve(desk: Desk, stop: CancellationToken) -> anyhow::Result<()> {
    let acceptor = bind(&desk.config.listen).await?;
    let db = desk.db.clone();
    let live = tokio::spawn(live::watch(desk.clone()));
    let (hub, stopping) = (desk.live.clone(), stop.clone());
    tokio::spawn(async move {
        stopping.cancelled().await;
        hub.end();
    });
    let pages = run(acceptor, routes::app(desk.clone()), stop.clone());
    // When one of them fails, the other ends in good order too.
    let both = |done| async {
        stop.cancel();
        done
    };
    let (served, worked) = tokio::join!(async { both(pages.await).await }, async {
        both(jobs::run(desk, stop.clone()).await).await
    });
    live.abort();
    // SQLite's threads must not outlive the process's end; something that holds on to a connection is not waited for.
    match tokio::time::timeout(CLOSING, db.close()).await {
        Ok(closed) => closed.context("the database was not closed")?,
        Err(_) => tracing::warn!("the database was not closed in time"),
    }
    served.and(worked)
}

/// Takes the address, or says which one is taken.
pub async fn bind(listen: &str) -> anyhow::Result<TcpAcceptor> {
    let bound = TcpListener::bind(listen.to_owned()).into_acceptor().await;
    bound.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            anyhow::anyhow!("the address {listen} is already in use; end the other program or set LOTSE_LISTEN")
        }
        std::io::ErrorKind::PermissionDenied => {
            anyhow::anyhow!("the address {listen} is not allowed for this user; ports below 1024 need a privilege")
        }
        _ => anyhow::anyhow!("cannot listen on {listen}: {error}"),
    })
}

/// Serves on an address taken before; returns when `stop` is cancelled and requests in flight have ended.
pub async fn run<E>(acceptor: TcpAcceptor, app: E, stop: CancellationToken) -> anyhow::Result<()>
where
    E: IntoEndpoint,
    E::Endpoint: 'static,
{
    for address in acceptor.local_addr() {
        tracing::info!(%address, "listening");
    }
    let stopped = async move { stop.cancelled().await };
    Server::new_with_acceptor(acceptor)
        .run_with_graceful_shutdown(app, stopped, Some(PATIENCE))
        .await
        .context("the web server ended")
}

/// Cancelled by SIGTERM or SIGINT; a second signal ends the process at once.
pub fn stop_on_signals() -> anyhow::Result<CancellationToken> {
    let mut terminate = signal(SignalKind::terminate()).context("cannot wait for SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot wait for SIGINT")?;
    let stop = CancellationToken::new();
    let token = stop.clone();
    tokio::spawn(async move {
        for first in [true, false] {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            if !first {
                std::process::exit(130);
            }
            tracing::info!("stopping; requests in flight may end");
            token.cancel();
        }
    });
    Ok(stop)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[tokio::test]
    async fn a_taken_address_is_named() {
        let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = taken.local_addr().unwrap().to_string();
        let Err(error) = bind(&address).await else {
            panic!("the address was free")
        };
        assert!(error.to_string().contains(&address), "{error}");
        assert!(error.to_string().contains("already in use"), "{error}");
    }

    #[tokio::test]
    async fn a_stop_ends_the_server() {
        let acceptor = bind("127.0.0.1:0").await.unwrap();
        let stop = CancellationToken::new();
        let app = poem::Route::new();
        let server = tokio::spawn(run(acceptor, app, stop.clone()));
        stop.cancel();
        server.await.unwrap().unwrap();
    }
}
