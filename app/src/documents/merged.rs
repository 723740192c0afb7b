//! Letters merged into one PDF for the printer: their pages in order, what they share once, a bookmark for each.
//!
//! It is for paper. What screen readers need of a letter stays with the letter itself.

pub mod apart;
mod references;

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher as _, RandomState};
use std::io::Write;

use anyhow::Context as _;
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary, text_string};
use serde::{Deserialize, Serialize};

use self::references::{named, reached, rename};

/// The most pages of all letters together.
const MOST_PAGES: usize = 20_000;
/// Nodes above a page.
const DEEPEST: usize = 50;

/// What a page takes from the nodes above it.
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];

/// What a page says of its place in the letter it comes from.
const OF_PLACE: [&[u8]; 5] = [b"Parent", b"StructParents", b"Tabs", b"B", b"Thumb"];

/// What the file says of itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Head {
    pub title: String,
    /// `de` or `en`.
    pub language: String,
}

/// Letters, put one behind the other.
pub struct Merged {
    whole: Document,
    /// The node above all pages.
    tree: ObjectId,
    pages: Vec<ObjectId>,
    /// What each letter is called, and its first page.
    letters: Vec<(String, ObjectId)>,
    hashing: RandomState,
    /// Streams that stand in it, by what they hold: the same picture is in every letter.
    streams: HashMap<u64, Vec<ObjectId>>,
}

/// The objects of a letter, and the ids they have in the whole.
struct Moving {
    objects: BTreeMap<ObjectId, Object>,
    to: HashMap<ObjectId, ObjectId>,
}

impl Default for Merged {
    fn default() -> Merged {
        let mut whole = Document::with_version("1.7");
        let tree = whole.new_object_id();
        Merged {
            whole,
            tree,
            pages: Vec::new(),
            letters: Vec::new(),
            hashing: RandomState::new(),
            streams: HashMap::new(),
        }
    }
}

impl Merged {
    /// Puts a letter of this name behind the others.
    ///
    /// # Errors
    /// Why it cannot be read; then the whole is of no use any more.
    pub fn add(&mut self, name: &str, pdf: &[u8]) -> anyhow::Result<()> {
        let mut letter = Document::load_mem(pdf)?;
        anyhow::ensure!(!letter.is_encrypted(), "it is encrypted");
        let mut pages = Vec::new();
        for id in letter.page_iter() {
            anyhow::ensure!(
                self.pages.len() + pages.len() < MOST_PAGES,
                "too many pages"
            );
            pages.push((id, page(&letter, id)?));
        }
        for object in letter.objects.values_mut() {
            if let Object::Stream(stream) = object {
                // Where it stood, and how long it was by another object, are the file's.
                stream.start_position = None;
                let length = i64::try_from(stream.content.len())?;
                stream.dict.set("Length", length);
            }
        }
        let reached = reached(&letter, &pages);
        let mut moving = Moving {
            objects: letter.objects,
            to: HashMap::with_capacity(reached.len()),
        };
        for (id, _) in &pages {
            moving.to.insert(*id, self.whole.new_object_id());
        }
        // Twice: a picture names another one, through which it is seen.
        for id in reached.iter().chain(&reached) {
            self.share(*id, &mut moving);
        }
        for id in &reached {
            let new = || self.whole.new_object_id();
            moving.to.entry(*id).or_insert_with(new);
        }
        for id in reached {
            let (Some(mut object), Some(to)) = (moving.objects.remove(&id), moving.to.get(&id))
            else {
                continue;
            };
            rename(&mut object, &moving.to);
            self.whole.set_object(*to, object);
        }
        let mut first = None;
        for (id, page) in pages {
            let Some(to) = moving.to.get(&id).copied() else {
                continue;
            };
            let mut page = Object::Dictionary(page);
            rename(&mut page, &moving.to);
            if let Object::Dictionary(page) = &mut page {
                page.set("Parent", self.tree);
            }
            self.whole.set_object(to, page);
            self.pages.push(to);
            first.get_or_insert(to);
        }
        let first = first.context("it has no page")?;
        self.letters.push((name.to_owned(), first));
        Ok(())
    }

