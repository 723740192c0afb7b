//! `lotse admin create`: an account with every permission, for the first sign-in and for a lost password.

use std::io::Read as _;

use anyhow::Context as _;
use entities::ledger::Command;
use entities::permit::{Desk as Whole, Permit};
use entities::person::password_rules::{self, FEWEST_CHARS, MOST_CHARS, Owner, Weak};
use entities::person::{self, Create, PersonFacts, SetPassword, SetRoles, password};
use entities::setting::Restore;
use entities::{Actor, DeskError, Rejected, Rule, Uuid, first_start, role, session};
use rand::{Rng as _, SeedableRng as _};

use crate::desk::Desk;

/// Who shall administrate.
#[derive(Debug, clap::Args)]
pub struct NewAdmin {
    /// Mail address to sign in with; an account with it gets the role and a new password.
    #[arg(long)]
    email: String,
    /// Name of a new account.
    #[arg(long)]
    name: Option<String>,
    /// Read the password from standard input instead of inventing one.
    #[arg(long)]
    password_stdin: bool,
}

/// Letters and digits that are not mistaken for one another.
const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// Makes or mends the account; the lines to print.
pub async fn create(desk: &Desk, asked: NewAdmin) -> anyhow::Result<String> {
    let password = match asked.password_stdin {
        true => from_stdin()?,
        false => invented(),
    };
    let owner = Owner {
        name: asked.name.as_deref().unwrap_or_default(),
        email: &asked.email,
        desk: &desk.config.organisation.name,
    };
    if let Err(weak) = password_rules::check(&password, &owner).await {
        anyhow::bail!(match weak {
            Weak::TooShort => format!("the password needs at least {FEWEST_CHARS} characters"),
            Weak::TooLong => format!("the password may have at most {MOST_CHARS} characters"),
            Weak::Common => "the password is too easy to guess; take several words".to_owned(),
            Weak::Personal => {
                "the password is little more than a name that others know".to_owned()
            }
        });
    }
    let id = account(desk, &asked).await?;
    let administrator = role::shipped(&desk.db, first_start::ADMINISTRATOR)
        .await?
        .context("the role of administrators is missing")?;
    let owner = Actor::System(Rule::Console);
    let mut role_ids = person::find(&desk.db, &owner, id).await?.role_ids;
    role_ids.push(administrator.id);
    run(desk, SetRoles { id, role_ids }).await?;
    let hash = password::hash(&password).await?;
    run(desk, SetPassword { id, hash }).await?;
    session::end_all(&desk.db, id).await?;
    let told = match asked.password_stdin {
        true => String::new(),
        false => format!("Password: {password}\n"),
    };
    Ok(format!(
        "{} can sign in at {} as an administrator.\n{told}",
        asked.email.trim(),
        desk.config.public_url
    ))
}

/// The account of the address, made or brought back into use.
async fn account(desk: &Desk, asked: &NewAdmin) -> anyhow::Result<Uuid> {
    if let Some(id) = person::by_email(&desk.db, &asked.email)
        .await?
        .map(|p| p.id)
    {
        run(desk, Restore::<person::Person>::of(id)).await?;
        return Ok(id);
    }
    let name = asked.name.clone();
    let create = Create {
        facts: PersonFacts {
            name: name.unwrap_or_else(|| "Administrator".to_owned()),
            email: Some(asked.email.clone()),
            ..PersonFacts::default()
        },
        ..Create::default()
    };
    let owner = Permit::ask(&Actor::System(Rule::Console), Whole)?;
    match desk.db.change(owner, create).await {
        Ok(done) => Ok(done.subject.row.id),
        Err(DeskError::Rejected(Rejected::NotAnAddress)) => {
            anyhow::bail!("--email {}: is no mail address", asked.email)
        }
        Err(e) => Err(e.into()),
    }
}

async fn run<C: Command<On = Whole>>(desk: &Desk, command: C) -> anyhow::Result<()> {
    let permit = Permit::ask(&Actor::System(Rule::Console), Whole)?;
    desk.db.change(permit, command).await?;
    Ok(())
}

fn from_stdin() -> anyhow::Result<String> {
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .context("cannot read the password from standard input")?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

/// Twenty characters, more than a hundred bits.
fn invented() -> String {
    let mut random = rand::rngs::StdRng::from_os_rng();
    (0..20)
        .map(|_| char::from(LETTERS[random.random_range(0..LETTERS.len())]))
        .collect()
}
