//! What may be changed about roles, by whom, and what a change would do.

use entities::ledger::Command;
use entities::permit::Desk;
use entities::person::{self, SetPassword, SetRoles};
use entities::policy::{Grant, Reached, Scope};
use entities::role::change_grants::Regrant;
use entities::role::effect::effect;
use entities::role::reasons::reasons;
use entities::role::{self, ChangeGrants, RoleFacts};
use entities::{Actor, DeskError, Permission, Permit, Rejected, Uuid, claim_rule};
use support::desk::TestDesk;

async fn run<C: Command<On = Desk>>(
    desk: &TestDesk,
    actor: &Actor,
    command: C,
) -> entities::Result<C::Target> {
    let permit = Permit::ask(actor, Desk)?;
    Ok(desk.db.change(permit, command).await?.subject)
}

fn must_be_too_much<T: std::fmt::Debug>(result: entities::Result<T>) {
    match result {
        Err(DeskError::Rejected(Rejected::MoreThanHeld)) => {}
        other => panic!("not refused: {other:?}"),
    }
}

fn grants(of: &[(Permission, Scope)]) -> Vec<Grant> {
    let grant = |(permission, scope): &(Permission, Scope)| Grant {
        permission: *permission,
        scope: scope.clone(),
    };
    of.iter().map(grant).collect()
}

fn named(name: &str, of: &[(Permission, Scope)]) -> role::Create {
    role::Create {
        facts: RoleFacts {
            name: name.to_owned(),
            shipped_as: None,
            grants: grants(of),
        },
        once: None,
    }
}

async fn id(desk: &TestDesk, shipped_as: &str) -> Uuid {
    let role = role::shipped(&desk.db, shipped_as).await.unwrap();
    role.unwrap().id
}

/// Somebody who manages roles and people, and replies in own teams alone.
async fn manager(desk: &TestDesk, team: Uuid) -> Actor {
    let rights = [
        (Permission::ManageRoles, Scope::Everything),
        (Permission::ManagePeople, Scope::Everything),
        (Permission::ReadTickets, Scope::Everything),
        (Permission::Reply, Scope::OwnTeams),
    ];
    let jonas = desk.person_with("Jonas Weber", &rights).in_team(team);
    jonas.await.actor().await
}

#[tokio::test]
async fn nobody_makes_a_role_that_may_more_than_they() {
    let desk = TestDesk::new().await;
    let (own, other) = (desk.team("Jugend 1").await, desk.team("Zahlstelle").await);
    let jonas = manager(&desk, own).await;
    let everywhere = (Permission::Reply, Scope::Everything);
    must_be_too_much(run(&desk, &jonas, named("Alle", &[everywhere])).await);
    let elsewhere = (Permission::Reply, Scope::Teams(vec![own, other]));
    must_be_too_much(run(&desk, &jonas, named("Beide", &[elsewhere])).await);
    let unheld = (Permission::MergeTickets, Scope::OwnTeams);
    must_be_too_much(run(&desk, &jonas, named("Zusammen", &[unheld])).await);
    let as_much = [
        (Permission::ReadTickets, Scope::Services(vec![other])),
        (Permission::Reply, Scope::Teams(vec![own])),
        (Permission::ManageRoles, Scope::Everything),
    ];
    let role = run(&desk, &jonas, named("Genauso", &as_much))
        .await
        .unwrap();
    let widen = |to: Scope| ChangeGrants {
        id: role.row.id,
        changes: vec![Regrant {
            permission: Permission::Reply,
            from: vec![Scope::Teams(vec![own])],
            to: vec![to],
        }],
    };
    must_be_too_much(run(&desk, &jonas, widen(Scope::Everything)).await);
    run(&desk, &jonas, widen(Scope::OwnTeams)).await.unwrap();
}

#[tokio::test]
async fn whoever_narrows_a_role_gives_nothing_away() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let jonas = manager(&desk, team).await;
    let wide = [
        (Permission::CloseTickets, Scope::Everything),
        (Permission::Assign, Scope::Teams(vec![team])),
    ];
    let role = desk.console(named("Weit", &wide)).await;
    let narrower = ChangeGrants {
        id: role.row.id,
        changes: vec![
            Regrant {
                permission: Permission::CloseTickets,
                from: vec![Scope::Everything],
                to: vec![Scope::OwnTeams],
            },
            Regrant {
                permission: Permission::Assign,
                from: vec![Scope::Teams(vec![team])],
                to: vec![],
            },
        ],
    };
    let role = run(&desk, &jonas, narrower).await.unwrap();
    let left = [(Permission::CloseTickets, Scope::OwnTeams)];
    assert_eq!(role.grants, grants(&left));
}

