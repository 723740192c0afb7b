//! Which articles somebody finds: by their scopes, page by page, narrowed by what they ask, and in which categories.

use entities::article::list::{Wanted, list};
use entities::article::{Filing, Write};
use entities::category::{self, CategoryFacts};
use entities::policy::Scope;
use entities::{Actor, DeskError, Permission, Permit, Rejected, Uuid};
use support::desk::{Persona, TestDesk, content};

use crate::articles::{case, refused};

/// One who may all about one service alone.
async fn of_service(desk: &TestDesk, name: &str, service: Uuid) -> Persona {
    let about = Scope::Services(vec![service]);
    let all = [
        Permission::ReadArticles,
        Permission::WriteArticles,
        Permission::PublishArticles,
    ];
    let grants = all.map(|permission| (permission, about.clone()));
    desk.person_with(name, &grants).await
}

#[tokio::test]
async fn an_author_of_one_service_writes_about_no_other() {
    let case = case().await;
    let team = case.desk.team("Jugend 1").await;
    let hort = case.desk.service("HortPlan", team).await;
    let module = case.desk.module("Essen", hort).await;
    let kita = case.desk.service("KITA-Netz", team).await;
    let jonas = of_service(&case.desk, "Jonas Weber", hort).await;
    let about = |services: &[Uuid]| Filing {
        service_ids: services.to_vec(),
        ..Filing::default()
    };
    for services in [&[][..], &[kita]] {
        let filing = about(services);
        let begun = case.desk.begin_article(&jonas, content("Fremd"), filing);
        refused(begun.await, Rejected::NotYourServices);
    }
    let own = case
        .desk
        .begin_article(&jonas, content("Essen bestellen"), about(&[module]))
        .await
        .unwrap();
    let actor = jonas.actor().await;
    let moved = Write {
        content: content("Essen bestellen"),
        filing: about(&[kita]),
        edition: own.row.edition,
    };
    let permit = Permit::ask(&actor, own.clone()).unwrap();
    refused(
        case.desk.db.change(permit, moved).await,
        Rejected::NotYourServices,
    );
    let foreign = case.desk.article(&case.mira, "Gutschein").await.row.id;
    assert_eq!(case.read(&jonas, foreign).await, None);
    assert_eq!(
        case.titles(&jonas, &Wanted::default()).await,
        ["Essen bestellen"]
    );
}

#[tokio::test]
async fn lists_and_single_articles_agree_on_what_somebody_sees() {
    let case = case().await;
    let team = case.desk.team("Jugend 1").await;
    let hort = case.desk.service("HortPlan", team).await;
    let kita = case.desk.service("KITA-Netz", team).await;
    let jonas = of_service(&case.desk, "Jonas Weber", hort).await;
    let reads = [(Permission::ReadArticles, Scope::Services(vec![kita]))];
    let reader = case.desk.person_with("Lea Lang", &reads).await;
    let nobody = case.desk.requester("Sabine König").await;
    let mut ids = Vec::new();
    for (place, services) in [vec![], vec![hort], vec![kita], vec![hort, kita]]
        .into_iter()
        .enumerate()
    {
        for is_published in [false, true] {
            let mut filing = case.desk.filing(&case.mira).await;
            filing.service_ids = services.clone();
            let title = format!("Artikel {place} {is_published}");
            let begun = case.desk.begin_article(&case.mira, content(&title), filing);
            let id = begun.await.unwrap().row.id;
            if is_published {
                case.desk.send_to_review(&case.mira, id).await.unwrap();
                case.desk.publish(&case.marek, id).await.unwrap();
            }
            ids.push((id, title));
        }
    }
    for (who, sees) in [
        (&case.mira, 8),
        (&case.marek, 8),
        (&case.annika, 4),
        (&jonas, 4),
        (&reader, 2),
    ] {
        let titles = case.titles(who, &Wanted::default()).await;
        assert_eq!(titles.len(), sees, "{}: {titles:?}", who.name);
        for (id, title) in &ids {
            let is_found = case.read(who, *id).await.is_some();
            assert_eq!(is_found, titles.contains(title), "{}: {title}", who.name);
        }
    }
    let actor = nobody.actor().await;
    let refused = list(&case.desk.db, &actor, &Wanted::default(), None, 9).await;
    assert!(matches!(refused, Err(DeskError::Forbidden)));
}

