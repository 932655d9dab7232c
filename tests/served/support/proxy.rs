//! A wire to Neo4j that can be cut or held in the middle of whatever it carries.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

/// So many bytes may come back before the wire is cut, when it is to carry whatever comes.
const ENDLESS: i64 = i64::MAX / 2;
/// Small, so that a cut falls into the middle of things.
const PIECE: usize = 256;

pub struct Proxy {
    pub port: u16,
    wire: Arc<Wire>,
}

struct Wire {
    to: SocketAddr,
    left: AtomicI64,
    held: AtomicBool,
    cuts: AtomicU64,
}

impl Proxy {
    /// A wire to a port of this machine. Needs a runtime, and lasts as long.
    pub async fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let here = listener.local_addr().unwrap().port();
        let wire = Wire {
            to: SocketAddr::from(([127, 0, 0, 1], port)),
            left: AtomicI64::new(ENDLESS),
            held: AtomicBool::new(false),
            cuts: AtomicU64::new(0),
        };
        let wire = Arc::new(wire);
        let serving = Arc::clone(&wire);
        tokio::spawn(async move {
            while let Ok((line, _)) = listener.accept().await {
                tokio::spawn(carry(Arc::clone(&serving), line));
            }
        });
        Self { port: here, wire }
    }

    /// Cuts all there is once so many bytes have come back; new connections are cut at once until it is mended.
    pub fn cut_after(&self, bytes: u32) {
        self.wire.left.store(bytes.into(), Ordering::SeqCst);
    }

    /// Whether it has been cut since it was last mended.
    pub fn is_cut(&self) -> bool {
        self.wire.left.load(Ordering::SeqCst) <= 0
    }

    /// Carries nothing more in either direction, and breaks nothing off.
    pub fn hold(&self) {
        self.wire.held.store(true, Ordering::SeqCst);
    }

    pub fn mend(&self) {
        self.wire.left.store(ENDLESS, Ordering::SeqCst);
        self.wire.held.store(false, Ordering::SeqCst);
    }
}

async fn carry(wire: Arc<Wire>, line: TcpStream) {
    let cuts = wire.cuts.load(Ordering::SeqCst);
    let Ok(server) = TcpStream::connect(wire.to).await else { return };
    let (from_client, to_client) = line.into_split();
    let (from_server, to_server) = server.into_split();
    tokio::select! {
        () = forward(&wire, from_client, to_server, Replies::GoTheOtherWay) => {}
        () = forward(&wire, from_server, to_client, Replies::AreCounted) => {}
        () = cut(&wire, cuts) => {}
    }
}

/// Ends when the wire is cut while this connection is on it.
async fn cut(wire: &Wire, at: u64) {
    while wire.cuts.load(Ordering::SeqCst) == at {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Replies {
    AreCounted,
    GoTheOtherWay,
}

/// Carries one direction. Where it is that of the replies, it cuts the wire where it is to be cut.
async fn forward(wire: &Wire, mut from: OwnedReadHalf, mut to: OwnedWriteHalf, replies: Replies) {
    let mut piece = [0; PIECE];
    while let Ok(bytes @ 1..) = from.read(&mut piece).await {
        while wire.held.load(Ordering::SeqCst) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        if replies == Replies::AreCounted {
            let bytes = i64::try_from(bytes).unwrap();
            if wire.left.fetch_sub(bytes, Ordering::SeqCst) <= bytes {
                wire.cuts.fetch_add(1, Ordering::SeqCst);
                return;
            }
        }
        if to.write_all(&piece[..bytes]).await.is_err() {
            return;
        }
    }
}
