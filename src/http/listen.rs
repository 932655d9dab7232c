//! Opening the door and closing it: the address, the signals, the grace for requests under way.

use super::{Parts, routes, websocket::Sockets};
use crate::config::Http;
use std::{io, net::SocketAddr};
use tokio::{net::TcpListener, sync::oneshot};

/// Why there is no server, with what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum CannotListen {
    #[error("will not listen on {address}: there is no authentication yet, so use a loopback address such as --listen 127.0.0.1:{}", address.port())]
    NotLoopback { address: SocketAddr },
    #[error("{address} is in use: stop the server that holds it, or choose another port with --listen {}:PORT", address.ip())]
    InUse { address: SocketAddr },
    #[error("cannot listen on {address}: {cause}; choose another address with --listen")]
    Failed { address: SocketAddr, cause: io::Error },
}

/// Takes the address, so that a start which cannot serve fails before it loads or seeds anything.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, CannotListen> {
    if !address.ip().to_canonical().is_loopback() {
        return Err(CannotListen::NotLoopback { address });
    }
    TcpListener::bind(address).await.map_err(|cause| match cause.kind() {
        io::ErrorKind::AddrInUse => CannotListen::InUse { address },
        _ => CannotListen::Failed { address, cause },
    })
}

/// Serves until `stop`, then says goodbye to sockets and lets requests under way finish for the grace that the settings
/// allow.
pub async fn serve(
    listener: TcpListener,
    parts: Parts,
    settings: &Http,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let sockets = Sockets::new(settings.websocket.max_sockets);
    let app = routes(parts, settings, listener.local_addr()?, sockets.clone());
    let (stopping, stopped) = oneshot::channel();
    let to_close = sockets.clone();
    let server = axum::serve(listener, app).with_graceful_shutdown(async move {
        stop.await;
        tracing::info!("stopping");
        to_close.close();
        let _ = stopping.send(());
    });
    let served = async {
        server.await?;
        sockets.all_gone().await;
        Ok(())
    };
    tokio::select! {
        served = served => served,
        () = grace_over(stopped, settings) => {
            tracing::warn!("stopped with requests still under way");
            Ok(())
        }
    }
}

async fn grace_over(stopped: oneshot::Receiver<()>, settings: &Http) {
    if stopped.await.is_err() {
        // The server ended by itself, and says how.
        std::future::pending::<()>().await;
    }
    tokio::time::sleep(settings.shutdown_grace()).await;
}

/// Resolves on SIGINT (Ctrl-C) or SIGTERM.
pub async fn stop_signal() -> io::Result<()> {
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        terminated = terminated() => terminated,
    }
}

#[cfg(unix)]
async fn terminated() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    signal(SignalKind::terminate())?.recv().await;
    Ok(())
}

#[cfg(not(unix))]
async fn terminated() -> io::Result<()> {
    std::future::pending().await
}
