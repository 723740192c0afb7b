//! The lists of articles read an index in its order, however many there are.

use chrono::Duration;
use entities::article::list::{Wanted, list, list_query};
use entities::article::recheck::{self, Whose};
use entities::article::related::related_query;
use entities::article::{Content, Create, Filing, Publish, SendToReview, State, translation};
use entities::ledger::Step;
use entities::page::Cursor;
use entities::permit::Reach;
use entities::{Permit, site, statistics};
use sea_orm::Statement;
use support::desk::{TestDesk, content};

use crate::plan::{Plan, backend};

/// As the requirements name it.
const ARTICLES: usize = 5_000;

#[tokio::test]
async fn five_thousand_articles_are_read_in_the_order_of_an_index() {
    let desk = TestDesk::new().await;
    let mira = desk.author("Mira Kessler").await;
    let annika = desk.agent("Annika Brandt").await;
    let category = desk.category("KITA-Netz", None).await;
    let today = desk.db.clock().now().date_naive();
    let actor = mira.actor().await;
    let pairs = (0..ARTICLES).map(|number| {
        let create = Create {
            content: content(&format!("Anleitung {number}")),
            filing: Filing {
                category_id: Some(category).filter(|_| number % 7 == 0),
                owner_id: Some(mira.id).filter(|_| number % 100 == 0),
                review_due_on: Some(today + Duration::days((number % 400) as i64)),
                ..Filing::default()
            },
            once: None,
        };
        (Permit::ask(&actor, Reach).unwrap(), create)
    });
    for done in desk.db.change_many(pairs.collect()).await.unwrap() {
        done.unwrap();
    }
    statistics::gather(&desk.db).await.unwrap();
    let wanted = [
        ("all", "article_title", Wanted::default()),
        (
            "one category",
            "article_category",
            Wanted {
                categories: vec![category],
                ..Wanted::default()
            },
        ),
        (
            "mine",
            "article_owner",
            Wanted {
                mine: true,
                ..Wanted::default()
            },
        ),
        (
            "in review",
            "article_state",
            Wanted {
                state: Some(State::InReview),
                ..Wanted::default()
            },
        ),
        (
            "due",
            "article_due",
            Wanted {
                due_until: Some(today + Duration::days(14)),
                ..Wanted::default()
            },
        ),
    ];
    for who in [&mira, &annika] {
        let actor = who.actor().await;
        for (name, index, wanted) in &wanted {
            let first = list(&desk.db, &actor, wanted, None, 50).await.unwrap();
            for after in [None, first.next] {
                let query = list_query(&actor, wanted, after.as_ref(), 50);
                let statement: Statement = backend(&desk).build(&query);
                let plan = Plan::of(&desk, statement).await;
                let what = format!("{name} for {}: {plan:#?}", who.name);
                assert!(!plan.sorts() && !plan.reads_whole("article"), "{what}");
                assert!(plan.uses(index), "{what}");
            }
        }
    }
}

#[tokio::test]
async fn what_a_release_put_on_the_list_is_read_from_it_and_not_from_all_articles() {
    let desk = TestDesk::new().await;
    let mira = desk.author("Mira Kessler").await;
    let marek = desk.reviewer("Marek Lindner").await;
    let team = desk.team("Jugend 1").await;
    let kita = desk.service("KITA-Netz", team).await;
    let (writes, reads) = (mira.actor().await, marek.actor().await);
    let filing = desk.filing(&mira).await;
    let pairs = (0..ARTICLES / 5).map(|number| {
        let create = Create {
            content: content(&format!("Anleitung {number}")),
            filing: Filing {
                service_ids: Some(kita).filter(|_| number % 3 == 0).into_iter().collect(),
                ..filing.clone()
            },
            once: None,
        };
        (Permit::ask(&writes, Reach).unwrap(), create)
    });
    let mut steps = Vec::new();
    for done in desk.db.change_many(pairs.collect()).await.unwrap() {
        let article = done.unwrap().subject;
        let sent = Permit::ask(&writes, article.clone()).unwrap();
        steps.push(Step::new(sent, SendToReview));
        let published = Permit::ask(&reads, article).unwrap();
        steps.push(Step::new(published, Publish { version: 1 }));
    }
    for done in desk.db.change_series(steps).await.unwrap() {
        done.unwrap();
    }
    desk.release(kita, "7.5").await;
    desk.release(kita, "7.6").await;
    statistics::gather(&desk.db).await.unwrap();
    for whose in [Whose::All, Whose::Mine] {
        let first = recheck::list(&desk.db, &writes, whose, None, 50).await;
        for after in [None, first.unwrap().next] {
            let query = recheck::list_query(&writes, whose, after.as_ref(), 50);
            let plan = Plan::of(&desk, backend(&desk).build(&query)).await;
            let what = format!("{whose:?}: {plan:#?}");
            assert!(!plan.sorts() && !plan.reads_whole("article"), "{what}");
            assert!(plan.uses("article_recheck_since"), "{what}");
        }
    }
}

