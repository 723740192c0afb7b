//! All drafts of an import: links between them and the files they show get the addresses of this desk.

use std::collections::HashMap;
use std::path::Path;

use entities::article::File;

use super::block::{Inline, Mark, each_inline};
use super::draft::{Draft, Text};
use super::files::Files;
use super::report::{Remarks, What};
use super::target::{From, Target, target};
use super::write;
use crate::web::markdown::article::addresses::{Leads, rewritten};
use crate::web::markdown::article::id_of;
use crate::web::markdown::article::pictures::{FILES, encoded, is_picture};

/// All drafts of an import, so that each knows where the others are.
pub struct Drafts {
    pub all: Vec<Draft>,
    by_page: HashMap<String, usize>,
    /// The name of the folder they come from.
    root: String,
}

impl Drafts {
    pub fn of(all: Vec<Draft>, root: &Path) -> Drafts {
        let mut by_page = HashMap::with_capacity(all.len());
        for (place, draft) in all.iter().enumerate() {
            by_page.entry(draft.page.clone()).or_insert(place);
        }
        let root = root.file_name().unwrap_or_default();
        Drafts {
            all,
            by_page,
            root: root.to_string_lossy().into_owned(),
        }
    }

    /// Where an address of a draft leads.
    pub fn target(&self, draft: &Draft, address: &str) -> Target {
        let from = From {
            page: &draft.page,
            base: draft.base.as_deref(),
            root: &self.root,
        };
        target(from, address)
    }

    /// The draft of the page at that path.
    pub fn find(&self, path: &str) -> Option<&Draft> {
        let bare = || path.rsplit_once('.').map(|(bare, _)| bare);
        let place = self.by_page.get(path).or_else(|| self.by_page.get(bare()?));
        place.and_then(|place| self.all.get(*place))
    }

    /// The Markdown of a draft with the addresses of this desk, and the files it names.
    pub fn finished(&self, place: usize, files: &mut Files) -> (String, Vec<File>, Remarks) {
        let draft = &self.all[place];
        let mut way = Way {
            drafts: self,
            draft,
            files,
            named: Vec::new(),
            remarks: draft.remarks.clone(),
        };
        for listed in draft.facts(&["files"]) {
            if way.attach(&listed).is_none() && !way.files.is_there(&listed) {
                way.remarks.note(What::LinksLost, &listed);
            }
        }
        let text = match &draft.text {
            Text::Markdown(text) => rewritten(text, |leads, address| match leads {
                // Its own headings it finds by itself.
                Leads::There if address.starts_with('#') => None,
                Leads::There => way.link(address).unwrap_or_default(),
                Leads::Image => match way.image(address) {
                    Shown::At(to) | Shown::Link(to) => Some(to),
                    Shown::Not => None,
                },
            }),
            Text::Blocks(blocks) => {
                let mut blocks = blocks.clone();
                each_inline(&mut blocks, &mut |inline| way.inline(inline));
                write::markdown(&blocks)
            }
        };
        (text, way.named, way.remarks)
    }
}

/// What becomes of an image.
enum Shown {
    At(String),
    Link(String),
    Not,
}

/// The addresses of one draft on their way.
struct Way<'a> {
    drafts: &'a Drafts,
    draft: &'a Draft,
    files: &'a mut Files,
    named: Vec<File>,
    remarks: Remarks,
}

