//! A server that talks encrypted: it is used when its certificate is trusted, and never otherwise.

use crate::home::{ended, inroads};
use crate::neo4j_server::{PASSWORD, Server, server};
use std::path::Path;
use std::process::Command;

/// Makes an authority, and a certificate of it for this machine.
fn certificates(folder: &Path) {
    let openssl = |arguments: &str| {
        let made = Command::new("openssl").args(arguments.split(' ')).current_dir(folder).output();
        let made = made.expect("no openssl: install it (apt-get install openssl)");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    };
    std::fs::create_dir_all(folder).unwrap();
    std::fs::write(folder.join("names"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n").unwrap();
    openssl("req -x509 -newkey rsa:2048 -nodes -keyout authority.key -out authority.pem -days 36500 -subj /CN=Tests");
    openssl("req -newkey rsa:2048 -nodes -keyout private.key -out request.pem -subj /CN=localhost");
    openssl(
        "x509 -req -in request.pem -CA authority.pem -CAkey authority.key -CAcreateserial -out public.crt -days 36500 \
         -extfile names",
    );
}

#[test]
fn an_encrypted_server_is_used_only_when_it_is_trusted() {
    let plain = server();
    let server = Server::encrypted(certificates);
    let authority = server.home().join("certificates/authority.pem");
    let doctor = |scheme: &str, port: u16, trusted: Option<&Path>| {
        let mut command = inroads(&["doctor", "--store", &format!("{scheme}://127.0.0.1:{port}")]);
        command.env("INROADS_STORE_PASSWORD", PASSWORD).env_remove("SSL_CERT_FILE").env_remove("SSL_CERT_DIR");
        command.envs(trusted.map(|file| ("SSL_CERT_FILE", file)));
        let (code, _, why) = ended(command);
        assert_eq!(code, 2, "{why}");
        why
    };
    let why = doctor("bolt+s", server.port, Some(&authority));
    assert!(why.contains("the database is empty"), "it was asked: {why}");
    let why = doctor("bolt+s", server.port, None);
    assert!(why.contains("certificate") && why.contains("SSL_CERT_FILE"), "{why}");
    let why = doctor("bolt", server.port, None);
    assert!(why.contains("write bolt+s:// when it wants encryption"), "{why}");
    let why = doctor("bolt+s", plain.port, Some(&authority));
    assert!(why.contains("bolt:// when it has none"), "{why}");
}
