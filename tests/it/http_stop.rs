//! A server that is told to stop lets requests under way finish, for as long as the grace.

use crate::support::http::{PATIENCE, Watch, of, once, parts_under};
use crate::support::socket::dial;
use inroads::{config::Http, http};
use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    sync::{Notify, oneshot},
    task::JoinHandle,
    time::timeout,
};

/// A server whose every question is under way until its time is up, and a client that has asked one.
struct World {
    client: TcpStream,
    stop: oneshot::Sender<()>,
    server: JoinHandle<std::io::Result<()>>,
}

async fn under_way(settings: Http) -> World {
    let asked = Arc::new(Notify::new());
    let parts = of(once({
        let asked = asked.clone();
        move |_| {
            asked.notify_one();
            std::future::pending()
        }
    }));
    let listener = http::bind((Ipv4Addr::LOCALHOST, 0).into()).await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = oneshot::channel();
    let server = tokio::spawn(async move {
        let stopped = async {
            let _ = stopped.await;
        };
        http::serve(listener, parts, &settings, stopped).await
    });
    let client = ask(address).await;
    timeout(PATIENCE, asked.notified()).await.expect("asked");
    World { client, stop, server }
}

async fn ask(address: SocketAddr) -> TcpStream {
    let mut client = TcpStream::connect(address).await.expect("connected");
    let question = format!("GET /graphql?query=%7Bhello%7D HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", address.port());
    client.write_all(question.as_bytes()).await.expect("sent");
    client
}

#[tokio::test]
async fn a_request_under_way_is_answered_before_the_server_ends() {
    let mut world = under_way(Http { request_timeout_ms: 500, ..Http::default() }).await;
    world.stop.send(()).expect("running");
    let mut answer = String::new();
    timeout(PATIENCE, world.client.read_to_string(&mut answer)).await.expect("in time").expect("read");
    assert!(answer.contains("504 Gateway Timeout"), "{answer}");
    timeout(PATIENCE, world.server).await.expect("in time").expect("no panic").expect("served");
}

#[tokio::test]
async fn the_grace_has_an_end() {
    let world = under_way(Http { request_timeout_ms: 3_600_000, shutdown_grace_ms: 50, ..Http::default() }).await;
    world.stop.send(()).expect("running");
    timeout(PATIENCE, world.server).await.expect("in time").expect("no panic").expect("served");
}

#[tokio::test]
async fn sockets_are_told_that_the_server_is_going_away() {
    let watch = Arc::new(Watch::default());
    let listener = http::bind((Ipv4Addr::LOCALHOST, 0).into()).await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let (stop, stopped) = oneshot::channel();
    // Longer than anybody waits for: it must end because the sockets do.
    let settings = Http { shutdown_grace_ms: 3_600_000, ..Http::default() };
    let parts = parts_under(&watch);
    let server = tokio::spawn(async move {
        let stopped = async {
            let _ = stopped.await;
        };
        http::serve(listener, parts, &settings, stopped).await
    });
    let (mut quiet, mut flooded) = (dial(address).await, dial(address).await);
    quiet.subscribe("1", "subscription { silence }").await;
    flooded.subscribe("1", "subscription { flood }").await;
    watch.settles_at(2).await;
    stop.send(()).expect("running");
    assert_eq!(quiet.closed().await, (1001, "The server is stopping".into()));
    // This one has not read a word, nor will it: it holds up nobody.
    timeout(PATIENCE, server).await.expect("in time").expect("no panic").expect("served");
    watch.settles_at(0).await;
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn a_taken_port_and_a_public_address_are_refused_in_one_line() {
    let held = http::bind((Ipv4Addr::LOCALHOST, 0).into()).await.expect("a free port");
    let address = held.local_addr().expect("an address");
    let taken = http::bind(address).await.expect_err("taken").to_string();
    assert!(taken.contains(&address.to_string()) && taken.contains("--listen"), "{taken}");
    let public = http::bind((Ipv4Addr::UNSPECIFIED, 8080).into()).await.expect_err("public").to_string();
    assert!(public.contains("0.0.0.0:8080") && public.contains("--listen 127.0.0.1:8080"), "{public}");
}
