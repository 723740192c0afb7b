//! `lotse ticket …`: tickets of a desk that runs elsewhere, with a token of one's own in place of a session.

use std::time::Duration;

use anyhow::Context as _;
use entities::ticket::State;
use reqwest::redirect::Policy;
use reqwest::{Method, RequestBuilder, header};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::api::tickets::{NewTicket, Opened, Ticket};
use crate::web::url::{self, Url};

/// Where the desk is, and who asks. The token is read from a variable, so that it stands in no list of processes.
#[derive(Debug, clap::Args)]
pub struct There {
    /// Address of the desk, such as https://desk.example.org. Without it LOTSE_CLIENT_SERVER is read.
    #[arg(long, value_name = "URL")]
    server: Option<String>,
}

#[derive(Debug, clap::Subcommand)]
pub enum TicketCommand {
    /// Print the open tickets your token reads, those that changed last first.
    List {
        #[command(flatten)]
        there: There,
        /// Only your own.
        #[arg(long)]
        mine: bool,
        /// A number, or words of the title.
        words: Vec<String>,
        /// For programs: what the desk answered.
        #[arg(long)]
        json: bool,
    },
    /// Open a ticket; its text is read from standard input.
    New {
        #[command(flatten)]
        there: There,
        /// Its title.
        title: String,
        /// A key of your own: the same one never opens a second ticket.
        #[arg(long, value_name = "KEY")]
        once: Option<String>,
    },
}

/// Variables of this command; they are no settings.
const SERVER: &str = "LOTSE_CLIENT_SERVER";
const TOKEN: &str = "LOTSE_CLIENT_TOKEN";

/// Asks the desk; the lines to print.
pub async fn run(command: TicketCommand) -> anyhow::Result<String> {
    match command {
        TicketCommand::List {
            there,
            mine,
            words,
            json,
        } => {
            let owner = if mine { "me" } else { "" };
            let asked = url::api_tickets()
                .with("owner", owner)
                .with("q", words.join(" "));
            let answer: Value = answer(there.request(Method::GET, &asked)?).await?;
            if json {
                return Ok(format!("{answer:#}\n"));
            }
            let tickets: Vec<Ticket> = serde_json::from_value(answer)?;
            Ok(tickets.iter().map(line).collect())
        }
        TicketCommand::New { there, title, once } => {
            let text = std::io::read_to_string(std::io::stdin())
                .context("cannot read the text from standard input")?;
            let new = NewTicket { title, text, once };
            let request = there.request(Method::POST, &url::api_tickets())?;
            let request = request.header(header::CONTENT_TYPE, "application/json");
            let opened: Opened = answer(request.body(serde_json::to_vec(&new)?)).await?;
            Ok(format!("{} {}\n", opened.number, opened.url))
        }
    }
}

fn line(ticket: &Ticket) -> String {
    let state = match ticket.state {
        State::New => "new",
        State::Open => "open",
        State::Waiting => "waiting",
        State::Solved => "solved",
        State::Closed => "closed",
        State::Merged => "merged",
    };
    // What others wrote must not steer a terminal.
    let title: String = ticket.title.chars().filter(|c| !c.is_control()).collect();
    let owner = ticket.owner.as_deref().unwrap_or("-");
    format!("{}  {state:<8}  {owner}  {title}\n", ticket.number)
}

impl There {
    fn request(&self, method: Method, at: &Url) -> anyhow::Result<RequestBuilder> {
        let token = std::env::var(TOKEN)
            .with_context(|| format!("{TOKEN} is not set; make a token in the desk: My account"))?;
        let named = self.server.clone().or_else(|| std::env::var(SERVER).ok());
        let named = named.with_context(|| format!("neither --server nor {SERVER} is set"))?;
        let server = named.trim_end_matches('/');
        anyhow::ensure!(
            server.starts_with("https://") || is_here(server),
            "--server {server}: a token is only sent by https, or to this machine"
        );
        let client = reqwest::Client::builder()
            .redirect(Policy::none())
            .timeout(Duration::from_secs(30))
            .build()?;
        let request = client.request(method, format!("{server}{at}"));
        Ok(request.bearer_auth(token.trim()))
    }
}

fn is_here(server: &str) -> bool {
    let url = server.parse::<poem::http::Uri>();
    let host = url.ok().and_then(|url| url.host().map(str::to_owned));
    host.is_some_and(|host| matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]"))
}

async fn answer<T: DeserializeOwned>(request: RequestBuilder) -> anyhow::Result<T> {
    let answer = request.send().await.context("the desk does not answer")?;
    let status = answer.status();
    let bytes = answer.bytes().await.context("the answer broke off")?;
    if status.is_success() {
        return serde_json::from_slice(&bytes).context("this is no answer of a desk");
    }
    let said: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    let word = |name| said.get(name).map(|word| word.to_string().replace('"', ""));
    let words: Vec<String> = [word("error"), word("why")].into_iter().flatten().collect();
    anyhow::bail!("the desk refused ({status}): {}", words.join(": "))
}
