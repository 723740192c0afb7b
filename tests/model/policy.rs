//! The matrix: what each role may do, at every place a ticket can stand.

use entities::policy::{Place, TicketPlace, allows};
use entities::{Actor, DeskError, Permission, Permit, Rule, Uuid, ticket};
use support::desk::{TestDesk, reply};

/// Where a ticket stands, seen from an agent.
const PLACES: [&str; 5] = ["own team", "no team", "other team", "owned", "desk"];

fn place(name: &str, own: Uuid, other: Uuid, me: Uuid) -> Place {
    let (team_id, owner_id) = match name {
        "own team" => (Some(own), None),
        "no team" => (None, None),
        "other team" => (Some(other), Some(other)),
        "owned" => (Some(other), Some(me)),
        _ => return Place::Desk,
    };
    Place::Ticket(TicketPlace {
        team_id,
        owner_id,
        ..TicketPlace::default()
    })
}

/// Which places each permission reaches: `x` for each of `PLACES`, in their order.
#[rustfmt::skip]
const MATRIX: &[(Permission, &str, &str, &str)] = &[
    // Permission                    agent    lead     administrator
    (Permission::ReadTickets,         "xxxxx", "xxxxx", "xxxxx"),
    (Permission::CreateTickets,       "xxxxx", "xxxxx", "xxxxx"),
    (Permission::Note,                "xxxxx", "xxxxx", "xxxxx"),
    (Permission::Reply,               "xx.x.", "xx.x.", "xxxxx"),
    (Permission::Assign,              "xx.x.", "xx.x.", "xxxxx"),
    (Permission::Classify,            "xx.x.", "xx.x.", "xxxxx"),
    (Permission::SetPriority,         "xx.x.", "xx.x.", "xxxxx"),
    (Permission::SetState,            "xx.x.", "xx.x.", "xxxxx"),
    (Permission::CloseTickets,        "xx.x.", "xx.x.", "xxxxx"),
    (Permission::LinkTickets,         "xxxxx", "xxxxx", "xxxxx"),
    (Permission::MergeTickets,        "xx.x.", "xx.x.", "xxxxx"),
    (Permission::RedactMessages,      ".....", "xx.x.", "xxxxx"),
    (Permission::ShareWithVendor,     "xx.x.", "xx.x.", "xxxxx"),
    (Permission::WithdrawShare,       "xx.x.", "xx.x.", "xxxxx"),
    (Permission::UsePortal,           ".....", ".....", "xxxxx"),
    (Permission::InviteVendors,       ".....", ".....", "xxxxx"),
    (Permission::BookEffort,          "xxxxx", "xxxxx", "xxxxx"),
    (Permission::Watch,               "xxxxx", "xxxxx", "xxxxx"),
    (Permission::ReadCases,           ".....", ".....", "xxxxx"),
    (Permission::ExportTickets,       "xx.x.", "xx.x.", "xxxxx"),
    (Permission::ReceiveMail,         ".....", ".....", "....."),
    (Permission::DeliverMail,         ".....", ".....", "....."),
    (Permission::Remind,              ".....", ".....", "....."),
    (Permission::SettleMail,          ".....", ".....", "xxxxx"),
    (Permission::ShareViews,          ".....", "xx.x.", "xxxxx"),
    (Permission::EnterAbsences,       ".....", "xx.x.", "xxxxx"),
    (Permission::ManagePeople,        ".....", ".....", "xxxxx"),
    (Permission::ManageOrganisations, ".....", ".....", "xxxxx"),
    (Permission::ManageTeams,         ".....", ".....", "xxxxx"),
    (Permission::ManageServices,      ".....", ".....", "xxxxx"),
    (Permission::ManageMailboxes,     ".....", ".....", "xxxxx"),
    (Permission::ManageRoles,         ".....", ".....", "xxxxx"),
    (Permission::ManageTextBlocks,    ".....", "xxxxx", "xxxxx"),
    (Permission::ManageFields,        ".....", ".....", "xxxxx"),
    (Permission::ReadArticles,        "xxxxx", "xxxxx", "xxxxx"),
    (Permission::WriteArticles,       ".....", ".....", "xxxxx"),
    (Permission::ReviewArticles,      ".....", ".....", "xxxxx"),
    (Permission::PublishArticles,     ".....", ".....", "xxxxx"),
];

#[tokio::test]
async fn every_role_may_exactly_what_the_matrix_says() {
    let desk = TestDesk::new().await;
    let (own, other) = (desk.team("Jugend 1").await, desk.team("Zahlstelle").await);
    let agent = desk.agent("Annika Brandt").in_team(own).await;
    let lead = desk.lead("Jonas Weber").in_team(own).await;
    let admin = desk.administrator().await;
    let stranger = desk.requester("Sabine Kowalke").await;
    let rows: Vec<Permission> = MATRIX.iter().map(|row| row.0).collect();
    assert!(Permission::ALL.iter().all(|known| rows.contains(known)));
    for &(permission, agent_may, lead_may, admin_may) in MATRIX {
        for (who, may) in [
            (&agent, agent_may),
            (&lead, lead_may),
            (&admin, admin_may),
            (&stranger, "....."),
        ] {
            let actor = who.actor().await;
            let found: String = PLACES
                .iter()
                .map(|name| allows(&actor, permission, place(name, own, other, who.id)))
                .map(|allowed| if allowed { 'x' } else { '.' })
                .collect();
            assert_eq!(found, may, "{permission:?} of {}", who.name);
        }
    }
}

