//! Servers that are not what they should be: one that speaks as much Bolt as it takes to tell an old version, one that
//! speaks something else, one that says nothing.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

const PULL: u8 = 0x3f;

/// A server that calls itself Neo4j of a version. It gives its port.
pub async fn neo4j_of_version(version: &'static str) -> u16 {
    serve(async move |mut client: TcpStream| {
        client.read_exact(&mut [0; 20]).await?;
        client.write_all(&[0, 0, 4, 4]).await?;
        loop {
            let message = receive(&mut client).await?;
            if message[1] == PULL {
                // A row of one text, then the end of all rows.
                let mut row = vec![0xb1, 0x71, 0x91, 0x80 | u8::try_from(version.len()).unwrap()];
                row.extend_from_slice(version.as_bytes());
                send(&mut client, &row).await?;
                send(&mut client, &[0xb1, 0x70, 0xa0]).await?;
            } else {
                // Success, with the name of the one column: after HELLO and RESET nobody asks for it.
                send(&mut client, b"\xb1\x70\xa1\x86fields\x91\x87version").await?;
            }
        }
    })
    .await
}

/// A web server, as stands at Neo4j's other port.
pub async fn web_server() -> u16 {
    serve(async |mut client: TcpStream| {
        client.read_exact(&mut [0; 20]).await?;
        client.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await
    })
    .await
}

/// One that takes connections and says nothing.
pub async fn silence() -> u16 {
    serve(async |mut client: TcpStream| {
        let mut everything = Vec::new();
        client.read_to_end(&mut everything).await.map(drop)
    })
    .await
}

async fn serve<F: Future<Output = std::io::Result<()>> + Send + 'static>(
    talk: impl Fn(TcpStream) -> F + Send + 'static,
) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            // It ends when the client goes.
            tokio::spawn(talk(client));
        }
    });
    port
}

async fn receive(client: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut message = Vec::new();
    loop {
        let size = usize::from(client.read_u16().await?);
        if size == 0 && !message.is_empty() {
            return Ok(message);
        }
        let start = message.len();
        message.resize(start + size, 0);
        client.read_exact(&mut message[start..]).await?;
    }
}

async fn send(client: &mut TcpStream, message: &[u8]) -> std::io::Result<()> {
    client.write_u16(u16::try_from(message.len()).unwrap()).await?;
    client.write_all(message).await?;
    client.write_u16(0).await
}
