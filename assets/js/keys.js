// Shortcuts. An element names its own key in data-key ("r", "g s", "?", "ctrl+k"); this file only listens, and reads what is
// pressed as the key that a person has put it in the place of.
const root = document.documentElement;
const own = JSON.parse(root.dataset.ownKeys ?? '{}');
const meant = Object.fromEntries(Object.entries(own).map(([desk, mine]) => [mine, desk]));
const typing = 'textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit])';
let first = '';
let firstAt = 0;

function name(event) {
  const letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const shift = event.shiftKey && letter !== letter.toUpperCase() ? 'shift+' : '';
  return (event.ctrlKey || event.metaKey ? 'ctrl+' : '') + shift + letter;
}

function owner(key) {
  const scope = document.querySelector('dialog:modal') ?? document;
  return [...scope.querySelectorAll('[data-key]')].find((element) =>
    element.dataset.key === key && !element.disabled && element.checkVisibility());
}

// The desk's key for what was pressed; one that acts by another key now is none.
const desk = (pressed) => meant[pressed] ?? (own[pressed] === undefined ? pressed : '');

// What stands about a key says the person's own.
function say() {
  for (const element of document.querySelectorAll('[data-key]')) {
    const mine = own[element.dataset.key];
    if (mine === undefined) continue;
    if (element.hasAttribute('aria-keyshortcuts')) element.setAttribute('aria-keyshortcuts', mine);
    const cap = element.querySelector('kbd');
    if (cap) cap.textContent = mine.length === 1 ? mine.toUpperCase() : mine;
  }
}

function use(element) {
  const details = element.matches('summary') && element.parentElement;
  if (element.matches('input')) element.select?.();
  if (element.matches(typing) || element.matches('[tabindex]:not(a, button)')) element.focus();
  else if (details) { details.open = true; element.focus(); }
  else element.click();
  // A text goes on where it was left, and else at its end.
  if (element.matches('textarea') && !element.selectionEnd) element.setSelectionRange(element.value.length, element.value.length);
}

function send(event) {
  const form = document.activeElement?.closest('form');
  if (!form) return;
  const button = event.shiftKey ? form.querySelector('[type=submit][data-then="next"]')
    : form.querySelector('[type=submit]:not([data-then], [name=cancel])');
  if (!button) return;
  event.preventDefault();
  form.requestSubmit(button);
}

document.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.altKey || event.isComposing) return;
  const held = event.ctrlKey || event.metaKey;
  if (held && event.key === 'Enter') return send(event);
  if (event.key === 'Escape') {
    // A list that is open closes first.
    if (event.target.ariaExpanded === 'true') return;
    const open = event.target.closest?.('details.menu[open]');
    const cancel = event.target.closest?.('form')?.querySelector('[data-cancel]');
    if (open) { open.open = false; open.querySelector('summary').focus(); event.preventDefault(); }
    else if (cancel) { event.preventDefault(); cancel.click(); }
    return;
  }
  if (!held && (root.dataset.keys === 'off' || event.target.closest?.(typing))) return;
  const key = name(event);
  const sequence = !held && Date.now() - firstAt < 1200 ? owner(desk(`${first} ${key}`)) : undefined;
  first = key;
  firstAt = Date.now();
  const element = sequence ?? owner(desk(key));
  if (!element) return;
  first = '';
  event.preventDefault();
  event.stopImmediatePropagation();
  use(element);
});

document.addEventListener('click', (event) => {
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// The field for a key takes what is pressed in place of what stands in it; a second key soon after makes two of one.
let taken = {};
document.addEventListener('keydown', (event) => {
  const field = event.target.closest?.('input[data-capture]');
  if (!field || event.key.length !== 1 || event.key === ' ' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  event.preventDefault();
  const key = event.key.toLowerCase();
  field.value = taken.field === field && Date.now() - taken.at < 1200 && field.value.length === 1 ? `${field.value} ${key}` : key;
  taken = { field, at: Date.now() };
});

if (Object.keys(own).length) {
  document.addEventListener('htmx:after:swap', say);
  say();
}
