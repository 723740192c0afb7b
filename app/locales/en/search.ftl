search-title = Search
search-form = Search tickets and knowledge
search-words = Words to search for
search-go = Search
search-kinds = Kind of hits
search-all = All
search-hits = Hits
search-article = Article
search-narrow = Narrow down
search-narrow-none = Once something is found, you narrow it down here.
search-more = { $count } more
search-year = Year
search-count = { $count ->
    [0] No hits.
    [one] 1 hit.
   *[other] { $count } hits.
}
search-count-at-least = At least { $count } hits.
search-corrected = Typing errors allowed for:
search-exactly = Search exactly this
search-is-exact = Searched without typing errors.
search-with-typos = Allow for typing errors
search-relaxed = Some hits lack words.
search-by-fit = Sorted by fit
search-by-newest = Sorted by date
search-to-fit = by fit
search-to-newest = by date
search-no-service = “{ $value }” is no service.
search-no-district = “{ $value }” is no district.
search-no-state = “{ $value }” is no state.
search-no-person = Nobody is called “{ $value }”.
search-no-day = “{ $value }” is no day. Write 2026-11-03, 2026-11 or 2026.
search-no-field = “{ $value }” is no field of choices. Write field:name=value.
search-none = Nothing found
search-none-more = Try fewer or more general words, or search for the wording of a message.
search-wider = Search everywhere
search-away = Search does not answer at the moment. Everything else works; until then you find tickets in the lists.
search-away-list = To the list of tickets
search-how = How to find more
search-how-words = Every word occurs, also as part of a compound; typing errors do no harm.
search-how-phrase = In quotation marks: exactly these words in a row.
search-how-without = With a minus before it: this word does not occur.
search-how-operators = Only tickets and articles of this service, in this state.
search-how-people = From this person, since this month.
