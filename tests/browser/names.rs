//! Finding things on a page as people do: by the words on them.

/// A button, link or menu with these words, or which begins with them and a colon.
pub fn control(words: &str) -> String {
    let words = quoted(words);
    format!(
        "//*[self::a or self::button or self::summary][not(@aria-hidden='true')]\
         [normalize-space(.)={words} or @aria-label={words} \
         or .//span[contains(@class,'kern-label')][normalize-space(.)={words}] \
         or starts-with(normalize-space(.),concat({words},':'))]"
    )
}

/// A link whose text holds these words.
pub fn link(words: &str) -> String {
    format!("//a[contains(normalize-space(.),{})]", quoted(words))
}

/// A field whose label begins with these words.
pub fn field(words: &str) -> String {
    let words = quoted(words);
    format!(
        "//*[(self::input or self::textarea or self::select) and not(@type='hidden')]\
         [@aria-label={words} \
         or @id=//label[starts-with(normalize-space(.),{words})]/@for \
         or ancestor::label[starts-with(normalize-space(.),{words})]]"
    )
}

/// An XPath text; no words of ours hold both kinds of quotes.
fn quoted(words: &str) -> String {
    assert!(!words.contains('"'), "{words}");
    format!("\"{words}\"")
}

/// Whether a thing with these names is what `words` mean; the same rule as above.
pub fn is_named(names: &[String], words: &str) -> bool {
    let with_colon = format!("{words}:");
    names
        .iter()
        .any(|name| name == words || name.starts_with(&with_colon))
}

/// A script that returns the names of the element that has the focus.
pub const FOCUSED: &str = "
    const one = document.activeElement;
    // A page without a focus is named after nothing on it.
    if (one === document.body) return [];
    const clean = (text) => (text ?? '').replace(/\\s+/g, ' ').trim();
    const own = (label) => {
        const copy = label.cloneNode(true);
        copy.querySelectorAll('select, textarea, .opt').forEach((part) => part.remove());
        return clean(copy.textContent);
    };
    // A region that scrolls is not named after the buttons in it.
    const isControl = one.matches('a, button, summary');
    const parts = isControl ? [...one.querySelectorAll('.kern-label')].map((part) => clean(part.textContent)) : [];
    const labels = [...(one.labels ?? [])].map(own);
    return [clean(one.getAttribute('aria-label')), clean(one.textContent), ...labels, ...parts];";
