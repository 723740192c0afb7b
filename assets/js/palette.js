// The palette: beside what the server finds it offers whatever has a key on this page.
const dialog = document.getElementById('palette');
const input = document.getElementById('palette-words');
const here = document.getElementById('palette-here');
const most = 6;
const fold = (text) => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
const said = (element) => (element.getAttribute('aria-label') || element.textContent).replace(/\s+/g, ' ').trim();
const own = JSON.parse(document.documentElement.dataset.ownKeys ?? '{}');
let acts = [];

function gather() {
  const seen = new Set();
  acts = [...document.querySelectorAll('[data-key]')].map((element) => ({ element, words: said(element), key: own[element.dataset.key] ?? element.dataset.key }))
    .filter(({ element, words }) => words && !element.closest('dialog, [aria-hidden=true]') && !element.disabled && element.checkVisibility()
      && element.matches('a[href], button, summary') && !seen.has(words) && seen.add(words));
}

function offer() {
  const typed = fold(input.value.trim());
  for (const old of here.querySelectorAll('.cmd')) old.remove();
  const fit = acts.filter(({ words }) => fold(words).includes(typed)).slice(0, most);
  for (const { element, words, key } of fit) {
    const line = document.createElement('button');
    Object.assign(line, { type: 'button', className: 'cmd', tabIndex: -1 });
    line.setAttribute('role', 'option');
    line.setAttribute('aria-selected', 'false');
    const text = document.createElement('span');
    text.textContent = words;
    const cap = document.createElement('kbd');
    cap.textContent = key.length === 1 ? key.toUpperCase() : key;
    line.append(text, cap);
    line.addEventListener('click', () => { dialog.close(); element.focus(); element.click(); });
    here.append(line);
  }
  here.hidden = fit.length === 0;
  input.dispatchEvent(new CustomEvent('listed', { bubbles: true }));
}

input?.addEventListener('input', offer);
dialog?.addEventListener('toggle', () => {
  if (!dialog.open) return;
  gather();
  input.select();
  offer();
  input.dispatchEvent(new Event('open'));
});
