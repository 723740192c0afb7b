//! Fetches from identity providers and calendars: bounded in time and size, without redirects, never into private networks
//! by itself.

mod guard;

use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::Context as _;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use poem::http;
use reqwest::Certificate;
use reqwest::redirect::Policy;

use guard::{Guard, Private};

const CONNECT_WITHIN: Duration = Duration::from_secs(5);
const WITHIN: Duration = Duration::from_secs(10);
/// Servers of calendars write them when they are asked.
const GET_WITHIN: Duration = Duration::from_secs(20);
/// Discovery documents and sets of keys of large providers have some ten thousand bytes.
const MOST_BYTES: usize = 512 * 1024;

/// Why nothing came back. None of it holds what was sent or received.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    #[error("{0} is no address that may be fetched")]
    Address(String),
    #[error("{0} lies in a private network")]
    Private(String),
    #[error("the answer leads elsewhere")]
    Redirect,
    #[error("the answer is too large")]
    TooLarge,
    #[error("no answer: {0}")]
    Away(String),
}

/// Somebody to fetch with; cheap to clone.
#[derive(Clone, Debug)]
pub struct Fetch {
    /// Made when something is fetched first: it reads the system's certificates, which most commands never need.
    http: Arc<OnceLock<reqwest::Client>>,
    /// Trusted beside the system's.
    own: Vec<Certificate>,
    guard: Guard,
}

impl Fetch {
    /// `ca_file`: certificates of an in-house authority, trusted beside the system's; `section` of the configuration
    /// names it.
    pub fn new(
        section: &str,
        internal: &[String],
        ca_file: Option<&Path>,
    ) -> anyhow::Result<Fetch> {
        let mut fetch = Fetch {
            http: Arc::default(),
            own: Vec::new(),
            guard: Guard::new(internal),
        };
        if let Some(file) = ca_file {
            let named = || format!("{section}.ca_file {}", file.display());
            let pem = std::fs::read(file).with_context(named)?;
            fetch.own = Certificate::from_pem_bundle(&pem).with_context(named)?;
            anyhow::ensure!(!fetch.own.is_empty(), "{}: holds no certificate", named());
            // Certificates that cannot be used are told at once.
            fetch.http().with_context(named)?;
        }
        Ok(fetch)
    }

    fn http(&self) -> reqwest::Result<&reqwest::Client> {
        if let Some(http) = self.http.get() {
            return Ok(http);
        }
        let mut builder = reqwest::Client::builder()
            .redirect(Policy::none())
            .referer(false)
            // A proxy would look names up by itself, past the guard.
            .no_proxy()
            .connect_timeout(CONNECT_WITHIN)
            .timeout(WITHIN)
            .dns_resolver(self.guard.clone());
        if !self.own.is_empty() {
            builder = builder.tls_certs_merge(self.own.clone());
        }
        let http = builder.build()?;
        Ok(self.http.get_or_init(|| http))
    }

    /// Whether an address may be fetched, or a browser be sent to, as far as it shows that itself.
    pub fn may(&self, url: &reqwest::Url) -> Result<(), FetchError> {
        let host = url.host_str().unwrap_or_default();
        let plain = url.scheme() == "http" && self.guard.is_internal(host);
        if host.is_empty() || !(url.scheme() == "https" || plain) {
            return Err(FetchError::Address(url.origin().ascii_serialization()));
        }
        match self.guard.allows_literal(host) {
            true => Ok(()),
            false => Err(FetchError::Private(host.to_owned())),
        }
    }

    /// Gets what lies at an address, up to so many bytes.
    pub async fn get(&self, url: &reqwest::Url, most: usize) -> Result<Got, FetchError> {
        let mut request = reqwest::Request::new(reqwest::Method::GET, url.clone());
        let agent = concat!("Lotse/", env!("CARGO_PKG_VERSION"));
        let agent = reqwest::header::HeaderValue::from_static(agent);
        request
            .headers_mut()
            .insert(reqwest::header::USER_AGENT, agent);
        *request.timeout_mut() = Some(GET_WITHIN);
        self.send(request, most).await
    }

    async fn fetch(&self, request: HttpRequest) -> Result<HttpResponse, FetchError> {
        let uri = request.uri().clone();
        let address = || FetchError::Address(uri.host().unwrap_or_default().to_owned());
        let request = reqwest::Request::try_from(request).map_err(|_| address())?;
        let got = self.send(request, MOST_BYTES).await?;
        let mut out = http::Response::new(got.body);
        *out.status_mut() = got.status;
        *out.headers_mut() = got.headers;
        Ok(out)
    }

    async fn send(&self, request: reqwest::Request, most: usize) -> Result<Got, FetchError> {
        self.may(request.url())?;
        let mut answer = self
            .http()
            .map_err(away)?
            .execute(request)
            .await
            .map_err(away)?;
        if answer.status().is_redirection() {
            return Err(FetchError::Redirect);
        }
        let mut body = Vec::new();
        while let Some(bytes) = answer.chunk().await.map_err(away)? {
            if body.len() + bytes.len() > most {
                return Err(FetchError::TooLarge);
            }
            body.extend_from_slice(&bytes);
        }
        Ok(Got {
            status: answer.status(),
            headers: answer.headers().clone(),
            body,
        })
    }
}

/// What came back.
#[derive(Debug)]
pub struct Got {
    pub status: http::StatusCode,
    pub headers: http::HeaderMap,
    pub body: Vec<u8>,
}

/// The last cause says most; none of them holds more than addresses.
fn away(error: reqwest::Error) -> FetchError {
    let error = error.without_url();
    let mut cause: &dyn std::error::Error = &error;
    while let Some(next) = cause.source() {
        cause = next;
        if let Some(Private(host)) = cause.downcast_ref() {
            return FetchError::Private(host.clone());
        }
    }
    match error.is_timeout() {
        true => FetchError::Away("time is up".to_owned()),
        false => FetchError::Away(cause.to_string()),
    }
}

impl<'c> AsyncHttpClient<'c> for Fetch {
    type Error = FetchError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, FetchError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.fetch(request))
    }
}
