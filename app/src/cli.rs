//! The command line: every subcommand works on the same configuration.

mod admin;
mod search;
mod ticket;

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};
use entities::first_start::DEFAULT_MAILBOX;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use self::search::SearchCommand;
use crate::config::{self, Config, Sources};
use crate::desk::Desk;
use crate::mail::{self, deliver, inspect};
use crate::{demo, documents, jobs, knowledge, machines, people, reading, server, upkeep};

/// Service desk with knowledge base for public authorities.
#[derive(Debug, Parser)]
#[command(name = "lotse", version, propagate_version = true)]
struct Cli {
    /// TOML file with settings; without it lotse.toml is read if it exists. LOTSE_… variables win over the file.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the web server and the work behind it.
    Serve,
    /// Run the work behind the pages alone: mail in and out, reminders, closing, anchors.
    Work,
    /// Run the web server with a believable unit to look at, made at the first start.
    Demo {
        #[command(subcommand)]
        command: Option<DemoCommand>,
    },
    /// Bring the database's schema up to date.
    Migrate,
    /// Check every chain of the history; prints the first broken place and exits with 1.
    Verify,
    /// Write database, files and key into an empty folder, while the desk serves.
    Backup {
        /// The folder to write into.
        folder: PathBuf,
    },
    /// Bring a backup into an empty place and verify it.
    Restore {
        /// The folder a backup was written into.
        folder: PathBuf,
    },
    /// Look at mail.
    #[command(subcommand)]
    Mail(MailCommand),
    /// People: requesters, agents, vendor users.
    #[command(subcommand)]
    People(PeopleCommand),
    /// Articles of the knowledge base.
    #[command(subcommand)]
    Knowledge(KnowledgeCommand),
    /// Search: ask the index, build it anew, compare it with the database.
    #[command(subcommand)]
    Search(search::SearchCommand),
    /// Accounts with every permission.
    #[command(subcommand)]
    Admin(AdminCommand),
    /// Tickets of a desk that runs elsewhere, with a token of one's own in LOTSE_CLIENT_TOKEN.
    #[command(subcommand)]
    Ticket(ticket::TicketCommand),
    /// Print the effective configuration, secrets masked.
    Config(ConfigArgs),
    /// Read a file from standard input and print what is written in it; what the desk starts for each file.
    #[command(hide = true)]
    ReadFile {
        #[arg(value_enum)]
        kind: reading::Kind,
    },
    /// Set a letter from standard input and print it as PDF; what the desk starts for each plain letter.
    #[command(hide = true)]
    SetLetter,
    /// Merge letters from standard input into one PDF; what the desk starts for all letters of a serial letter.
    #[command(hide = true)]
    MergeLetters,
}

