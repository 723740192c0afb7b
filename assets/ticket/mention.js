// Naming colleagues in a note: an @ opens a list, which is moved through with the arrows while the cursor stays in the text.
const list = () => document.querySelector('[data-mentions]');
const field = () => list()?.parentElement.querySelector('textarea');
const rows = () => [...(list()?.querySelectorAll('[role=option]:not([aria-disabled])') ?? [])];
const active = () => rows().find((row) => row.getAttribute('aria-selected') === 'true');
let asked = 0;
let left = -1;

// What stands between the last @ before the cursor and the cursor, if that can be the beginning of a name.
function typed(text) {
  const before = text.value.slice(0, text.selectionEnd);
  const found = before.match(/(?:^|[^\p{L}\p{N}])@([\p{L}\p{M}'’.-]*(?: [\p{L}\p{M}'’.-]*)?)$/u);
  return found ? { from: text.selectionEnd - found[1].length, name: found[1] } : undefined;
}

function point(row) {
  for (const one of rows()) one.setAttribute('aria-selected', String(one === row));
  if (row) field().setAttribute('aria-activedescendant', row.id);
  else field()?.removeAttribute('aria-activedescendant');
  row?.scrollIntoView({ block: 'nearest' });
}

function close() {
  const open = list();
  if (!open || open.hidden) return;
  asked += 1;
  point();
  open.hidden = true;
  open.replaceChildren();
}

async function look(text) {
  const found = typed(text);
  if (!found || found.from === left) return close();
  const turn = ++asked;
  const address = `${list().dataset.mentions}?${new URLSearchParams({ typed: found.name })}`;
  const answer = await fetch(address, { headers: { 'HX-Request': 'true' } }).catch(() => undefined);
  const html = answer?.ok ? await answer.text() : '';
  const open = list();
  // Somebody typed on, or left the note, while the answer was on its way.
  if (turn !== asked || !open || document.activeElement !== text) return;
  const made = new DOMParser().parseFromString(html, 'text/html');
  open.replaceChildren(...made.querySelectorAll('[role=option]'));
  // A second word that begins nobody's name is text again.
  open.hidden = !open.childElementCount || (!rows().length && found.name.includes(' '));
  point(open.hidden ? undefined : rows()[0]);
}

function choose(row) {
  const text = field();
  const { from } = typed(text);
  const chosen = text.form.elements.namedItem('mentions');
  const ids = new Set(chosen.value.split(',').filter(Boolean));
  chosen.value = [...ids.add(row.dataset.value)].join(',');
  close();
  text.setRangeText(`${row.dataset.text} `, from, text.selectionEnd, 'end');
  text.dispatchEvent(new Event('input', { bubbles: true }));
}

document.addEventListener('input', (event) => {
  if (!event.isTrusted || event.target !== field()) return;
  const found = typed(event.target);
  if (!found) left = -1;
  look(event.target);
});

document.addEventListener('keydown', (event) => {
  const open = list();
  if (!open || open.hidden || event.target !== field() || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const all = rows();
  const here = all.indexOf(active());
  if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && all.length) {
    const step = event.key === 'ArrowDown' ? 1 : -1;
    point(all[(here + step + all.length) % all.length]);
  } else if ((event.key === 'Enter' || event.key === 'Tab') && here >= 0 && !event.shiftKey) choose(all[here]);
  else if (event.key === 'Escape') {
    left = typed(field())?.from ?? -1;
    close();
  } else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

document.addEventListener('pointerdown', (event) => {
  const row = event.target.closest?.('[data-mentions] [role=option]');
  if (!row || event.button !== 0) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!row.hasAttribute('aria-disabled')) choose(row);
}, true);

document.addEventListener('focusout', (event) => { if (event.target === field()) close(); });
