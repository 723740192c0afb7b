//! Serves the embedded files: compressed beforehand, kept for a year, because their names carry their content.

use assets::Asset;
use poem::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use poem::{Body, Endpoint, Request, Response, Result};

/// Whether this is the address of an embedded file.
pub fn serve(path: &str) -> bool {
    path.starts_with("/assets/")
}

/// Answers `GET` and `HEAD` for `/assets/:file`.
pub struct Assets;

impl Endpoint for Assets {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        Ok(answer(&request))
    }
}

fn answer(request: &Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Response::builder()
            .status(StatusCode::METHOD_NOT_ALLOWED)
            .header(header::ALLOW, HeaderValue::from_static("GET, HEAD"))
            .finish();
    }
    let file = request.uri().path().rsplit('/').next().unwrap_or_default();
    let Some(asset) = assets::find(file) else {
        return Response::builder().status(StatusCode::NOT_FOUND).finish();
    };
    let chosen = choose(asset, request.headers());
    let mut response = Response::builder()
        .header(header::ETAG, HeaderValue::from_static(chosen.etag))
        .header(
            header::CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=31536000, immutable"),
        )
        .header(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if is_known(request.headers(), chosen.etag) {
        return response.status(StatusCode::NOT_MODIFIED).finish();
    }
    response = response
        .header(
            header::CONTENT_TYPE,
            HeaderValue::from_static(asset.content_type),
        )
        .header(
            header::CONTENT_LENGTH,
            HeaderValue::from(chosen.bytes.len()),
        );
    if let Some(coding) = chosen.coding {
        response = response.header(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    if request.method() == Method::HEAD {
        return response.finish();
    }
    response.body(Body::from(chosen.bytes))
}

struct Chosen {
    coding: Option<&'static str>,
    etag: &'static str,
    bytes: &'static [u8],
}

/// The coding the visitor likes best; of equals the smallest. Plain bytes are always allowed.
fn choose(asset: &'static Asset, headers: &HeaderMap) -> Chosen {
    let wishes = wishes(headers);
    let mut best = Chosen {
        coding: None,
        etag: asset.etag,
        bytes: asset.bytes,
    };
    let mut weight = wish(&wishes, "identity").unwrap_or(0);
    for (coding, coded) in [("gzip", &asset.gzip), ("br", &asset.br)] {
        let Some(coded) = coded else { continue };
        let own = wish(&wishes, coding)
            .or_else(|| wish(&wishes, "*"))
            .unwrap_or(0);
        if own > 0 && own >= weight {
            best = Chosen {
                coding: Some(coding),
                etag: coded.etag,
                bytes: coded.bytes,
            };
            weight = own;
        }
    }
    best
}

/// `Accept-Encoding` as pairs of a coding and its weight in thousandths.
fn wishes(headers: &HeaderMap) -> Vec<(String, u16)> {
    let lines = headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|line| line.to_str().ok());
    let items = lines.flat_map(|line| line.split(','));
    items.filter_map(item).collect()
}

fn item(text: &str) -> Option<(String, u16)> {
    let mut parts = text.split(';').map(str::trim);
    let coding = parts
        .next()
        .filter(|coding| !coding.is_empty())?
        .to_ascii_lowercase();
    let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    let thousandths = match weight {
        Some(weight) => (weight.trim().parse::<f32>().ok()?.clamp(0.0, 1.0) * 1000.0) as u16,
        None => 1000,
    };
    Some((coding, thousandths))
}

fn wish(wishes: &[(String, u16)], coding: &str) -> Option<u16> {
    wishes
        .iter()
        .find(|(own, _)| own == coding)
        .map(|(_, weight)| *weight)
}

/// Whether `If-None-Match` names this entity tag; the comparison is the weak one, as for every `GET`.
fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let lines = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| line.split(','))
        .map(str::trim)
        .any(|tag| tag == "*" || tag.trim_start_matches("W/") == etag)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use poem::test::TestClient;
    use poem::{IntoEndpoint, Route};

    use super::*;

    fn client() -> TestClient<impl Endpoint> {
        TestClient::new(Route::new().at("/assets/:file", Assets).into_endpoint())
    }

    async fn coding_for(accepted: &str) -> String {
        let response = client()
            .get(assets::url("desk.css"))
            .header("accept-encoding", accepted)
            .send()
            .await;
        response.assert_status_is_ok();
        let coding = response
            .0
            .header("content-encoding")
            .unwrap_or("plain")
            .to_owned();
        let asset = assets::find(assets::url("desk.css").trim_start_matches("/assets/")).unwrap();
        let bytes = response.0.into_body().into_bytes().await.unwrap();
        let expected = match coding.as_str() {
            "br" => asset.br.as_ref().unwrap().bytes,
            "gzip" => asset.gzip.as_ref().unwrap().bytes,
            _ => asset.bytes,
        };
        assert_eq!(bytes, expected);
        coding
    }

    #[tokio::test]
    async fn the_coding_follows_the_weights() {
        for (accepted, coding) in [
            ("gzip, deflate, br, zstd", "br"),
            ("gzip;q=1.0, br;q=0.5", "gzip"),
            ("gzip, br;q=0", "gzip"),
            ("*", "br"),
            ("*;q=0.5, br;q=0", "gzip"),
            ("identity, br;q=0.1", "plain"),
            ("deflate", "plain"),
            ("br;q=nonsense", "plain"),
            ("", "plain"),
            ("BR", "br"),
        ] {
            assert_eq!(coding_for(accepted).await, coding, "{accepted}");
        }
    }

    #[tokio::test]
    async fn an_answer_may_be_kept_for_a_year() {
        let response = client()
            .get(assets::url("desk.css"))
            .header("accept-encoding", "br")
            .send()
            .await;
        response.assert_header("cache-control", "public, max-age=31536000, immutable");
        response.assert_header("vary", "Accept-Encoding");
        response.assert_header("content-type", "text/css; charset=utf-8");
        let etag = response.0.header("etag").unwrap();
        assert!(etag.starts_with('"') && etag.ends_with("-br\""), "{etag}");
    }

    #[tokio::test]
    async fn a_copy_still_good_is_not_sent_again() {
        let client = client();
        let ask = || {
            client
                .get(assets::url("desk.js"))
                .header("accept-encoding", "gzip")
        };
        let etag = ask().send().await.0.header("etag").unwrap().to_owned();
        for known in [
            etag.clone(),
            format!("\"other\", {etag}"),
            format!("W/{etag}"),
            "*".to_owned(),
        ] {
            let response = ask().header("if-none-match", known).send().await;
            response.assert_status(StatusCode::NOT_MODIFIED);
            response.assert_header("etag", &etag);
            assert!(
                response
                    .0
                    .into_body()
                    .into_bytes()
                    .await
                    .unwrap()
                    .is_empty()
            );
        }
        let plain = client
            .get(assets::url("desk.js"))
            .header("if-none-match", &etag)
            .send()
            .await;
        plain.assert_status_is_ok();
    }

    #[tokio::test]
    async fn head_has_the_length_but_no_body() {
        let length = assets::find(assets::url("desk.js").trim_start_matches("/assets/"))
            .unwrap()
            .bytes
            .len();
        let response = client().head(assets::url("desk.js")).send().await;
        response.assert_status_is_ok();
        response.assert_header("content-length", length.to_string());
        assert!(
            response
                .0
                .into_body()
                .into_bytes()
                .await
                .unwrap()
                .is_empty()
        );
    }

    #[tokio::test]
    async fn a_font_is_sent_as_it_is() {
        let response = client()
            .get(assets::url("fira-sans-400.woff2"))
            .header("accept-encoding", "br, gzip")
            .send()
            .await;
        response.assert_header("content-type", "font/woff2");
        response.assert_header_is_not_exist("content-encoding");
    }

    #[tokio::test]
    async fn what_is_not_there_is_not_found_and_nothing_can_be_posted() {
        for path in [
            "/assets/desk.css",
            "/assets/desk.0000000000000000.css",
            "/assets/..%2fCargo.toml",
        ] {
            client()
                .get(path)
                .send()
                .await
                .assert_status(StatusCode::NOT_FOUND);
        }
        client()
            .post(assets::url("desk.css"))
            .send()
            .await
            .assert_status(StatusCode::METHOD_NOT_ALLOWED);
    }
}
