//! Articles as a test speaks of them: `desk.article(&mira, "Bescheid neu drucken").await`.

use chrono::Duration;
use entities::article::{Article, Content, Create, Filing, Publish, SendToReview, Write};
use entities::category::{Category, CategoryFacts};
use entities::permit::Reach;
use entities::{Actor, DeskError, Permit, Rule, Uuid, article};

use super::{Persona, TestDesk};

/// What an article with that title says.
pub fn content(title: &str) -> Content {
    Content {
        title: title.to_owned(),
        summary: format!("Kurz zu: {title}."),
        body: format!("## Schritte\n\n1. {title}\n"),
        ..Content::default()
    }
}

impl TestDesk {
    /// A category, below another or at the top.
    pub async fn category(&self, name: &str, parent_id: Option<Uuid>) -> Uuid {
        let facts = CategoryFacts {
            name: name.to_owned(),
            parent_id,
        };
        self.create::<Category>(facts).await
    }

    /// Where an article of that person lies, with all that a review asks for.
    pub async fn filing(&self, owner: &Persona) -> Filing {
        let name = format!("Rubrik {}", entities::new_id().simple());
        let due = self.db.clock().now().date_naive() + Duration::days(300);
        Filing {
            category_id: Some(self.category(&name, None).await),
            owner_id: Some(owner.id),
            review_due_on: Some(due),
            ..Filing::default()
        }
    }

    /// A draft, ready to be reviewed.
    pub async fn article(&self, author: &Persona, title: &str) -> Article {
        let filing = self.filing(author).await;
        self.begin_article(author, content(title), filing)
            .await
            .unwrap()
    }

    /// A draft that says this and lies there.
    pub async fn begin_article(
        &self,
        author: &Persona,
        content: Content,
        filing: Filing,
    ) -> Result<Article, DeskError> {
        let permit = Permit::ask(&author.actor().await, Reach)?;
        let create = Create {
            content,
            filing,
            once: None,
        };
        Ok(self.db.change(permit, create).await?.subject)
    }

    /// The article as it stands in the database.
    pub async fn read_article(&self, id: Uuid) -> Article {
        let console = Actor::System(Rule::Console);
        article::find(&self.db, &console, id).await.unwrap()
    }

    /// Writes its next version, as somebody who has just read it.
    pub async fn write(
        &self,
        author: &Persona,
        id: Uuid,
        content: Content,
    ) -> Result<Article, DeskError> {
        let actor = author.actor().await;
        let article = article::find(&self.db, &actor, id).await?;
        let write = Write {
            content,
            filing: article.filing(),
            edition: article.row.edition,
        };
        let permit = Permit::ask(&actor, article)?;
        Ok(self.db.change(permit, write).await?.subject)
    }

    /// Hands the newest version to reviewers.
    pub async fn send_to_review(&self, author: &Persona, id: Uuid) -> Result<Article, DeskError> {
        let actor = author.actor().await;
        let article = article::find(&self.db, &actor, id).await?;
        let permit = Permit::ask(&actor, article)?;
        Ok(self.db.change(permit, SendToReview).await?.subject)
    }

    /// Publishes the newest version, which is in review.
    pub async fn publish(&self, reviewer: &Persona, id: Uuid) -> Result<Article, DeskError> {
        let actor = reviewer.actor().await;
        let article = article::find(&self.db, &actor, id).await?;
        let publish = Publish {
            version: article.row.newest,
        };
        let permit = Permit::ask(&actor, article)?;
        Ok(self.db.change(permit, publish).await?.subject)
    }

    /// An article that its readers see: written by one, published by another.
    pub async fn published(&self, author: &Persona, reviewer: &Persona, title: &str) -> Article {
        let id = self.article(author, title).await.row.id;
        self.send_to_review(author, id).await.unwrap();
        self.publish(reviewer, id).await.unwrap()
    }
}