impl Way<'_> {
    fn inline(&mut self, inline: &mut Inline) {
        match inline {
            Inline::Link(to, inner) => match self.link(to) {
                Some(Some(anew)) => *to = anew,
                Some(None) => {}
                // Its words stay.
                None => {
                    let inner = std::mem::take(inner);
                    *inline = Inline::Marked(Mark::Plain, inner);
                }
            },
            Inline::Image { from, text } => match self.image(from) {
                Shown::At(anew) => *from = anew,
                Shown::Link(to) => {
                    let name = || to.rsplit('/').next().unwrap_or_default().to_owned();
                    let words = if text.is_empty() {
                        name()
                    } else {
                        text.clone()
                    };
                    *inline = Inline::Link(to, vec![Inline::Text(words)]);
                }
                Shown::Not => *inline = Inline::Text(text.clone()),
            },
            Inline::Text(_) | Inline::Code(_) | Inline::Marked(..) | Inline::Break => {}
        }
    }

    /// Where a link leads from now on, `Some(None)` where it leads already; none when it leads nowhere.
    fn link(&mut self, address: &str) -> Option<Option<String>> {
        let (path, place) = match self.drafts.target(self.draft, address) {
            Target::Outward => return Some(None),
            Target::Embedded => {
                self.remarks.note(What::LinksRefused, "data");
                return None;
            }
            Target::Refused(scheme) => {
                self.remarks.note(What::LinksRefused, scheme);
                return None;
            }
            Target::Beyond => {
                self.remarks.note(What::LinksLost, address);
                return None;
            }
            Target::Inside(path, place) => (path, place),
        };
        if let Some(to) = self.drafts.find(&path) {
            let is_own = to.page == self.draft.page;
            let at = place.and_then(|place| self.place(to, &place));
            if is_own && let Some(at) = &at {
                return Some(Some(format!("#{at}")));
            }
            self.remarks.count(What::LinksToItself, usize::from(is_own));
            let at = at.map(|at| format!("#{at}")).unwrap_or_default();
            return Some(Some(format!("/knowledge/{}{at}", to.article)));
        }
        // Within the desk already, as an article that was written here says it.
        if ["/knowledge/", "/tickets/"]
            .iter()
            .any(|start| address.starts_with(start))
        {
            return Some(None);
        }
        match self.attach(&path) {
            Some(file) => Some(Some(file)),
            None => {
                self.remarks.note(What::LinksLost, address);
                None
            }
        }
    }

    /// The id of the heading under which a place lies.
    fn place(&mut self, to: &Draft, place: &str) -> Option<String> {
        if let Some(heading) = to.anchors.get(place) {
            return heading.and_then(|heading| to.headings.get(heading).cloned());
        }
        let id = id_of(place);
        let found = to
            .headings
            .iter()
            .find(|heading| **heading == id || *heading == place);
        if found.is_none() {
            self.remarks
                .note(What::AnchorsLost, format!("{}#{place}", to.page));
        }
        found.cloned()
    }

    fn image(&mut self, address: &str) -> Shown {
        let path = match self.drafts.target(self.draft, address) {
            Target::Outward => {
                self.remarks.note(What::ImagesElsewhere, address);
                return Shown::Link(address.to_owned());
            }
            Target::Embedded => {
                let Some(file) = self.files.embedded(address) else {
                    self.remarks.note(What::ImagesLost, "data");
                    return Shown::Not;
                };
                return Shown::At(self.named(file));
            }
            Target::Refused(_) | Target::Beyond => {
                self.remarks.note(What::ImagesLost, address);
                return Shown::Not;
            }
            Target::Inside(path, _) => path,
        };
        if !self.files.is_there(&path) {
            self.remarks.note(What::ImagesLost, address);
            return Shown::Not;
        }
        match self.files.at(&path) {
            Err(why) => {
                self.remarks
                    .note(What::FilesRefused, format!("{path} {why}"));
                Shown::Not
            }
            Ok(file) => {
                let is_shown = is_picture(&file.content_type);
                let to = self.named(file);
                if is_shown {
                    return Shown::At(to);
                }
                self.remarks.note(What::ImagesAsFiles, path);
                Shown::Link(to)
            }
        }
    }

    /// Makes a file of the source one of the article; how its text names it.
    fn attach(&mut self, path: &str) -> Option<String> {
        if !self.files.is_there(path) {
            return None;
        }
        match self.files.at(path) {
            Ok(file) => Some(self.named(file)),
            Err(why) => {
                self.remarks
                    .note(What::FilesRefused, format!("{path} {why}"));
                None
            }
        }
    }

    /// How the text names a file; two that are called the same are told apart.
    fn named(&mut self, mut file: File) -> String {
        let name = file.name.clone();
        let mut count = 1;
        while self
            .named
            .iter()
            .any(|other| other.name == file.name && other.sha256 != file.sha256)
        {
            count += 1;
            file.name = match name.rsplit_once('.') {
                Some((stem, ending)) => format!("{stem}-{count}.{ending}"),
                None => format!("{name}-{count}"),
            };
        }
        let to = format!("{FILES}{}", encoded(&file.name));
        if !self.named.contains(&file) {
            self.named.push(file);
        }
        to
    }
}