#[derive(Debug, Subcommand)]
enum MailCommand {
    /// Print what reading makes of a message; nothing is stored.
    Inspect {
        /// A raw message; - reads standard input.
        file: PathBuf,
        /// For programs: one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Take in one raw message from standard input; exits with 0 once it is stored, with 75 when it must come again, with 65 when it is too large.
    Deliver {
        /// The mailbox it is for.
        #[arg(long, value_name = "NAME", default_value = DEFAULT_MAILBOX)]
        mailbox: String,
    },
    /// Send a test mail with the settings every other mail is sent with.
    SendTest {
        /// Who receives it.
        address: String,
        /// The mailbox it comes from, with its server and signature; without it the oldest.
        #[arg(long, value_name = "NAME")]
        mailbox: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
enum PeopleCommand {
    /// Bring in people from a CSV or XLSX file; a second import of the same file changes nothing.
    Import(people::console::PeopleImport),
}

#[derive(Debug, Subcommand)]
enum KnowledgeCommand {
    /// Bring in articles; a second import of the same writes no version, and what changed becomes the next one.
    Import(Box<knowledge::import::console::KnowledgeImport>),
    /// Write all articles with their files into an empty folder, from which they import again.
    Export(knowledge::export::KnowledgeExport),
}

#[derive(Debug, Subcommand)]
enum AdminCommand {
    /// Make an administrator, or give an account the role and a new password.
    Create(admin::NewAdmin),
}

#[derive(Debug, Subcommand)]
enum DemoCommand {
    /// Add tickets of ten years to the demo; Ctrl+C stops after whole tickets.
    Fill {
        /// How many.
        #[arg(long, default_value_t = 1000)]
        tickets: usize,
        /// The same seed makes the same cases.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
}

#[derive(Debug, Args)]
struct ConfigArgs {
    /// Print a commented file with every setting at its default instead.
    #[arg(long)]
    example: bool,
}

/// Parses the arguments, runs the command and turns an error into a message and an exit code.
pub async fn run() -> ExitCode {
    // Two providers may be compiled in; without a default rustls panics at the first connection.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return match error.exit_code() {
                0 => ExitCode::SUCCESS,
                // A mistyped option must not make the mail server give a mail up.
                _ if is_delivery(std::env::args()) => ExitCode::from(deliver::TRY_LATER),
                code => ExitCode::from(u8::try_from(code).unwrap_or(2)),
            };
        }
    };
    if matches!(cli.command, Command::Mail(MailCommand::Deliver { .. })) {
        return delivery(cli).await;
    }
    match dispatch(cli).await {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "lotse: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Whatever goes wrong before a mail is stored, a panic too, must make the mail server keep it.
async fn delivery(cli: Cli) -> ExitCode {
    let done = match tokio::spawn(dispatch(cli)).await {
        Ok(done) => done,
        Err(error) => Err(error.into()),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "lotse: {error:#}");
            ExitCode::from(deliver::exit_code(&error))
        }
    }
}

fn is_delivery(arguments: impl Iterator<Item = String>) -> bool {
    let words: Vec<String> = arguments.skip(1).take(6).collect();
    words.windows(2).any(|pair| pair == ["mail", "deliver"])
}

async fn dispatch(cli: Cli) -> anyhow::Result<ExitCode> {
    if let Command::Config(ConfigArgs { example: true }) = cli.command {
        return print(&config::example());
    }
    // It needs no desk of its own, and so no configuration.
    if let Command::Ticket(command) = cli.command {
        return print(&ticket::run(command).await?);
    }
    if let Command::ReadFile { kind } = cli.command {
        return read_file(kind);
    }
    if let Command::SetLetter = cli.command {
        return set_letter();
    }
    if let Command::MergeLetters = cli.command {
        return merge_letters();
    }
    let mut sources = Sources::read(cli.config.as_deref());
    if matches!(cli.command, Command::Demo { .. }) {
        sources = demo::start::with_defaults(sources);
    }
    let config = Config::from_sources(&sources)?;
    start_log(&config)?;
    match cli.command {
        Command::Serve => {
            let desk = working(config).await?;
            server::serve(desk, server::stop_on_signals()?).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Work => {
            let desk = working(config).await?;
            jobs::run(desk, server::stop_on_signals()?).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Demo { command: None } => {
            let stop = server::stop_on_signals()?;
            let mut desk = Desk::open(config).await?;
            demo::start::prepare(&mut desk, &stop).await?;
            print(&demo::start::welcome(&desk))?;
            server::serve(desk, stop).await?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Demo {
            command: Some(DemoCommand::Fill { tickets, seed }),
        } => {
            let stop = server::stop_on_signals()?;
            let desk = Desk::open(config).await?;
            print(&demo::start::fill_up(&desk, tickets, seed, &stop).await?)
        }
        Command::Mail(MailCommand::Inspect { file, json }) => {
            let raw =
                read_message(&file).with_context(|| format!("cannot read {}", file.display()))?;
            let mail = mail::read::read(&raw)
                .with_context(|| format!("{} is not a mail", file.display()))?;
            let shown = if json {
                inspect::json(&mail)?
            } else {
                inspect::lines(&mail)
            };
            print(&format!("{shown}\n"))
        }
        Command::Mail(MailCommand::Deliver { mailbox }) => {
            let stop = server::stop_on_signals()?;
            let stored = async {
                let desk = Desk::open(config).await?;
                let id = deliver::store(&desk, &mailbox, tokio::io::stdin()).await?;
                anyhow::Ok((desk, id))
            };
            let (desk, id) = tokio::select! {
                stored = stored => stored?,
                () = stop.cancelled() => {
                    let _ = writeln!(std::io::stderr(), "lotse: stopped before the mail was stored");
                    // The runtime would wait for standard input.
                    std::process::exit(deliver::TRY_LATER.into());
                }
            };
            tokio::select! {
                () = deliver::process(&desk, id) => {}
                () = stop.cancelled() => {}
            }
            Ok(ExitCode::SUCCESS)
        }
        Command::People(PeopleCommand::Import(asked)) => {
            let desk = Desk::open(config).await?;
            print(&people::console::import(&desk, asked).await?)
        }
        Command::Knowledge(KnowledgeCommand::Import(asked)) => {
            let desk = Desk::open(config).await?;
            print(&knowledge::import::console::import(&desk, *asked).await?)
        }
        Command::Knowledge(KnowledgeCommand::Export(asked)) => {
            let desk = Desk::open(config).await?;
            print(&knowledge::export::export(&desk, asked).await?)
        }
        Command::Search(command) => {
            let desk = Desk::open_existing(config).await?;
            match command {
                SearchCommand::Query(asked) => print(&search::query(&desk, asked).await?),
                SearchCommand::Reindex => print(&search::reindex(&desk).await?),
                SearchCommand::Verify => {
                    let (said, is_in_step) = search::verify(&desk).await?;
                    print(&said)?;
                    Ok(match is_in_step {
                        true => ExitCode::SUCCESS,
                        false => ExitCode::FAILURE,
                    })
                }
            }
        }
        Command::Admin(AdminCommand::Create(asked)) => {
            let desk = Desk::open(config).await?;
            print(&admin::create(&desk, asked).await?)
        }
        Command::Mail(MailCommand::SendTest { address, mailbox }) => {
            let desk = Desk::open(config).await?;
            let sent = mail::send::send_test(&desk, mailbox.as_deref(), &address).await?;
            print(&format!("{sent}\n"))
        }
        Command::Migrate => print(&format!("{}\n", upkeep::migrate::migrate(&config).await?)),
        Command::Verify => {
            let desk = Desk::open_existing(config).await?;
            match upkeep::verify::verify(&desk).await? {
                Ok(verified) => print(&format!("{}\n", upkeep::verify::intact(&verified))),
                Err(broken) => {
                    print(&format!("{}\n", upkeep::verify::broken(&broken)))?;
                    Ok(ExitCode::FAILURE)
                }
            }
        }
        Command::Backup { folder } => {
            let written = upkeep::backup::backup(&config, &folder).await?;
            print(&format!(
                "Backed up into {}: database, key and {} files.\n",
                folder.display(),
                written.files
            ))
        }
        Command::Restore { folder } => {
            let verified = upkeep::restore::restore(config, &folder).await?;
            print(&format!(
                "Restored. {}\n",
                upkeep::verify::intact(&verified)
            ))
        }
        Command::Ticket(command) => print(&ticket::run(command).await?),
        Command::ReadFile { kind } => read_file(kind),
        Command::SetLetter => set_letter(),
        Command::MergeLetters => merge_letters(),
        Command::Config(_) => print(&config::effective(&config, &sources)),
    }
}

/// The desk for a process that stays; refused where its index would not answer, or another machine's would.
async fn working(config: Config) -> anyhow::Result<Desk> {
    let desk = Desk::open(config).await?;
    desk.index.check().await.context("search")?;
    machines::join(&desk, machines::SILENCE).await?;
    Ok(desk)
}

fn read_file(kind: reading::Kind) -> anyhow::Result<ExitCode> {
    reading::apart::work(kind)?;
    Ok(ExitCode::SUCCESS)
}

fn set_letter() -> anyhow::Result<ExitCode> {
    documents::plain::apart::work()?;
    Ok(ExitCode::SUCCESS)
}

fn merge_letters() -> anyhow::Result<ExitCode> {
    documents::merged::apart::work()?;
    Ok(ExitCode::SUCCESS)
}

fn read_message(file: &Path) -> std::io::Result<Vec<u8>> {
    if file.as_os_str() != "-" {
        return std::fs::read(file);
    }
    let mut raw = Vec::new();
    std::io::stdin().read_to_end(&mut raw)?;
    Ok(raw)
}

/// Standard output may be a pipe that closed early; that is not worth a panic.
fn print(text: &str) -> anyhow::Result<ExitCode> {
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

fn start_log(config: &Config) -> anyhow::Result<()> {
    // It tells every step, also when there is none.
    let levels: Targets = format!("sea_orm_migration=warn,{}", config.log.level).parse()?;
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_target(true);
    tracing_subscriber::registry()
        .with(lines)
        .with(levels)
        .init();
    Ok(())
}