    /// Gives a stream the place of one that says the same, else its own; not as long as something it names has none.
    fn share(&mut self, id: ObjectId, moving: &mut Moving) {
        let Moving { objects, to } = moving;
        let Some(Object::Stream(stream)) = objects.get(&id) else {
            return;
        };
        let mut is_ready = true;
        for (_, value) in stream.dict.iter() {
            named(value, &mut |other: ObjectId| {
                is_ready &= to.contains_key(&other) || !objects.contains_key(&other);
            });
        }
        if !is_ready {
            return;
        }
        let hash = self.hashing.hash_one(&stream.content);
        let Some(mut stream) = objects.remove(&id) else {
            return;
        };
        rename(&mut stream, to);
        let alike = self.streams.entry(hash).or_default();
        let whole = &mut self.whole;
        let is_same = |other: &&ObjectId| whole.objects.get(*other) == Some(&stream);
        let place = match alike.iter().find(is_same).copied() {
            Some(place) => place,
            None => {
                let place = whole.add_object(stream);
                alike.push(place);
                place
            }
        };
        to.insert(id, place);
    }

    /// Writes the whole.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(mut self, head: &Head, out: &mut impl Write) -> anyhow::Result<()> {
        anyhow::ensure!(!self.letters.is_empty(), "there is no letter");
        let count = i64::try_from(self.pages.len())?;
        let kids: Vec<Object> = self.pages.iter().copied().map(Object::from).collect();
        let tree = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
        self.whole.set_object(self.tree, tree);
        let marks = self.marks()?;
        let catalog = dictionary! {
            "Type" => "Catalog",
            "Pages" => self.tree,
            "Outlines" => marks,
            "Lang" => text_string(&head.language),
            // The second letter must not stand on the back of the first.
            "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true, "Duplex" => "Simplex" },
        };
        let catalog = self.whole.add_object(catalog);
        let info = dictionary! { "Title" => text_string(&head.title) };
        let info = self.whole.add_object(info);
        self.whole.trailer.set("Root", catalog);
        self.whole.trailer.set("Info", info);
        self.whole.save_to(out)?;
        Ok(())
    }

    /// A bookmark for each letter.
    fn marks(&mut self) -> anyhow::Result<ObjectId> {
        let whole = &mut self.whole;
        let all = whole.new_object_id();
        let ids: Vec<ObjectId> = self.letters.iter().map(|_| whole.new_object_id()).collect();
        let mut before = None;
        for (at, ((name, page), id)) in self.letters.iter().zip(&ids).enumerate() {
            let mut mark = dictionary! {
                "Title" => text_string(name),
                "Parent" => all,
                "Dest" => vec![Object::Reference(*page), Object::from("Fit")],
            };
            if let Some(before) = before.replace(*id) {
                mark.set("Prev", before);
            }
            if let Some(next) = ids.get(at + 1) {
                mark.set("Next", *next);
            }
            whole.set_object(*id, mark);
        }
        let mut outlines =
            dictionary! { "Type" => "Outlines", "Count" => i64::try_from(ids.len())? };
        if let (Some(first), Some(last)) = (ids.first(), ids.last()) {
            outlines.set("First", *first);
            outlines.set("Last", *last);
        }
        whole.set_object(all, outlines);
        Ok(all)
    }
}

/// A page with what those above it say of it, and without its place.
fn page(letter: &Document, id: ObjectId) -> anyhow::Result<Dictionary> {
    let mut page = letter.get_dictionary(id)?.clone();
    let above = |node: &Dictionary| node.get(b"Parent").and_then(Object::as_reference).ok();
    let mut next = above(&page);
    for _ in 0..DEEPEST {
        let node = next.and_then(|id| letter.get_dictionary(id).ok());
        let Some(node) = node else { break };
        for key in INHERITED {
            if let (false, Ok(value)) = (page.has(key), node.get(key)) {
                page.set(key, value.clone());
            }
        }
        next = above(node);
    }
    for key in OF_PLACE {
        page.remove(key);
    }
    anyhow::ensure!(page.has(b"MediaBox"), "a page has no size");
    Ok(page)
}

#[cfg(test)]
mod tests;