#[tokio::test]
async fn what_is_anothers_own_is_reached_by_no_role() {
    let desk = TestDesk::new().await;
    let (own, other) = (desk.team("Jugend 1").await, desk.team("Zahlstelle").await);
    let lead = desk.lead("Jonas Weber").in_team(own).await;
    let admin = desk.administrator().await;
    let stranger = desk.requester("Sabine Kowalke").await;
    #[rustfmt::skip]
    let rows = [
        // Who      a person's own                     own team  other team  desk
        (&lead,     Place::Own { person_id: lead.id },     true,  false, false),
        (&admin,    Place::Own { person_id: admin.id },    true,  true,  true),
        (&stranger, Place::Own { person_id: stranger.id }, false, false, false),
    ];
    for (who, mine, own_team, other_team, whole) in rows {
        let actor = who.actor().await;
        let may = |place| allows(&actor, Permission::ShareViews, place);
        assert!(may(mine), "{}", who.name);
        let anothers = Place::Own { person_id: own };
        assert!(!may(anothers), "{}", who.name);
        assert_eq!(may(Place::Team { team_id: own }), own_team, "{}", who.name);
        assert_eq!(
            may(Place::Team { team_id: other }),
            other_team,
            "{}",
            who.name
        );
        assert_eq!(may(Place::Desk), whole, "{}", who.name);
    }
}

#[test]
fn the_system_may_no_more_than_its_rules_need() {
    use Permission::*;
    #[rustfmt::skip]
    let rules: [(Rule, &[Permission]); 12] = [
        (Rule::MailIntake, &[ReadTickets, ReceiveMail, LinkTickets, ManagePeople, ManageOrganisations]),
        (Rule::MailDelivery, &[ReadTickets, DeliverMail]),
        (Rule::Receipt, &[ReadTickets, DeliverMail]),
        (Rule::Reminder, &[ReadTickets, Remind]),
        (Rule::Deadline, &[ReadTickets, Remind]),
        (Rule::ImportedDeadline, &[ReadTickets, Remind]),
        (Rule::AutoClose, &[ReadTickets, CloseTickets]),
        (Rule::Site, &[ReadArticles]),
        (Rule::Reconciliation, &[ReadTickets, CreateTickets, SettleMail]),
        (Rule::Recurring, &[ReadTickets, CreateTickets]),
        (Rule::AbsenceFeed, &[EnterAbsences]),
        (Rule::SignOn, &[ManagePeople, ManageRoles, ManageTeams]),
    ];
    for (rule, may) in rules {
        for &permission in Permission::ALL {
            let allowed = allows(&Actor::System(rule), permission, Place::Desk);
            assert_eq!(
                allowed,
                may.contains(&permission),
                "{rule:?} {permission:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_permit_is_refused_for_what_is_seen_but_not_permitted() {
    let desk = TestDesk::new().await;
    let (own, other) = (desk.team("Jugend 1").await, desk.team("Zahlstelle").await);
    let agent = desk.agent("Annika Brandt").in_team(own).await.actor().await;
    let foreign = desk.ticket("Zahllauf bricht ab").in_team(other).await;
    let seen = ticket::show::by_id(&desk.db, &agent, foreign.id).await;
    let refused = Permit::<entities::ticket::Reply>::ask(&agent, seen.unwrap());
    assert!(matches!(refused, Err(DeskError::Forbidden)));
}

#[tokio::test]
async fn only_an_import_dates_what_it_brings() {
    let desk = TestDesk::new().await;
    let admin = desk.administrator().await.actor().await;
    let ticket = desk.ticket("Zahllauf bricht ab").await;
    let past = desk.db.clock().now() - chrono::Duration::days(400);
    let permit = || Permit::<entities::ticket::Reply>::ask(&admin, ticket.clone()).unwrap();
    assert!(matches!(permit().dated(past), Err(DeskError::Forbidden)));
    // The clock tells of now; one that brings in what was told elsewhere can do no more than that.
    let tell = |rule| {
        let permit =
            Permit::<entities::ticket::TellDeadlines>::ask(&Actor::System(rule), ticket.clone());
        permit.unwrap().dated(past)
    };
    assert!(matches!(tell(Rule::Deadline), Err(DeskError::Forbidden)));
    assert!(tell(Rule::ImportedDeadline).is_ok());
    let other = Permit::<entities::ticket::Reply>::ask(
        &Actor::System(Rule::ImportedDeadline),
        ticket.clone(),
    );
    assert!(matches!(other, Err(DeskError::Forbidden)));
    let import = Actor::System(Rule::Import { on_behalf_of: None });
    let permit = Permit::ask(&import, ticket.clone()).unwrap().dated(past);
    let brought = reply("sabine@pa.example", "Damals");
    let done = desk.db.change(permit.unwrap(), brought).await.unwrap();
    assert_eq!(done.at, past);
    // What left long ago is not sent again.
    let work = "SELECT count(*) FROM outbox";
    assert_eq!(desk.database().number(work, vec![]).await, 0);
}
