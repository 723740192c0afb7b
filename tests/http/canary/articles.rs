//! Articles full of words, for every audience there is.

use entities::Uuid;
use entities::article::{Audience, Content, File, Filing};
use support::desk::TestDesk;

use super::{VISITOR, Words};

/// An article that stands there, and who may read it.
#[derive(Debug)]
pub struct Planted {
    pub id: Uuid,
    pub readers: Vec<usize>,
    /// The name of the file that its text leads them to.
    pub given: String,
    /// Those of the files that stay in the house: one is named within a passage that does, one nowhere.
    pub kept: Vec<String>,
}

/// A file full of a word of its own, that these may read.
async fn file(desk: &TestDesk, words: &mut Words, readers: &[usize]) -> File {
    let bytes = words.plant("file of an article", readers).into_bytes();
    let stored = desk.db.put_blob(bytes).await.unwrap();
    let name = words.plant("name of a file of an article", readers);
    File {
        name: format!("{name}.txt"),
        content_type: "text/plain".to_owned(),
        size_bytes: stored.size_bytes,
        sha256: stored.sha256,
    }
}

/// Articles for everybody there is, each in a category of its own, with passages, files and drafts that nobody outside
/// reads.
pub async fn plant(desk: &TestDesk, words: &mut Words, vendors: &[Uuid]) -> Vec<Planted> {
    let author = desk.author(&words.plant("author", &[])).await;
    let reviewer = desk.reviewer(&words.plant("reviewer", &[])).await;
    let team = desk.team(&words.plant("team", &[])).await;
    let mut all: Vec<_> = [Audience::Internal, Audience::Requesters]
        .map(|audience| (audience, vec![], vec![]))
        .into();
    all.push((Audience::Public, vec![], (0..=VISITOR).collect()));
    let each = vendors.iter().enumerate();
    all.extend(each.map(|(reader, id)| (Audience::Vendors, vec![*id], vec![reader])));
    let mut planted: Vec<Planted> = Vec::new();
    for (audience, vendor_ids, readers) in all {
        let (theirs, house) = (
            words.plant("text of an article", &readers),
            words.plant("passage that stays in the house", &[]),
        );
        let to_others: Vec<String> = planted
            .iter()
            .map(|other| format!("[dort](/knowledge/{})", other.id))
            .collect();
        let given = file(desk, words, &readers).await;
        let (inside, unnamed) = (file(desk, words, &[]).await, file(desk, words, &[]).await);
        let body = format!(
            "{theirs}\n\n{} [Datei](files/{})\n\n:::intern\n{house} [Datei](files/{}) ![Datei](files/{})\n:::\n",
            to_others.join(" "),
            given.name,
            inside.name,
            inside.name,
        );
        let kept = vec![inside.name.clone(), unnamed.name.clone()];
        let name = given.name.clone();
        let content = Content {
            title: words.plant("title of an article", &readers),
            summary: words.plant("summary of an article", &readers),
            body,
            keywords: vec![words.plant("keyword", &[])],
            audience,
            vendor_ids,
            files: vec![given, inside, unnamed],
            note: words.plant("note on a version", &[]),
        };
        let service = words.plant("service of an article", &readers);
        let service = desk.service(&service, team).await;
        let category = words.plant("category", &readers);
        let filing = Filing {
            category_id: Some(desk.category(&category, None).await),
            service_ids: vec![service],
            ..desk.filing(&author).await
        };
        let begun = desk.begin_article(&author, content.clone(), filing);
        let id = begun.await.unwrap().row.id;
        desk.send_to_review(&author, id).await.unwrap();
        desk.publish(&reviewer, id).await.unwrap();
        let newer = Content {
            title: words.plant("title of a draft", &[]),
            body: words.plant("text of a draft", &[]),
            ..content
        };
        desk.write(&author, id, newer).await.unwrap();
        let release = words.plant("release of an article", &readers);
        desk.release(service, &release).await;
        planted.push(Planted {
            id,
            readers,
            given: name,
            kept,
        });
    }
    planted
}
