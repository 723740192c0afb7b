knowledge = Knowledge
article-new = New article
article-edit = Edit
article-edit-title = Edit: { $title }
article-back = Article
article-print = Print
article-find = Find articles
article-words = Search word
article-all = All articles
article-categories = Articles by category
article-title = Title
article-owner = Responsible
article-author = Written by
article-written = Written
article-published = Published
article-state = State
article-every-state = All but retired
article-state-draft = Draft
article-state-in-review = In review
article-state-published = Published
article-state-retired = Retired
article-mine = My articles
article-due = Review due
article-none-found = No article found
article-none-found-more = No article matches this.
article-none = No article yet
article-none-more = Instructions and solutions appear here once one is published.
article-newer-draft = A new version is in work.
article-to-newest = See the new version
article-not-published = This version is not published yet.
article-to-published = See the published version
article-old-version = This is an older version.
article-to-current = See the current version
article-is-retired = This article is retired.
article-is-retired-more = Readers no longer find it.
article-path = Path
article-reviewed = Reviewed
article-version = Version { $number }
article-version-number = Version
article-versions = Versions
article-all-versions = All versions
article-version-restore = Take up again
article-version-restore-number = Take up version { $number } again
article-restored-from = Version { $number } taken up again
article-change = Change
article-compare = Compare
article-compare-from = From
article-compare-to = To
article-compare-same = Both versions say the same.
article-compare-lines = { $count ->
    [one] 1 unchanged line
   *[other] { $count } unchanged lines
}
article-compare-published = Compare with the published version
article-conflict-words = What differs
article-conflict-yours = Your text
article-about = About the article
article-about-scroll = About the article, scrollable
article-contents = On this page
article-facts = Facts
article-anchor = Link to the section “{ $heading }”
article-anchor-copied = The link to the section is copied.
article-table = Table, scrollable
article-audience = Visible to
article-for-internal = Service desk only
article-for-requesters = Service desk and requesters
article-for-vendors = Service desk and chosen vendors
article-for-public = Everybody
article-vendors = Vendors
article-services = Valid for
article-language = Language
article-language-de = German
article-language-en = English
article-keywords = Keywords
article-keywords-hint = Separated by commas.
article-review-due = Next review
article-review-due-hint = By that day somebody checks whether the article still holds.
article-review-late = overdue
article-summary = In short
article-summary-hint = One sentence that stands in lists and results.
article-body = Text
article-body-hint = Markdown is possible.
article-note = What did you change?
article-note-hint = Stands beside the version.
article-files = Files
article-files-hint = Images and other files. Saving makes them part of this version; older versions keep theirs. Only files that the text refers to outside of internal passages leave the house.
article-file-put = Put { $name } into the text
article-file-remove = Remove { $name }
article-picture-gone = image not available
article-fault-summary = Please shorten the text to 300 characters.
article-fault-body = The text is too long. Please split it into several articles.
article-syntax = How to write headings, lists and callouts
article-syntax-heading = Heading; three hashes make one below it
article-syntax-list = List
article-syntax-steps = Step by step
article-syntax-strong = bold
article-syntax-code = Input, code or message
article-syntax-table = Row of a table
article-syntax-callout = Callout; also NOTE, TIP, IMPORTANT and CAUTION
article-syntax-link = Link
article-syntax-internal = Passage that only the house sees
article-internal = Internal only
article-syntax-picture = Image out of the files of the article
callout-note = Note
callout-tip = Tip
callout-important = Important
callout-warning = Warning
callout-caution = Caution
article-filing = Publication
article-filing-scroll = Publication, scrollable
article-preview = Preview
article-preview-show = Show preview
article-save-and-send = Save and send to review
article-conflict = { $name } changed this article meanwhile.
article-conflict-more = Your text stands in the form unchanged. Take over what is missing and save again; then your version counts. This is how the article is saved now:
article-conflict-body = Saved text
article-somebody = Somebody
article-flow = Progress
article-send = Send to review
article-publish = Publish
article-retire = Retire
article-bring-back = Take up again as a draft
article-own-work = You wrote part of this version. Somebody else reviews and publishes it.
article-lacks = Missing before the review:
article-lack-summary = The article needs a sentence under “In short”.
article-lack-body = The article needs a text.
article-lack-category = Choose a category.
article-lack-owner = Choose who is responsible for the article.
article-lack-review-due = Say when the article is reviewed again.
article-remarks = Remarks
article-remark = Remark on the version
article-remark-hint = Only those who work on articles read it.
article-say = Remark
article-give-back = Give back
article-given-back = given back
article-done-saved = The article is saved.
article-done-unchanged = Nothing about the article has changed.
article-done-sent = The version is ready for review.
article-done-said = The remark is saved.
article-done-returned = The version is a draft again. Your remark stands beside it.
article-done-published = The version is published.
article-done-retired = The article is retired.
article-done-restored = The article is a draft again.
category = Category
categories = Categories
category-new = New category
category-parent = Lies under
category-top = At the top
category-articles = Articles of this category

