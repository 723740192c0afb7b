//! What objects of a PDF name by their ids.

use std::collections::{HashMap, HashSet};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

/// The types of objects that hold a letter together, and are none of its pages' own.
const OF_LETTER: [&[u8]; 5] = [
    b"Catalog",
    b"Pages",
    b"Page",
    b"StructTreeRoot",
    b"StructElem",
];

/// What pages are made of, without the pages themselves.
pub fn reached(letter: &Document, pages: &[(ObjectId, Dictionary)]) -> Vec<ObjectId> {
    let mut seen: HashSet<ObjectId> = pages.iter().map(|(id, _)| *id).collect();
    let mut found = Vec::new();
    let mut waiting = Vec::new();
    for value in pages.iter().flat_map(|(_, page)| page.iter()) {
        named(value.1, &mut |id: ObjectId| waiting.push(id));
    }
    while let Some(id) = waiting.pop() {
        let Some(object) = letter.objects.get(&id).filter(|_| seen.insert(id)) else {
            continue;
        };
        let kind = object.type_name().unwrap_or_default();
        if !OF_LETTER.contains(&kind) {
            found.push(id);
            named(object, &mut |id: ObjectId| waiting.push(id));
        }
    }
    found
}

/// Tells of every object that one names.
pub fn named(object: &Object, told: &mut impl FnMut(ObjectId)) {
    match object {
        Object::Reference(id) => told(*id),
        Object::Array(all) => {
            for one in all {
                named(one, told);
            }
        }
        Object::Dictionary(of) | Object::Stream(Stream { dict: of, .. }) => {
            for (_, one) in of.iter() {
                named(one, told);
            }
        }
        _ => {}
    }
}

/// Names others by their new ids; what has none is not there.
pub fn rename(object: &mut Object, to: &HashMap<ObjectId, ObjectId>) {
    match object {
        Object::Reference(id) => {
            let new = to.get(id).copied();
            *object = new.map_or(Object::Null, Object::Reference);
        }
        Object::Array(all) => {
            for one in all {
                rename(one, to);
            }
        }
        Object::Dictionary(of) | Object::Stream(Stream { dict: of, .. }) => {
            for (_, one) in of.iter_mut() {
                rename(one, to);
            }
        }
        _ => {}
    }
}
