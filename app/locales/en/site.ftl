site-title = Help and guides
site-search = Search
site-categories = Topics
site-sign-in = Sign in
site-to-desk = To the service desk
site-in-german = There are articles in German, too.
site-in-english = There are articles in English, too.