#[tokio::test]
async fn readers_of_a_site_wait_for_an_index_and_not_for_all_articles() {
    let desk = TestDesk::new().await;
    let mira = desk.author("Mira Kessler").await;
    let actor = mira.actor().await;
    let pairs = (0..ARTICLES / 5).map(|number| {
        let create = Create {
            content: content(&format!("Anleitung {number}")),
            filing: Filing::default(),
            once: None,
        };
        (Permit::ask(&actor, Reach).unwrap(), create)
    });
    for done in desk.db.change_many(pairs.collect()).await.unwrap() {
        done.unwrap();
    }
    statistics::gather(&desk.db).await.unwrap();
    let wanted = site::Wanted::default();
    let after = Cursor {
        key: "anleitung 100".to_owned(),
        id: mira.id,
    };
    for readers in [site::Readers::Anybody, site::Readers::Vendor(mira.id)] {
        for after in [None, Some(&after)] {
            let query = site::lines_query(readers, &wanted, &[], after, 50);
            let plan = Plan::of(&desk, backend(&desk).build(&query)).await;
            let what = format!("{readers:?}: {plan:#?}");
            assert!(!plan.sorts() && !plan.reads_whole("article"), "{what}");
        }
    }
}

#[tokio::test]
async fn what_belongs_to_an_article_is_found_by_its_links_words_services_and_category() {
    let desk = TestDesk::new().await;
    let mira = desk.author("Mira Kessler").await;
    let team = desk.team("Jugend 1").await;
    let kita = desk.service("KITA-Netz", team).await;
    let actor = mira.actor().await;
    let filing = desk.filing(&mira).await;
    let pairs = (0..ARTICLES / 5).map(|number| {
        let create = Create {
            content: Content {
                keywords: vec![format!("Wort {}", number % 20)],
                ..content(&format!("Anleitung {number}"))
            },
            filing: Filing {
                service_ids: vec![kita],
                ..filing.clone()
            },
            once: None,
        };
        (Permit::ask(&actor, Reach).unwrap(), create)
    });
    let mut last = None;
    for done in desk.db.change_many(pairs.collect()).await.unwrap() {
        last = Some(done.unwrap().subject);
    }
    statistics::gather(&desk.db).await.unwrap();
    let article = last.unwrap();
    let annika = desk.agent("Annika Brandt").await.actor().await;
    for actor in [&actor, &annika] {
        let query = related_query(actor, &article, 5);
        let plan = Plan::of(&desk, backend(&desk).build(&query)).await;
        for table in [
            "article",
            "article_link",
            "article_keyword",
            "article_service",
        ] {
            assert!(!plan.reads_whole(table), "{table}: {plan:#?}");
        }
        for index in ["article_link_to", "article_service_of", "article_category"] {
            assert!(plan.uses(index), "{index}: {plan:#?}");
        }
    }
    let query = translation::list_query(&actor, Whose::All, 50);
    let plan = Plan::of(&desk, backend(&desk).build(&query)).await;
    assert!(plan.uses("article_original"), "{plan:#?}");
    assert!(!plan.reads_whole("article"), "{plan:#?}");
    let plan = Plan::of(&desk, backend(&desk).build(&recheck::to_tell_query())).await;
    assert!(plan.uses("article_recheck_untold"), "{plan:#?}");
    assert!(!plan.sorts(), "{plan:#?}");
}
