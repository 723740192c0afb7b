// The palette: beside what the server finds it offers whatever has a key on this page.
const dialog = document.getElementById('palette');
const input = document.getElementById('palette-words');
const here = document.getElementById('palette-here');
const most = 6;
const fold = (text) => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
const said = (element) => {
  const copy = element.cloneNode(true);
  for (const one of copy.querySelectorAll('kbd, [aria-hidden=true]')) one.remove();
  return (element.getAttribute('aria-label') || copy.textContent).replace(/\s+/g, ' ').trim();
};
const own = JSON.parse(document.documentElement.dataset.ownKeys ?? '{}');
let acts = [];

// What the list of keys says of one, so that it is found by those words too.
const told = (key) => [...document.querySelectorAll('#keys dl > div')].filter((row) => row.firstChild.textContent === key).map((row) => row.lastChild.textContent).join(' ');

// What the page itself does comes before what every page does.
function gather() {
  const seen = new Set();
  acts = [...document.querySelectorAll('main [data-key]'), ...document.querySelectorAll('[data-key]')]
    .map((element) => {
      const key = own[element.dataset.key] ?? element.dataset.key;
      return { element, key, words: said(element), also: fold(`${said(element)} ${told(key)}`) };
    })
    .filter(({ element, words }) => words && !element.closest('dialog, [aria-hidden=true]') && element.dataset.dialog !== 'palette' && !element.disabled && element.checkVisibility()
      && element.matches('a[href], button, summary') && !seen.has(words) && seen.add(words));
}

function offer() {
  const typed = fold(input.value.trim());
  for (const old of here.querySelectorAll('.cmd')) old.remove();
  const fit = acts.filter(({ also }) => also.includes(typed)).slice(0, most);
  for (const { element, words, key } of fit) {
    const line = document.createElement('button');
    Object.assign(line, { type: 'button', className: 'cmd', tabIndex: -1 });
    line.setAttribute('role', 'option');
    line.setAttribute('aria-selected', 'false');
    const text = document.createElement('span');
    text.textContent = words;
    const cap = document.createElement('kbd');
    cap.textContent = key.length === 1 ? key.toUpperCase() : key;
    line.append(element.querySelector('svg')?.cloneNode(true) ?? '', text, cap);
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
