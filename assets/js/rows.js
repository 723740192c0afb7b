// Lists of rows: J, K and the arrows move between [data-row] links in [data-rows], X and clicks select, with Shift
// as far as the last one, and the bulk bar follows.
const typing = 'textarea, select, [contenteditable], input:not([type=checkbox])';
// Which keys a person has put in the place of the desk's own.
const own = JSON.parse(document.documentElement.dataset.ownKeys ?? '{}');
let anchor;

const rows = () => [...document.querySelectorAll('[data-rows] [data-row]')].filter((row) => row.checkVisibility());
const line = (element) => element?.closest?.('[data-rows] :is(tr, li)');
const tick = (element) => line(element)?.querySelector('input[type=checkbox]');

function move(step) {
  const all = rows();
  const here = all.findIndex((row) => line(row) === line(document.activeElement));
  const start = here < 0 ? all.findIndex((row) => row.matches('[aria-current]')) : here;
  const next = all[Math.min(all.length - 1, Math.max(0, start + step))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  return Boolean(next);
}

// A row drawn anew is another element of the same value.
const boxes = () => rows().map(tick).filter(Boolean);

function reach(box) {
  const all = boxes();
  const from = all.findIndex((one) => one.value === anchor);
  const to = all.indexOf(box);
  if (from < 0) return false;
  all.slice(Math.min(from, to), Math.max(from, to) + 1).forEach((one) => { one.checked = true; });
  show();
  return true;
}

function select(event) {
  const box = tick(document.activeElement);
  if (!box) return false;
  if (!event.shiftKey || !reach(box)) box.click();
  anchor = box.value;
  return true;
}

function clear() {
  const chosen = document.querySelectorAll('[data-rows] input[type=checkbox]:checked, [data-bulk] [name=all]:checked');
  chosen.forEach((box) => { box.checked = false; });
  show();
  return chosen.length > 0;
}

function show() {
  const all = [...document.querySelectorAll('[data-rows] input[type=checkbox]')];
  const chosen = all.filter((box) => box.checked);
  for (const box of all) {
    const row = box.closest('tr');
    if (box.checked) row?.setAttribute('aria-selected', 'true');
    else row?.removeAttribute('aria-selected');
  }
  for (const whole of document.querySelectorAll('[data-all]')) {
    whole.checked = all.length > 0 && chosen.length === all.length;
    whole.indeterminate = chosen.length > 0 && !whole.checked;
  }
  for (const bar of document.querySelectorAll('[data-bulk]')) {
    const matching = bar.querySelector('[name=all]');
    // All that match are only offered behind the first choice, and go with the last.
    if (matching && chosen.length === 0) matching.checked = false;
    bar.toggleAttribute('data-none', chosen.length === 0);
    bar.toggleAttribute('data-matching', Boolean(matching?.checked));
    bar.querySelectorAll('[data-count]').forEach((count) => { count.textContent = chosen.length; });
  }
}

document.addEventListener('keydown', (event) => {
  // From within the bar the way back leads to the rows.
  if (event.key === 'Escape' && !event.defaultPrevented && event.target.closest?.('[data-bulk]') && clear()) {
    event.preventDefault();
    rows().find((row) => tick(row)?.value === anchor)?.focus();
    return;
  }
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(typing)) return;
  if (document.querySelector('dialog:modal')) return;
  const arrows = Boolean(line(document.activeElement));
  const letters = document.documentElement.dataset.keys !== 'off';
  const pressed = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const key = Object.keys(own).find((desk) => own[desk] === pressed) ?? (own[pressed] === undefined ? pressed : '');
  const done = (letters && key === 'j') || (arrows && key === 'ArrowDown') ? move(1)
    : (letters && key === 'k') || (arrows && key === 'ArrowUp') ? move(-1)
    : letters && key === 'x' ? select(event)
    : key === 'Escape' ? clear() : false;
  if (done) event.preventDefault();
});

document.addEventListener('change', (event) => {
  if (event.target.matches('[data-all]')) boxes().forEach((box) => { box.checked = event.target.checked; });
  else if (!event.target.closest?.('[data-rows], [data-bulk]')) return;
  show();
});

document.addEventListener('click', (event) => {
  if (event.target.closest?.('[data-clear]')) {
    clear();
    (rows().find((row) => tick(row)?.value === anchor) ?? rows()[0])?.focus();
    return;
  }
  if (!event.target.matches?.('[data-rows] input[type=checkbox]')) return;
  if (event.shiftKey && event.target.checked) reach(event.target);
  anchor = event.target.value;
});
document.addEventListener('htmx:after:swap', show);
window.addEventListener('pageshow', show);