article-draft = Your draft, last changed: { $time }. It is not saved yet.
article-draft-discard = Discard draft
editor-tools = Formatting
editor-heading = Heading
editor-bold = Bold (Ctrl+B)
editor-list = List
editor-steps = Steps
editor-code = Input or code
editor-callout = Callout
editor-internal = Passage for the house alone
editor-table = Table
editor-table-cells = | Column | Column |\n|---|---|\n| Cell | Cell |
editor-link = Insert link
editor-link-find = Article or ticket
editor-link-hint = Words of the title, or the number of the ticket.
editor-link-hits = Results
editor-link-nothing = Nothing found.
article-checks = Text check
article-checks-empty = No text yet.
article-checks-sentences = { $count ->
    [one] Sentences of one word on average
   *[other] Sentences of { $count } words on average
}
article-checks-headings = Headings follow one another
article-checks-skips = A level of headings is missing
article-checks-no-headings = Long text without headings
article-checks-images = All images have alternative texts
article-checks-unnamed = { $count ->
    [one] One image has no alternative text
   *[other] { $count } images have no alternative text
}
article-cases = From these cases
editor-image = Image or file
article-pasted-plain = Pasted as plain text: headings, tables and lists could not be read.
article-pasted-pictures = Images do not come along when you paste. Please upload them as files.
article-done-feedback = Thank you for your feedback.
feedback-title = Did this article help?
feedback-yes = Yes
feedback-no = No
feedback-word = What is missing or wrong?
feedback-word-hint = Those responsible for the article read it, without your name.
feedback-given-yes = Your answer: yes
feedback-given-no = Your answer: no
feedback-older = It was about an older version.
feedback-facts = Use
feedback-uses = { $count ->
    [one] once in answers
   *[other] { $count } times in answers
}
feedback-uses-version = { $count ->
    [one] once of them in this version
   *[other] { $count } of them in this version
}
feedback-counts = Helped: { $yes } yes, { $no } no
feedback-none = No feedback on this version yet
gaps-title = What the knowledge base lacks
gaps-way = What is missing
gaps = Gaps
gaps-hint = { $count ->
    [one] Services and causes with at least one solved case without an article
   *[other] Services and causes with at least { $count } solved cases in the last { $days } days and no article drawn from any of them since
}
gaps-none = No gaps: there is an article on everything that keeps coming.
gaps-cases = { $count ->
    [one] 1 case
   *[other] { $count } cases
}
gaps-newest = The cases solved last
gaps-begin = Begin an article
gaps-begin-from = Begin an article from { $number }
gaps-reusable = Noted cases
gaps-reusable-hint = Noted as reusable and without an article so far
gaps-reusable-none = No case is noted. When a ticket is solved, Lotse asks whether the solution helps others too.
gaps-poor = Of little help
gaps-poor-hint = At least half of the feedback on the current version says no
gaps-poor-none = No article has mostly bad feedback.
