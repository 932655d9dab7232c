//! The playground's files, which `make playground` builds into `web/dist` and a release carries inside itself.
//! Nothing here needs the network, and nothing else is read from disk.

use super::pages;
use axum::{
    extract::Path,
    http::header,
    response::{Html, IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};

// The folder may be missing: the server must build without Node.
#[derive(RustEmbed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Built;

const NOT_BUILT: &str = "<!doctype html>
<html lang=\"en-GB\">
<meta charset=\"utf-8\">
<title>inroads playground</title>
<h1>The playground is not built yet</h1>
<p>It needs Node. In the project's folder, run <code>make playground</code>, or by hand:</p>
<pre>npm --prefix web ci --ignore-scripts &amp;&amp; npm --prefix web run build</pre>
<p>Then build and start the server again. The API itself is ready at <code>/graphql</code>.</p>
</html>
";

/// Names change with what is in them, so a browser need never ask again.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// The same name may hold something else after an upgrade.
const ASK_EACH_TIME: &str = "no-cache";

pub async fn index() -> Response {
    match Built::get("index.html") {
        Some(page) => file(page, ASK_EACH_TIME),
        None => ([(header::CACHE_CONTROL, "no-store")], Html(NOT_BUILT)).into_response(),
    }
}

pub async fn asset(Path(path): Path<String>) -> Response {
    match Built::get(&format!("assets/{path}")) {
        Some(asset) => file(asset, if is_hashed(&path) { FOR_EVER } else { ASK_EACH_TIME }),
        None => pages::nowhere().await.into_response(),
    }
}

fn file(file: EmbeddedFile, caching: &'static str) -> Response {
    let mime = file.metadata.mimetype();
    let text = mime.starts_with("text/") || mime == "application/json";
    let content_type = if text { format!("{mime}; charset=utf-8") } else { mime.to_owned() };
    let headers = [(header::CONTENT_TYPE, content_type.as_str()), (header::CACHE_CONTROL, caching)];
    (headers, file.data).into_response()
}

/// Whether the bundler put a digest of the contents into the name: `-`, eight characters, and the extension.
fn is_hashed(path: &str) -> bool {
    let Some((stem, _)) = path.rsplit_once('.') else { return false };
    let Some((_, digest)) = stem.len().checked_sub(9).and_then(|at| stem.split_at_checked(at)) else { return false };
    digest.starts_with('-') && digest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::is_hashed;

    #[test]
    fn only_names_with_a_digest_are_kept_for_ever() {
        for hashed in
            ["index-BNrXwaWZ.js", "monaco-editor-CQzUyCc8.css", "graphql.worker-7-a2hYx4.js", "a-b_c-d_e-.ttf"]
        {
            assert!(is_hashed(hashed), "{hashed}");
        }
        for plain in ["licences.md", "index.js", "a.b", "", "-BNrXwaW.js", "index-BNrXwaWZ"] {
            assert!(!is_hashed(plain), "{plain}");
        }
    }
}
