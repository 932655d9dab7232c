//! A network between a store and its server that fails as it is told to: it loses the answer to a commit, or the request;
//! it breaks or falls silent in the middle of an answer; it cuts all there is.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// COMMIT as Bolt sends it: one chunk of two bytes, then the end of the message.
const COMMIT: [u8; 6] = [0, 2, 0xb0, 0x12, 0, 0];

/// What becomes of the next commit.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum NextCommit {
    Passes = 0,
    /// The server never hears of it.
    RequestIsLost = 1,
    /// The server does it, and nobody hears of that.
    ReplyIsLost = 2,
}

pub struct Proxy {
    pub port: u16,
    network: Arc<Network>,
}

struct Network {
    server: SocketAddr,
    /// Counts the cuts: connections made before one do not survive it.
    cuts: watch::Sender<u64>,
    /// After so many bytes from the server the next answer stops; negative: never.
    bytes_left: AtomicI64,
    /// It stops by falling silent, not by breaking.
    silently: watch::Sender<bool>,
    next_commit: AtomicU8,
}

impl Proxy {
    pub async fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let network = Arc::new(Network {
            server: ([127, 0, 0, 1], port).into(),
            cuts: watch::Sender::new(0),
            bytes_left: AtomicI64::new(-1),
            silently: watch::Sender::new(false),
            next_commit: AtomicU8::new(NextCommit::Passes as u8),
        });
        let (port, shared) = (listener.local_addr().unwrap().port(), Arc::clone(&network));
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(Arc::clone(&shared).join(client));
            }
        });
        Self { port, network }
    }

    /// Breaks every connection there is; new ones are fine.
    pub fn cut(&self) {
        self.network.cuts.send_modify(|cuts| *cuts += 1);
    }

    /// After so many more bytes from the server, the connection that they come by breaks.
    pub fn break_after(&self, bytes: i64) {
        self.network.silently.send_replace(false);
        self.network.bytes_left.store(bytes, Ordering::SeqCst);
    }

    /// After so many more bytes from the server, nothing comes from it any more.
    pub fn fall_silent_after(&self, bytes: i64) {
        self.network.silently.send_replace(true);
        self.network.bytes_left.store(bytes, Ordering::SeqCst);
    }

    /// New connections are fine again; those that fell silent are cut.
    pub fn heal(&self) {
        self.network.bytes_left.store(-1, Ordering::SeqCst);
        self.network.silently.send_replace(false);
        self.cut();
    }

    pub fn next_commit(&self, what: NextCommit) {
        self.network.next_commit.store(what as u8, Ordering::SeqCst);
    }
}

impl Network {
    async fn join(self: Arc<Self>, client: TcpStream) {
        let mut cuts = self.cuts.subscribe();
        let Ok(server) = TcpStream::connect(self.server).await else { return };
        let (from_client, to_client) = client.into_split();
        let (from_server, to_server) = server.into_split();
        let lost = watch::Sender::new(false);
        tokio::select! {
            () = self.requests(from_client, to_server, &lost) => {}
            () = self.answers(from_server, to_client, &lost) => {}
            _ = cuts.changed() => {}
        }
    }

    async fn requests(&self, mut from: OwnedReadHalf, mut to: OwnedWriteHalf, lost: &watch::Sender<bool>) {
        let (mut buffer, mut seen) = ([0; 16_384], Vec::new());
        while let Ok(read @ 1..) = from.read(&mut buffer).await {
            seen.extend_from_slice(&buffer[..read]);
            if seen.windows(COMMIT.len()).any(|bytes| bytes == COMMIT) {
                let next = self.next_commit.swap(NextCommit::Passes as u8, Ordering::SeqCst);
                if next == NextCommit::RequestIsLost as u8 {
                    return;
                }
                lost.send_replace(next == NextCommit::ReplyIsLost as u8);
                seen.clear();
            }
            // A message may come in two reads.
            seen.drain(..seen.len().saturating_sub(COMMIT.len() - 1));
            if to.write_all(&buffer[..read]).await.is_err() {
                return;
            }
        }
    }

    async fn answers(&self, mut from: OwnedReadHalf, mut to: OwnedWriteHalf, lost: &watch::Sender<bool>) {
        let mut buffer = [0; 16_384];
        while let Ok(read @ 1..) = from.read(&mut buffer).await {
            if *lost.borrow() {
                return;
            }
            let left = self.bytes_left.load(Ordering::SeqCst);
            let some = usize::try_from(left).map_or(read, |left| left.min(read));
            if left >= 0 {
                self.bytes_left.fetch_sub(i64::try_from(some).unwrap(), Ordering::SeqCst);
            }
            if to.write_all(&buffer[..some]).await.is_err() {
                return;
            }
            if some < read {
                // Falling silent, it waits for the cut that ends it.
                let _ = self.silently.subscribe().wait_for(|silently| !silently).await;
                return;
            }
        }
    }
}
