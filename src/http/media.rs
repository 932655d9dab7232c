//! Which media type a GraphQL answer takes, from the request's `Accept` (RFC 9110, section 12.5.1).
//!
//! Status codes depend on it: see `reply`.

use axum::http::{HeaderMap, header};
use mime::Mime;
use std::cmp::Ordering;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaType {
    /// `application/graphql-response+json`: any status code, the body is GraphQL's.
    GraphQlResponse,
    /// `application/json`: what clients of before that media type expect.
    Json,
}

impl MediaType {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::GraphQlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }

    const fn essence(self) -> &'static str {
        match self {
            Self::GraphQlResponse => "application/graphql-response+json",
            Self::Json => "application/json",
        }
    }
}

/// The best of the two for this client, or none when it accepts neither.
pub fn negotiate(headers: &HeaderMap) -> Option<MediaType> {
    let written = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let ranges: Vec<&str> =
        written.flat_map(|value| value.split(',')).map(str::trim).filter(|r| !r.is_empty()).collect();
    if ranges.is_empty() {
        return Some(MediaType::Json);
    }
    let ranges: Vec<Mime> = ranges.iter().filter_map(|range| range.parse().ok()).collect();
    let graphql = wish(&ranges, MediaType::GraphQlResponse);
    let json = wish(&ranges, MediaType::Json);
    match (graphql, json) {
        (None, None) => None,
        (Some(_), None) => Some(MediaType::GraphQlResponse),
        (None, Some(_)) => Some(MediaType::Json),
        (Some(graphql), Some(json)) => {
            let order = graphql.quality.total_cmp(&json.quality).then(graphql.precision.cmp(&json.precision));
            // Named alike, the newer type serves better. Under `*/*` nobody said they know it.
            let newer = order == Ordering::Greater || (order == Ordering::Equal && graphql.precision == EXACT);
            Some(if newer { MediaType::GraphQlResponse } else { MediaType::Json })
        }
    }
}

const EXACT: u8 = 2;

/// How much a client wants a media type, from the most precise range that covers it.
struct Wish {
    quality: f32,
    precision: u8,
}

fn wish(ranges: &[Mime], media: MediaType) -> Option<Wish> {
    let precision = |range: &Mime| match range.essence_str() {
        "*/*" => Some(0),
        "application/*" => Some(1),
        essence if essence == media.essence() => {
            let utf_8 = range.get_param(mime::CHARSET).is_none_or(|charset| charset == mime::UTF_8);
            utf_8.then_some(EXACT)
        }
        _ => None,
    };
    let covering =
        ranges.iter().filter_map(|range| Some(Wish { quality: quality(range), precision: precision(range)? }));
    covering.max_by_key(|wish| wish.precision).filter(|wish| wish.quality > 0.0)
}

fn quality(range: &Mime) -> f32 {
    let written = range.get_param("q").and_then(|q| q.as_str().parse().ok());
    written.filter(|q| (0.0..=1.0).contains(q)).unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn the_clients_order_decides_and_the_newer_type_breaks_ties() {
        use MediaType::{GraphQlResponse, Json};
        let cases = [
            ("application/graphql-response+json", Some(GraphQlResponse)),
            ("application/json", Some(Json)),
            ("application/json; charset=UTF-8", Some(Json)),
            ("application/json; charset=latin1", None),
            ("*/*", Some(Json)),
            ("application/*", Some(Json)),
            ("", Some(Json)),
            ("application/json, application/graphql-response+json", Some(GraphQlResponse)),
            ("application/graphql-response+json, application/json;q=0.9", Some(GraphQlResponse)),
            ("application/graphql-response+json;q=0.5, application/json", Some(Json)),
            ("application/graphql-response+json, */*;q=0.1", Some(GraphQlResponse)),
            ("application/json;q=0, */*", Some(GraphQlResponse)),
            ("application/json, multipart/mixed", Some(Json)),
            ("text/html,application/xhtml+xml,*/*;q=0.8", Some(Json)),
            ("text/html", None),
            ("application/json;q=0", None),
            ("nonsense", None),
        ];
        for (accept, expected) in cases {
            let headers = HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(accept))]);
            assert_eq!(negotiate(&headers), expected, "{accept}");
        }
        assert_eq!(negotiate(&HeaderMap::new()), Some(Json));
    }

    #[test]
    fn several_accept_headers_are_one_list() {
        let values = ["text/html", "application/graphql-response+json"].map(HeaderValue::from_static);
        let headers = HeaderMap::from_iter(values.map(|value| (header::ACCEPT, value)));
        assert_eq!(negotiate(&headers), Some(MediaType::GraphQlResponse));
    }
}