#[tokio::test]
async fn nobody_gives_a_role_that_may_more_than_they_by_whatever_way() {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let jonas = manager(&desk, team).await;
    let me = jonas.person_id().unwrap();
    let administrator = id(&desk, "administrator").await;
    let mira = desk.requester("Mira Kessler").await;
    for person in [mira.id, me] {
        let give = SetRoles {
            id: person,
            role_ids: vec![administrator],
        };
        must_be_too_much(run(&desk, &jonas, give).await);
    }
    // By a rule about what a provider says.
    let provider = desk.trust_nobody("Amt", "lotse").await;
    let rule = claim_rule::Create {
        facts: claim_rule::ClaimRuleFacts {
            name: "Leitung".to_owned(),
            provider_id: provider,
            path: "groups".to_owned(),
            operator: claim_rule::Operator::Is,
            value: "leitung".to_owned(),
            gift: claim_rule::Gift {
                gives: claim_rule::Gives::Role,
                id: administrator,
            },
        },
        once: None,
    };
    must_be_too_much(run(&desk, &jonas, rule).await);
    // By bringing a role back that others still have.
    let strong = [(Permission::CloseTickets, Scope::Everything)];
    let strong = desk.console(named("Stark", &strong)).await.row.id;
    desk.console(role::Retire::of(strong)).await;
    must_be_too_much(run(&desk, &jonas, role::Restore::of(strong)).await);
    // By letting oneself in as somebody who may more.
    let admin = desk.administrator().await;
    let password = SetPassword {
        id: admin.id,
        hash: "$argon2id$".to_owned(),
    };
    must_be_too_much(run(&desk, &jonas, password).await);
    let facts = person::PersonFacts {
        name: admin.name.clone(),
        email: Some("jonas.weber@desk.example".to_owned()),
        ..person::PersonFacts::default()
    };
    let address = person::Update {
        id: admin.id,
        facts,
    };
    must_be_too_much(run(&desk, &jonas, address).await);
    // What one holds oneself is given as before.
    let held = [(Permission::Reply, Scope::OwnTeams)];
    let held = desk.console(named("Antworten", &held)).await.row.id;
    let give = SetRoles {
        id: mira.id,
        role_ids: vec![held],
    };
    run(&desk, &jonas, give).await.unwrap();
}

#[tokio::test]
async fn what_was_changed_since_the_page_was_drawn_is_not_overwritten() {
    let desk = TestDesk::new().await;
    let admin = desk.administrator().await.actor().await;
    let agent = id(&desk, "agent").await;
    let change = |permission, from: &[Scope], to: &[Scope]| ChangeGrants {
        id: agent,
        changes: vec![Regrant {
            permission,
            from: from.to_vec(),
            to: to.to_vec(),
        }],
    };
    let (reply, close) = (Permission::Reply, Permission::CloseTickets);
    let (own, all) = ([Scope::OwnTeams], [Scope::Everything]);
    run(&desk, &admin, change(reply, &own, &all)).await.unwrap();
    // Another permission of the same role is another matter.
    run(&desk, &admin, change(close, &own, &all)).await.unwrap();
    let late = run(&desk, &admin, change(reply, &own, &[])).await;
    assert!(matches!(
        late,
        Err(DeskError::Rejected(Rejected::ChangedMeanwhile))
    ));
    // The history holds what was granted before and since.
    let sql = "SELECT count(*) FROM event WHERE name = 'updated' AND payload LIKE '%\"from\":[{%\"to\":[{%'";
    assert_eq!(desk.database().number(sql, vec![]).await, 2);
}

#[tokio::test]
async fn the_last_administrator_keeps_what_makes_one() {
    let desk = TestDesk::new().await;
    let admin = desk.administrator().with_password("Streuobstwiese 7");
    let admin = admin.await.actor().await;
    let administrator = id(&desk, "administrator").await;
    for permission in [Permission::ManageRoles, Permission::ManagePeople] {
        for to in [vec![], vec![Scope::OwnTeams]] {
            let change = ChangeGrants {
                id: administrator,
                changes: vec![Regrant {
                    permission,
                    from: vec![Scope::Everything],
                    to,
                }],
            };
            let refused = run(&desk, &admin, change).await;
            assert!(matches!(
                refused,
                Err(DeskError::Rejected(Rejected::LastAdministrator))
            ));
        }
    }
}