#[tokio::test]
async fn a_list_is_narrowed_and_turned_page_by_page() {
    let case = case().await;
    let today = case.desk.db.clock().now().date_naive();
    let (top, below) = {
        let top = case.desk.category("KITA-Netz", None).await;
        (top, case.desk.category("Gutschein", Some(top)).await)
    };
    for number in 0..5_u32 {
        let filing = Filing {
            category_id: Some(if number < 2 { top } else { below }),
            owner_id: (number == 3).then_some(case.mira.id),
            review_due_on: Some(today + chrono::Duration::days(i64::from(5 - number))),
            ..Filing::default()
        };
        let title = format!("Ärger {number}");
        let begun = case.desk.begin_article(&case.mira, content(&title), filing);
        begun.await.unwrap();
    }
    let actor = case.mira.actor().await;
    let mut titles = Vec::new();
    let mut after = None;
    loop {
        let all = Wanted::default();
        let page = list(&case.desk.db, &actor, &all, after.as_ref(), 2)
            .await
            .unwrap();
        titles.extend(page.rows.into_iter().map(|line| line.title));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let expected: Vec<String> = (0..5).map(|n| format!("Ärger {n}")).collect();
    assert_eq!(titles, expected);
    let narrowed = async |wanted: Wanted| case.titles(&case.mira, &wanted).await;
    let with_below = category::list::below(&case.desk.db, top).await.unwrap();
    let in_top = Wanted {
        categories: with_below,
        ..Wanted::default()
    };
    assert_eq!(narrowed(in_top).await.len(), 5);
    let in_below = Wanted {
        categories: vec![below],
        ..Wanted::default()
    };
    assert_eq!(narrowed(in_below).await.len(), 3);
    let mine = Wanted {
        mine: true,
        ..Wanted::default()
    };
    assert_eq!(narrowed(mine).await, ["Ärger 3"]);
    // The one that is due first stands first.
    let due = Wanted {
        due_until: Some(today + chrono::Duration::days(3)),
        ..Wanted::default()
    };
    assert_eq!(narrowed(due).await, ["Ärger 4", "Ärger 3", "Ärger 2"]);
    let words = Wanted {
        words: "arger 1".to_owned(),
        ..Wanted::default()
    };
    assert_eq!(narrowed(words).await, ["Ärger 1"]);
    let wild = Wanted {
        words: "%".to_owned(),
        ..Wanted::default()
    };
    assert!(narrowed(wild).await.is_empty());
}

#[tokio::test]
async fn no_category_lies_within_itself() {
    let case = case().await;
    let top = case.desk.category("KITA-Netz", None).await;
    let below = case.desk.category("Gutschein", Some(top)).await;
    let deepest = case.desk.category("Bonus", Some(below)).await;
    for parent in [top, below, deepest] {
        let facts = CategoryFacts {
            name: "KITA-Netz".to_owned(),
            parent_id: Some(parent),
        };
        let console = Actor::System(entities::Rule::Console);
        let permit = Permit::ask(&console, entities::permit::Desk).unwrap();
        let update = category::Update { id: top, facts };
        refused(
            case.desk.db.change(permit, update).await,
            Rejected::Circular,
        );
    }
    let path = category::list::path(&case.desk.db, deepest).await.unwrap();
    let names: Vec<&str> = path.iter().map(|c| c.name.as_str()).collect();
    assert_eq!(names, ["KITA-Netz", "Gutschein", "Bonus"]);
}
