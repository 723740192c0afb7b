//! Every way by which something leaves the desk, by name: a new one does not compile or fails until it stands here.

use std::collections::BTreeSet;

use entities::outbox::Effect;
use entities::person::tell::Tell;
use lotse::routes;
use lotse::web::routing::Gate;
use reqwest::Method;

/// Pages of the portal; the crawl must have seen each.
pub const PAGES: &[&str] = &[
    "/portal",
    "/portal/contacts",
    "/portal/knowledge",
    "/portal/knowledge/:key",
    "/portal/knowledge/:key/files/:sub",
    "/portal/people",
    "/portal/releases",
    "/portal/tickets/:key",
    "/portal/tickets/:key/files/:sub",
];

/// Pages of the knowledge base that anybody reads; the crawl must have seen each.
pub const SITE: &[&str] = &[
    "/help",
    "/help/articles/:key",
    "/help/articles/:key/files/:sub",
];

/// What people of vendors can send; each is sent wrong, for the errors it answers with.
pub const FORMS: &[&str] = &[
    "/portal/knowledge/:key/feedback",
    "/portal/people",
    "/portal/people/:sub",
    "/portal/tickets/:key/answers",
    "/portal/tickets/:key/fields",
    "/portal/tickets/:key/steps",
];

/// One's own account: whoever has signed in sees what is theirs.
pub const OWN: &[&str] = &[
    "/account",
    "/account/language",
    "/account/passkeys",
    "/account/passkeys/remove",
    "/account/password",
    "/account/preferences",
    "/account/second-factor",
    "/account/second-factor/codes",
    "/account/second-factor/remove",
    "/account/sessions/end",
    "/account/sign-ins",
];

/// Where what an effect sends is looked through. Without a wildcard: a new effect is named here before it compiles.
pub fn looked_through(effect: &Effect) -> &'static str {
    match effect {
        // To vendors too; `crawl::mails` reads every mail to one of their addresses.
        Effect::SendMail { .. } => "mails",
        // To requesters; were one to go to a vendor, the same reading finds it.
        Effect::SendReceipt { .. } | Effect::SendClosingNote { .. } => "mails",
        Effect::TellPerson { tell, .. } => match tell {
            // Hold the person's own name, that of their vendor, and a link.
            Tell::Invited
            | Tell::ResetPassword
            | Tell::ByProvider
            | Tell::PasswordSet
            | Tell::SecondFactorSet
            | Tell::PasskeyAdded
            | Tell::RecoveryCodeUsed
            | Tell::SecondFactorRemoved => "mails",
            // Goes to whoever answers for an article, and holds its title alone.
            Tell::ReviewDue => "mails",
            // Goes to people of the desk, and holds number and title of what they see.
            Tell::Notices => "mails",
        },
        Effect::TellReview | Effect::TellNotices => "mails",
    }
}

fn of(gate: Gate, method: Option<Method>) -> BTreeSet<&'static str> {
    let table = routes::table();
    let listed = table.list().iter();
    listed
        .filter(|route| route.gate == gate)
        .filter(|route| method.as_ref().is_none_or(|method| route.method == *method))
        .map(|route| route.path)
        .collect()
}

fn named(paths: &[&'static str]) -> BTreeSet<&'static str> {
    paths.iter().copied().collect()
}

#[test]
fn every_route_that_people_of_vendors_reach_is_named_here() {
    assert_eq!(of(Gate::Portal, Some(Method::GET)), named(PAGES));
    assert_eq!(of(Gate::Portal, Some(Method::POST)), named(FORMS));
    assert_eq!(of(Gate::Own, None), named(OWN));
    let open = of(Gate::Open, Some(Method::GET));
    let shows_articles = |path: &&str| path.starts_with("/help/art") || *path == "/help";
    let site: BTreeSet<_> = open.into_iter().filter(shows_articles).collect();
    assert_eq!(site, named(SITE));
}

#[test]
fn every_effect_is_looked_through_somewhere() {
    let id = entities::new_id();
    let effect = Effect::SendReceipt { message_id: id };
    assert_eq!(looked_through(&effect), "mails");
}
