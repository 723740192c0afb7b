//! Events of articles: each has a sample, a name of its own and a record without content.

use std::collections::BTreeSet;

use entities::article::feedback::Feedback;
use entities::article::visitor::VisitorAnswer;
use entities::article::{ArticleEvent, Audience, Filing, Origin, Remark, Version, remark};
use entities::ledger::Event;
use entities::{Clock, new_id};

use super::events::canary;

fn remark(kind: remark::Kind) -> Box<Remark> {
    Box::new(Remark {
        id: new_id(),
        article_id: new_id(),
        version: 2,
        kind,
        author_id: Some(new_id()),
        written_at: Clock::default().now(),
        text: canary("remark"),
        quote: canary("passage"),
        done_at: None,
        done_by: None,
        salt: entities::history::salt(),
    })
}

fn samples() -> Vec<ArticleEvent> {
    let version = Version {
        article_id: new_id(),
        number: 2,
        title: canary("title"),
        summary: canary("summary"),
        body: canary("body"),
        keywords: canary("keyword"),
        audience: Audience::Internal,
        vendor_ids: "[]".to_owned(),
        files: canary("file"),
        note: canary("note"),
        author_id: Some(new_id()),
        written_at: Clock::default().now(),
        restored_from: Some(1),
        published_by: None,
        published_at: None,
        salt: entities::history::salt(),
    };
    let filing = |owner| Filing {
        owner_id: owner,
        ..Filing::default()
    };
    vec![
        ArticleEvent::Written(Box::new(version)),
        ArticleEvent::Filed {
            from: Box::new(filing(None)),
            to: Box::new(filing(Some(new_id()))),
        },
        ArticleEvent::SentToReview { version: 2 },
        ArticleEvent::Returned(remark(remark::Kind::Returned)),
        ArticleEvent::Remarked(remark(remark::Kind::Said)),
        ArticleEvent::Published {
            version: 2,
            by: Some(new_id()),
        },
        ArticleEvent::Imported {
            version: 2,
            origin: Box::new(Origin {
                source: canary("source"),
                source_id: canary("page"),
                digest: canary("digest"),
            }),
        },
        ArticleEvent::Retired,
        ArticleEvent::BroughtBack,
        ArticleEvent::Checked {
            releases: vec![new_id()],
        },
        ArticleEvent::Approved {
            version: 2,
            by: new_id(),
        },
        ArticleEvent::ReviewTold {
            due_on: Clock::default().now().date_naive(),
        },
        ArticleEvent::FeedbackGiven(Box::new(Feedback {
            article_id: new_id(),
            person_id: new_id(),
            version: 2,
            helped: false,
            word: canary("word"),
            given_at: Clock::default().now(),
            salt: entities::history::salt(),
        })),
        ArticleEvent::RemarkSettled {
            remark: new_id(),
            version: 2,
        },
        ArticleEvent::RemarkReopened {
            remark: new_id(),
            version: 2,
        },
        ArticleEvent::VisitorAnswered(Box::new(VisitorAnswer {
            article_id: new_id(),
            visitor: canary("visitor"),
            version: 2,
            helped: true,
            given_at: Clock::default().now(),
        })),
        ArticleEvent::RecheckTold {
            releases: vec![new_id()],
        },
        ArticleEvent::Watched {
            person_id: new_id(),
        },
        ArticleEvent::Unwatched {
            person_id: new_id(),
        },
    ]
}

/// A new kind of event does not compile here until it has a place, and a sample above.
fn place(event: &ArticleEvent) -> usize {
    match event {
        ArticleEvent::Written(_) => 0,
        ArticleEvent::Filed { .. } => 1,
        ArticleEvent::SentToReview { .. } => 2,
        ArticleEvent::Returned(_) => 3,
        ArticleEvent::Remarked(_) => 4,
        ArticleEvent::Published { .. } => 5,
        ArticleEvent::Imported { .. } => 6,
        ArticleEvent::Retired => 7,
        ArticleEvent::BroughtBack => 8,
        ArticleEvent::Checked { .. } => 9,
        ArticleEvent::Approved { .. } => 10,
        ArticleEvent::ReviewTold { .. } => 11,
        ArticleEvent::FeedbackGiven(_) => 12,
        ArticleEvent::RemarkSettled { .. } => 13,
        ArticleEvent::RemarkReopened { .. } => 14,
        ArticleEvent::VisitorAnswered(_) => 15,
        ArticleEvent::RecheckTold { .. } => 16,
        ArticleEvent::Watched { .. } => 17,
        ArticleEvent::Unwatched { .. } => 18,
    }
}

#[test]
fn every_event_of_articles_has_a_name_of_its_own_and_a_record_without_content() {
    let samples = samples();
    let places: Vec<usize> = samples.iter().map(place).collect();
    assert_eq!(places, (0..places.len()).collect::<Vec<_>>());
    let names: BTreeSet<&str> = samples.iter().map(Event::name).collect();
    assert_eq!(names.len(), samples.len());
    for event in &samples {
        let record = event.record().to_string();
        assert!(!record.contains("Kanarienvogel"), "{record}");
    }
}
