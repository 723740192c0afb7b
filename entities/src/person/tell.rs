//! Mails to a person about their own account or work: what there is to tell, and what is needed to tell it.

use sea_orm::{EnumIter, FromQueryResult, Iterable as _, Statement};
use uuid::Uuid;

use crate::db::Db;
use crate::error::Result;
use crate::outbox::Effect;

/// What a person is told. A link that goes along is made when the mail is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter)]
pub enum Tell {
    /// That they are invited into the portal of a vendor, with a link.
    Invited,
    /// How to choose a new password, with a link.
    ResetPassword,
    /// That there is no password to forget, because a provider lets them in.
    ByProvider,
    /// That their password is another one now.
    PasswordSet,
    /// That signing in needs a second factor from now on.
    SecondFactorSet,
    /// That a device opens the door from now on.
    PasskeyAdded,
    /// That somebody came in by a recovery code.
    RecoveryCodeUsed,
    /// That the password alone opens the door again.
    SecondFactorRemoved,
    /// That somebody is to look again at an article they answer for; the work is about the article.
    ReviewDue,
    /// What happened to tickets and articles that concern them.
    Notices,
}

impl Tell {
    /// The stored name of the work, and of what it tells.
    pub fn name(self) -> &'static str {
        match self {
            Tell::Invited => "tell_invited",
            Tell::ResetPassword => "tell_reset_password",
            Tell::ByProvider => "tell_by_provider",
            Tell::PasswordSet => "tell_password_set",
            Tell::SecondFactorSet => "tell_second_factor_set",
            Tell::PasskeyAdded => "tell_passkey_added",
            Tell::RecoveryCodeUsed => "tell_recovery_code_used",
            Tell::SecondFactorRemoved => "tell_second_factor_removed",
            Tell::ReviewDue => "tell_review_due",
            Tell::Notices => "tell_notices",
        }
    }

    /// Reads what `name` wrote.
    pub fn from_name(name: &str) -> Option<Tell> {
        Tell::iter().find(|tell| tell.name() == name)
    }

    /// The work of telling it.
    pub fn to(self, person_id: Uuid) -> Effect {
        Effect::TellPerson {
            person_id,
            tell: self,
        }
    }
}

/// Whom a mail goes to.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Addressee {
    pub name: String,
    pub email: String,
    /// The language they chose, if they did.
    pub locale: Option<String>,
}

/// The person as a mail addresses them; none when they are retired or have no address.
pub async fn addressee(db: &Db, person_id: Uuid) -> Result<Option<Addressee>> {
    let sql = "SELECT p.name, p.email, f.locale FROM person p LEFT JOIN preference f ON f.person_id = p.id \
               WHERE p.id = $1 AND p.retired_at IS NULL AND p.email IS NOT NULL";
    let backend = sea_orm::ConnectionTrait::get_database_backend(db.reader());
    let statement = Statement::from_sql_and_values(backend, sql, [person_id.into()]);
    Ok(Addressee::find_by_statement(statement)
        .one(db.reader())
        .await?)
}
