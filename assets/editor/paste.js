// Pages and word processors put HTML on the clipboard: its headings, tables and lists become Markdown where the cursor is.
const structure = /<(h[1-6]|ul|ol|table|strong|em|pre|code|blockquote|a)\b|<b>|mso-list/i;
const most = 2_000_000;

// Word writes a list as paragraphs with their marks in them, and says how deep each lies.
function lists(page) {
  for (const line of page.querySelectorAll('p[data-style*="mso-list"]')) {
    const level = Number(/level(\d+)/.exec(line.dataset.style)?.[1] ?? 1);
    const mark = line.querySelector('[data-style*="mso-list:Ignore"], [data-style*="mso-list: Ignore"]');
    const counted = /^[\s(]*[0-9a-z]+[.)]/i.test(mark?.textContent ?? '');
    mark?.remove();
    const before = line.previousElementSibling;
    let list = before?.dataset.word ? before : undefined;
    if (!list) {
      list = page.createElement(counted ? 'ol' : 'ul');
      list.dataset.word = 'list';
      line.before(list);
    }
    for (let depth = 1; depth < level; depth += 1) {
      const item = list.lastElementChild ?? list.appendChild(page.createElement('li'));
      const last = item.lastElementChild;
      list = last?.matches('ul, ol') ? last : item.appendChild(page.createElement(counted ? 'ol' : 'ul'));
    }
    const item = page.createElement('li');
    item.append(...line.childNodes);
    list.append(item);
    line.remove();
  }
}

// Nothing of it runs or loads: a parsed page has no window. Its styles are read and never applied.
function cleaned(html) {
  const page = new DOMParser().parseFromString(html.replace(/\bstyle=/gi, 'data-style='), 'text/html');
  lists(page);
  // The first heading of an article is its title.
  for (const heading of page.querySelectorAll('h1')) {
    const below = page.createElement('h2');
    below.append(...heading.childNodes);
    heading.replaceWith(below);
  }
  for (const bold of page.querySelectorAll('b[data-style*="font-weight:normal"], b[data-style*="font-weight: normal"]')) bold.replaceWith(...bold.childNodes);
  return page.body.innerHTML;
}

function insert(field, text) {
  field.focus();
  if (document.execCommand('insertText', false, text)) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

document.addEventListener('paste', async (event) => {
  const field = event.target.closest?.('[data-paste] textarea');
  const html = field && event.clipboardData.getData('text/html');
  if (!html || !structure.test(html)) return;
  // Word sends a picture of the text along.
  event.preventDefault();
  event.stopImmediatePropagation();
  const plain = event.clipboardData.getData('text/plain');
  const told = document.getElementById('article-pasted');
  told.textContent = '';
  const { csrf } = field.form.elements;
  let text = '';
  if (html.length <= most) {
    const body = new URLSearchParams({ csrf: csrf.value, html: cleaned(html) });
    try {
      const answer = await fetch(field.closest('[data-paste]').dataset.paste, { method: 'POST', body });
      if (answer.ok) text = (await answer.text()).trim();
    } catch { /* It is put in as it would be without this script. */ }
  }
  if (!text) told.textContent = told.dataset.plain;
  else if (/<img\b/i.test(html)) told.textContent = told.dataset.pictures;
  insert(field, text || plain);
}, true);
