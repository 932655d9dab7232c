//! Who may speak to a server that has no authentication yet: programs and pages on this machine. A web page elsewhere
//! must not reach it by a name that points here (DNS rebinding) or across sites, nor a proxy pass strangers on.

use super::{Shell, refusal::Refusal};
use crate::error::ErrorCode;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, Uri, header, uri::Authority},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use std::net::SocketAddr;

pub async fn check(State(shell): State<Shell>, request: Request, next: Next) -> Response {
    match judge(&shell, request.headers(), request.uri()) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    }
}

fn judge(shell: &Shell, headers: &HeaderMap, uri: &Uri) -> Result<(), Refusal> {
    let host = host(headers, uri)?;
    if !is_ours(&host, shell.listening) {
        let message = format!(
            "This server answers to localhost and 127.0.0.1 only, on port {}: another name in Host may be DNS rebinding.",
            shell.listening.port()
        );
        return Err(Refusal::new(StatusCode::MISDIRECTED_REQUEST, ErrorCode::Forbidden, message));
    }
    if !headers.get_all(header::ORIGIN).iter().all(|origin| may_call(shell, origin.as_bytes(), &host)) {
        let message = "Pages from another origin may not call this server. \
                       If it is yours, add its origin to http.development_origins in the configuration.";
        return Err(Refusal::new(StatusCode::FORBIDDEN, ErrorCode::Forbidden, message));
    }
    if let Some(name) = headers.keys().map(header::HeaderName::as_str).find(|name| tells_of_a_proxy(name)) {
        let message = format!(
            "The header {name} says that a proxy passed this on. \
             Without authentication the server takes requests from its own machine only."
        );
        return Err(Refusal::bad_request(message));
    }
    Ok(())
}

/// The one authority that the request is for.
fn host(headers: &HeaderMap, uri: &Uri) -> Result<Authority, Refusal> {
    let mut written = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (written.next(), written.next()) else {
        return Err(Refusal::bad_request("A request needs one Host header."));
    };
    let host: Authority = host
        .to_str()
        .ok()
        .and_then(|host| host.parse().ok())
        .ok_or_else(|| Refusal::bad_request("The Host header is no host."))?;
    // An absolute address in the request line outranks Host; only a proxy's client would send another one there.
    match uri.authority() {
        Some(authority) if authority != &host => Err(Refusal::bad_request("Host and address disagree.")),
        _ => Ok(host),
    }
}

fn is_ours(host: &Authority, listening: SocketAddr) -> bool {
    let name = host.host();
    let named = ["localhost", "127.0.0.1", "[::1]"].iter().any(|ours| name.eq_ignore_ascii_case(ours));
    let listens = name.trim_matches(['[', ']']).parse() == Ok(listening.ip());
    // `user@localhost` is no host, and `localhost:` has an empty port.
    let plain = !host.as_str().contains('@') && !host.as_str().ends_with(':');
    plain && (named || listens) && host.port_u16().is_none_or(|port| port == listening.port())
}

fn may_call(shell: &Shell, origin: &[u8], host: &Authority) -> bool {
    let configured = || shell.settings.development_origins.iter().any(|ours| ours.as_str().as_bytes() == origin);
    // A browser writes the page's own origin as it writes Host: a default port is left out of both.
    let same = origin.strip_prefix(b"http://").is_some_and(|rest| rest.eq_ignore_ascii_case(host.as_str().as_bytes()));
    same || configured()
}

fn tells_of_a_proxy(header: &str) -> bool {
    matches!(header, "forwarded" | "via" | "x-real-ip" | "x-client-ip" | "true-client-ip" | "cf-connecting-ip")
        || header.starts_with("x-forwarded")
}
