//! What an import dropped or changed, by article: for people as lines, for programs as JSON.

use std::collections::BTreeMap;

use serde::Serialize;

/// The most details that are kept of one remark.
const MOST_DETAILS: usize = 20;

/// What was dropped or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    Navigation,
    Scripts,
    Forms,
    Hidden,
    HeadingIsTitle,
    EmptyHeadings,
    HeadingsInCells,
    Callouts,
    CalloutCells,
    CalloutImages,
    CalloutTitles,
    CalloutHeadings,
    DefinitionLists,
    DefinitionItems,
    ListsInCells,
    EmptyListParts,
    CodeInCells,
    TablesInCells,
    TableCellsUnfolded,
    CellsAdded,
    RowHeads,
    LinksInCode,
    EmptyLinks,
    TooDeep,
    LinksLost,
    LinksRefused,
    LinksToItself,
    AnchorsLost,
    ImagesLost,
    ImagesElsewhere,
    ImagesAsFiles,
    FilesRefused,
    Charset,
    RawHtml,
    TitleCut,
    SummaryMade,
    SummaryCut,
    KeywordsCut,
    CategoryCircles,
    CategoryRefused,
    UnknownService,
    UnknownVendor,
    UnknownOwner,
    UnknownRelease,
    UnknownOriginal,
    UnknownValue,
    StateLeft,
    LeftInReview,
}

impl What {
    /// In words for the terminal.
    fn words(self) -> &'static str {
        match self {
            What::Navigation => "navigation dropped",
            What::Scripts => "what runs or plays dropped",
            What::Forms => "form fields dropped",
            What::Hidden => "hidden parts dropped",
            What::HeadingIsTitle => "heading that repeats the title dropped",
            What::EmptyHeadings => "headings without words dropped",
            What::HeadingsInCells => "headings within a line or cell made text",
            What::Callouts => "notes made callouts",
            What::CalloutCells => "table cells around notes dropped",
            What::CalloutImages => "signs beside notes dropped",
            What::CalloutTitles => "usual titles of notes dropped, callouts have their own",
            What::CalloutHeadings => "headings of notes dropped or made text",
            What::DefinitionLists => "definition lists made lists",
            What::DefinitionItems => "list items made of definitions",
            What::ListsInCells => "list items within a line or cell made text",
            What::EmptyListParts => "list items without content dropped",
            What::CodeInCells => "code blocks within a line or cell made code in it",
            What::TablesInCells => "cells of tables within a line or cell made text",
            What::TableCellsUnfolded => "cells of tables that only place things unfolded",
            What::CellsAdded => "empty table cells added for columns that others span or lack",
            What::RowHeads => "heads of table rows made bold",
            What::LinksInCode => "links in code blocks made text",
            What::EmptyLinks => "links without words dropped",
            What::TooDeep => "too deeply nested parts made text",
            What::LinksLost => "links whose target is not there made text",
            What::LinksRefused => "links by a scheme that is not allowed made text",
            What::LinksToItself => "links of the article to itself",
            What::AnchorsLost => "links to a place that is not there lead to its article",
            What::ImagesLost => "images that are not there left out, their text stays",
            What::ImagesElsewhere => "images that lie elsewhere made links, nothing is loaded",
            What::ImagesAsFiles => "images that are not shown made links to their files",
            What::FilesRefused => "files refused",
            What::Charset => "read in another character set than UTF-8",
            What::RawHtml => "HTML within Markdown, which shows as it was typed",
            What::TitleCut => "title shortened to 200 characters",
            What::SummaryMade => "summary taken from the beginning of the text",
            What::SummaryCut => "summary shortened to 300 characters",
            What::KeywordsCut => "keywords left out",
            What::CategoryCircles => "category that lies within itself cut",
            What::CategoryRefused => "category not made",
            What::UnknownService => "services this desk does not know",
            What::UnknownVendor => "vendors this desk does not know",
            What::UnknownOwner => "owner who writes no articles here",
            What::UnknownRelease => "releases this desk does not know",
            What::UnknownOriginal => "original whose translation it cannot be here",
            What::UnknownValue => "values nobody knows",
            What::StateLeft => "left as a draft",
            What::LeftInReview => {
                "left in review, two people look through it before it is published"
            }
        }
    }
}

/// How often, and what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Remark {
    pub count: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<String>,
}

/// All remarks on one article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Remarks(BTreeMap<What, Remark>);

impl Remarks {
    pub fn count(&mut self, what: What, count: usize) {
        if count > 0 {
            self.0.entry(what).or_default().count += count;
        }
    }

    pub fn note(&mut self, what: What, detail: impl Into<String>) {
        let remark = self.0.entry(what).or_default();
        remark.count += 1;
        let detail = detail.into();
        if remark.details.len() < MOST_DETAILS && !remark.details.contains(&detail) {
            remark.details.push(detail);
        }
    }

    /// How often that was remarked.
    pub fn of(&self, what: What) -> usize {
        self.0.get(&what).map_or(0, |remark| remark.count)
    }
}

/// What became of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Created,
    Updated,
    Unchanged,
    /// People wrote on since; it was left to them.
    Kept,
    Refused,
}

/// An article of the import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    pub id: String,
    pub title: String,
    pub outcome: Outcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<entities::Uuid>,
    pub remarks: Remarks,
}

/// All that was imported, and what lay beside it and was not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    pub dry_run: bool,
    pub created: usize,
    pub updated: usize,
    pub unchanged: usize,
    pub kept: usize,
    pub refused: usize,
    pub files: usize,
    pub articles: Vec<Entry>,
    /// Places that were not read, and why.
    pub passed: Vec<String>,
}

impl Report {
    pub fn add(&mut self, entry: Entry) {
        let counter = match entry.outcome {
            Outcome::Created => &mut self.created,
            Outcome::Updated => &mut self.updated,
            Outcome::Unchanged => &mut self.unchanged,
            Outcome::Kept => &mut self.kept,
            Outcome::Refused => &mut self.refused,
        };
        *counter += 1;
        self.articles.push(entry);
    }

    /// How often that was remarked, of all articles together.
    pub fn of(&self, what: What) -> usize {
        self.articles.iter().map(|one| one.remarks.of(what)).sum()
    }

    /// The lines for the terminal, the sum last.
    pub fn lines(&self) -> String {
        let mut out = String::new();
        for entry in &self.articles {
            if entry.remarks.0.is_empty() && entry.why.is_none() {
                continue;
            }
            out += &format!("{}: {}\n", entry.id, entry.title);
            if let Some(why) = &entry.why {
                out += &format!("  {why}\n");
            }
            for (what, remark) in &entry.remarks.0 {
                out += &format!("  {} {}", remark.count, what.words());
                if !remark.details.is_empty() {
                    out += &format!(": {}", remark.details.join(", "));
                }
                out.push('\n');
            }
        }
        for passed in &self.passed {
            out += &format!("{passed}\n");
        }
        let would = if self.dry_run { "Would be: " } else { "" };
        out + &format!(
            "{would}{} created, {} updated, {} unchanged, {} left to those who wrote on, {} refused; {} files.\n",
            self.created, self.updated, self.unchanged, self.kept, self.refused, self.files
        )
    }
}
