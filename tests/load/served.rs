//! The running program, and people who are signed in to it.

use std::time::{Duration, Instant};

use support::process::{Process, Stop, free_port};

use crate::base::Base;

const AGENT: &str = "annika.brandt@servicedesk.example";
const COLLEAGUE: &str = "derya.aksoy@servicedesk.example";
const ADMINISTRATOR: &str = "verwaltung@servicedesk.example";
const PASSWORD: &str = "lotse-demo";

impl Base {
    /// Starts the server and signs an agent in.
    pub async fn serve(&self) -> Served {
        let port = free_port();
        let address = format!("http://127.0.0.1:{port}");
        let begun = Instant::now();
        let mut command = self.pinned(&["serve"]);
        command.env("LOTSE_LISTEN", format!("127.0.0.1:{port}"));
        let process = Process::start("lotse", self.log.clone(), Stop::Terminate, &command);
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        while client
            .get(format!("{address}/sign-in"))
            .send()
            .await
            .is_err()
        {
            assert!(process.is_alive(), "{}", process.log());
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        let ready_ms = begun.elapsed().as_millis();
        let mut served = Served {
            address,
            cookie: String::new(),
            csrf: String::new(),
            ready_ms,
            client,
            process,
        };
        served.come_in(AGENT).await;
        served
    }
}

/// The text behind a mark, up to the next quote.
pub fn after(page: &str, mark: &str) -> Option<String> {
    let (_, rest) = page.split_once(mark)?;
    Some(rest.split('"').next()?.to_owned())
}

/// A running server with an agent signed in.
pub struct Served {
    pub address: String,
    /// The session, as the header wants it.
    pub cookie: String,
    pub csrf: String,
    pub ready_ms: u128,
    pub process: Process,
    client: reqwest::Client,
}

impl Served {
    /// Signs the agent in; the cookie of the session.
    pub async fn sign_in(&self) -> String {
        self.session_of(AGENT).await
    }

    /// Signs another agent in; the cookie of the session.
    pub async fn colleague(&self) -> String {
        self.session_of(COLLEAGUE).await
    }

    /// Goes on as the administrator, who sees all there is.
    pub async fn be_administrator(&mut self) {
        self.come_in(ADMINISTRATOR).await;
    }

    async fn come_in(&mut self, email: &str) {
        self.cookie = self.session_of(email).await;
        self.csrf = after(&self.get("/").await, "name=\"csrf\" value=\"").unwrap();
    }

    async fn session_of(&self, email: &str) -> String {
        let answer = self
            .client
            .post(format!("{}/sign-in", self.address))
            .header("origin", &self.address)
            .form(&[("email", email), ("password", PASSWORD)])
            .send()
            .await
            .unwrap();
        let cookies = answer.headers().get_all("set-cookie");
        let session = cookies
            .iter()
            .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
            .find(|cookie| cookie.starts_with("lotse_session="));
        session.expect("a session").to_owned()
    }

    pub async fn get(&self, path: &str) -> String {
        self.get_in(&self.cookie, path).await
    }

    /// A page in somebody's session.
    pub async fn get_in(&self, cookie: &str, path: &str) -> String {
        let asked = self.client.get(format!("{}{path}", self.address));
        self.text(asked.header("cookie", cookie), path).await
    }

    /// What an open page fetches.
    pub async fn fetch_in(&self, cookie: &str, path: &str) -> String {
        let asked = self.client.get(format!("{}{path}", self.address));
        let asked = asked.header("cookie", cookie).header("hx-request", "true");
        self.text(asked, path).await
    }

    async fn text(&self, asked: reqwest::RequestBuilder, path: &str) -> String {
        let answer = asked.send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.text().await.unwrap()
    }

    /// The stream of an open page.
    pub async fn stream(&self, cookie: &str) -> reqwest::Response {
        let asked = self.client.get(format!("{}/events", self.address));
        asked.header("cookie", cookie).send().await.unwrap()
    }

    /// Sends a form as the agent; the answer, not followed.
    pub async fn post(&self, path: &str, fields: &[(String, String)]) -> reqwest::Response {
        self.post_in(&self.cookie, &self.csrf, path, fields).await
    }

    /// The same in somebody's session.
    pub async fn post_in(
        &self,
        cookie: &str,
        csrf: &str,
        path: &str,
        fields: &[(String, String)],
    ) -> reqwest::Response {
        let mut fields = fields.to_vec();
        fields.push(("csrf".to_owned(), csrf.to_owned()));
        let answer = self
            .client
            .post(format!("{}{path}", self.address))
            .header("cookie", cookie)
            .header("origin", &self.address)
            .form(&fields)
            .send()
            .await
            .unwrap();
        let status = answer.status();
        assert!(
            status.is_success() || status.is_redirection(),
            "{path}: {status}"
        );
        answer
    }

    /// Megabytes in memory now.
    pub fn memory_mb(&self) -> u64 {
        self.status_mb("VmRSS")
    }

    /// The same in words, with what of it are parts of files, which the system takes back when it needs room.
    pub fn memory(&self) -> String {
        let (all, files) = (self.memory_mb(), self.status_mb("RssFile"));
        format!("{all} MB, {files} MB of it mapped files")
    }

    fn status_mb(&self, name: &str) -> u64 {
        let status = format!("/proc/{}/status", self.process.pid());
        let status = std::fs::read_to_string(status).unwrap();
        let line = status.lines().find(|line| line.starts_with(name));
        let kb = line.unwrap().split_whitespace().nth(1).unwrap();
        kb.parse::<u64>().unwrap() / 1024
    }
}