#[tokio::test]
async fn the_effect_of_a_change_is_told_before_it_is_saved() {
    let desk = TestDesk::new().await;
    let (own, other) = (desk.team("Jugend 1").await, desk.team("Zahlstelle").await);
    let admin = desk.administrator().await.actor().await;
    let annika = desk.agent("Annika Brandt").in_team(own).await;
    let jonas = desk.agent("Jonas Weber").in_team(other).await;
    desk.ticket("Bescheid fehlt").in_team(own).await;
    desk.ticket("Zahllauf bricht ab").in_team(other).await;
    desk.ticket("Zahllauf steht")
        .in_team(other)
        .owned_by(&annika)
        .await;
    desk.ticket("Ohne Team").await;
    let agent = id(&desk, "agent").await;
    let narrow = Regrant {
        permission: Permission::ReadTickets,
        from: vec![Scope::Everything],
        to: vec![Scope::OwnTeams],
    };
    let changes = [(agent, vec![narrow.clone()])];
    let told = effect(&desk.db, &admin, &changes);
    let told = told.await.unwrap();
    assert_eq!((told.people, told.uncounted), (2, 0));
    let of = |who: Uuid| told.shifts.iter().find(|s| s.person_id == who).unwrap();
    // What Annika works on stays hers.
    assert_eq!((of(annika.id).goes.open, of(annika.id).goes.all), (1, 1));
    assert_eq!(of(annika.id).goes.examples[0].1, "Zahllauf bricht ab");
    assert_eq!((of(jonas.id).goes.open, of(jonas.id).comes.all), (1, 0));
    // Nothing was changed by looking.
    let seen = annika.actor().await.scopes(Permission::ReadTickets);
    assert_eq!(seen, [Scope::Everything]);
    let change = ChangeGrants {
        id: agent,
        changes: vec![narrow],
    };
    run(&desk, &admin, change).await.unwrap();
    let seen = annika.actor().await.scopes(Permission::ReadTickets);
    assert_eq!(seen, [Scope::OwnTeams]);
}

#[tokio::test]
async fn another_role_that_gives_the_same_leaves_nothing_to_lose() {
    let desk = TestDesk::new().await;
    let admin = desk.administrator().await;
    let (agent, lead) = (id(&desk, "agent").await, id(&desk, "lead").await);
    let both = desk.agent("Annika Brandt").await;
    let give = SetRoles {
        id: both.id,
        role_ids: vec![agent, lead],
    };
    desk.console(give).await;
    desk.ticket("Bescheid fehlt").await;
    let nothing = Regrant {
        permission: Permission::ReadTickets,
        from: vec![Scope::Everything],
        to: vec![],
    };
    let admin = admin.actor().await;
    let changes = [(agent, vec![nothing])];
    let told = effect(&desk.db, &admin, &changes);
    let told = told.await.unwrap();
    assert_eq!(told.people, 1);
    assert!(told.shifts.is_empty(), "{:?}", told.shifts);
}

#[tokio::test]
async fn why_somebody_may_or_may_not_is_told_by_role_and_scope() {
    let desk = TestDesk::new().await;
    let (own, other) = (desk.team("Jugend 1").await, desk.team("Zahlstelle").await);
    let admin = desk.administrator().await.actor().await;
    let annika = desk.agent("Annika Brandt").in_team(own).await;
    let foreign = desk.ticket("Zahllauf bricht ab").in_team(other).await;
    let hers = desk.ticket("Zahllauf steht").in_team(other);
    let hers = hers.owned_by(&annika).await;
    let ask = async |ticket| {
        let told = reasons(&desk.db, &admin, annika.id, Some(ticket)).await;
        told.unwrap()
    };
    let told = ask(&foreign).await;
    let of = |permission| {
        let mut all = told.reasons.iter();
        all.find(|r| r.permission == permission).unwrap()
    };
    assert_eq!(told.teams[0].name, "Jugend 1");
    assert_eq!(
        of(Permission::ReadTickets).ways[0].reached,
        Some(Reached::Everywhere)
    );
    assert_eq!(of(Permission::Reply).ways[0].role, "Agent");
    assert_eq!(of(Permission::Reply).ways[0].reached, None);
    assert!(of(Permission::ManageRoles).ways.is_empty());
    // The same answer the policy gives, for everything.
    let actor = annika.actor().await;
    for ticket in [&foreign, &hers] {
        for reason in &ask(ticket).await.reasons {
            let place = match reason.permission.spread() {
                entities::policy::Spread::Tickets => ticket.place(),
                entities::policy::Spread::Teams | entities::policy::Spread::Services => continue,
                entities::policy::Spread::Desk | entities::policy::Spread::Organisation => {
                    entities::policy::Place::Desk
                }
            };
            let may = entities::policy::allows(&actor, reason.permission, place);
            assert_eq!(reason.is_held(), may, "{:?}", reason.permission);
        }
    }
    let told = ask(&hers).await;
    let reply = told
        .reasons
        .iter()
        .find(|r| r.permission == Permission::Reply);
    assert_eq!(reply.unwrap().ways[0].reached, Some(Reached::Owned));
    // Nobody else is told.
    let curious = annika.actor().await;
    let refused = reasons(&desk.db, &curious, annika.id, Some(&hers)).await;
    assert!(matches!(refused, Err(DeskError::Forbidden)));
}
