article-history = History
article-history-caption = History of the article, newest first
article-history-reader = A reader
article-watch = Watch this article
article-watch-hint = Watch: the bell tells of new versions, checks after releases and of retiring.
article-related = Related articles
article-event-recheck-told = To be checked after a release
article-event-imported = Brought in from elsewhere
article-event-feedback = Feedback
article-event-helped = Helped, version { $number }
article-event-not-helped = Did not help, version { $number }
rule-site = Help pages
rejected-too-many-answers = Too much feedback came from here within the last hour. Please try again later.
remark-quote = Passage
remark-quote-hint = From the text of the version; left empty, the remark is about all of it.
remark-take-selection = Take the marked passage
remark-settle = Done
remark-reopen = Open again
remark-done = Done by
remarks-open = { $count ->
    [one] One remark is still open.
   *[other] { $count } remarks are still open.
}
remarks-none-open = All remarks are done.
remarks-done = Remarks that are done
remarks-beside-hint = On the page of the article you tick off what is done.
article-done-settled = The remark is changed.
article-event-remark-settled = Remark done
article-event-remark-reopened = Remark opened again
rejected-not-in-text = This passage is not in the version. Please take it word by word, or leave the field empty.
translation-begin = Begin a translation
translation-behind = This translation renders an older version of the original.
translation-to-original = Read version { $number } of the original
translation-original = Original
translation-original-version = Version of the original
translation-follows = Matches version { $number } of the original
translation-followed = so far it matched version { $number }
translation-newest = version { $number } is published
translations-behind = Translations whose original is newer
rejected-no-original = An original is an article in another language that is no translation itself.
rejected-translated-already = There is a translation of the original in this language already.
translation-read-de = Read in German
translation-read-en = Read in English
outgoing-told-review = Reminder of a review
mail-review-due-subject = Please review “{ $title }”
mail-review-due =
    Hello { $name },

    You answer for the article “{ $title }”. Somebody is to look by { $day } whether it still holds:

    { $link }

    If it does, please enter the day of the next review there. If not, write a new version or retire it.

    Kind regards,
    { $desk }
