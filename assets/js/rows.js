// Lists of rows: J, K and the arrows move between [data-row] links in [data-rows], X selects, the bulk bar follows.
const typing = 'textarea, select, [contenteditable], input:not([type=checkbox])';
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

function select(event) {
  const box = tick(document.activeElement);
  if (!box) return false;
  const boxes = rows().map(tick).filter(Boolean);
  const from = event.shiftKey ? boxes.indexOf(anchor) : -1;
  const to = boxes.indexOf(box);
  if (from < 0) box.click();
  else boxes.slice(Math.min(from, to), Math.max(from, to) + 1).forEach((one) => one.checked || one.click());
  anchor = box;
  return true;
}

function clear() {
  const chosen = document.querySelectorAll('[data-rows] input[type=checkbox]:checked:not([data-all])');
  chosen.forEach((box) => box.click());
  return chosen.length > 0;
}

function show() {
  const boxes = [...document.querySelectorAll('[data-rows] input[type=checkbox]:not([data-all])')];
  const chosen = boxes.filter((box) => box.checked);
  for (const box of boxes) {
    const row = box.closest('tr');
    if (box.checked) row?.setAttribute('aria-selected', 'true');
    else row?.removeAttribute('aria-selected');
  }
  for (const all of document.querySelectorAll('[data-rows] [data-all]')) {
    all.checked = boxes.length > 0 && chosen.length === boxes.length;
    all.indeterminate = chosen.length > 0 && !all.checked;
  }
  for (const bar of document.querySelectorAll('[data-bulk]')) {
    bar.hidden = chosen.length === 0;
    bar.querySelectorAll('[data-count]').forEach((count) => { count.textContent = chosen.length; });
  }
}

document.addEventListener('keydown', (event) => {
  // From within the bar the way back leads to the rows.
  if (event.key === 'Escape' && event.target.closest?.('[data-bulk]') && clear()) {
    event.preventDefault();
    rows().find((row) => line(row) === line(anchor))?.focus();
    return;
  }
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(typing)) return;
  if (document.querySelector('dialog:modal')) return;
  const arrows = Boolean(line(document.activeElement));
  const letters = document.documentElement.dataset.keys !== 'off';
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const done = (letters && key === 'j') || (arrows && key === 'ArrowDown') ? move(1)
    : (letters && key === 'k') || (arrows && key === 'ArrowUp') ? move(-1)
    : letters && key === 'x' ? select(event)
    : key === 'Escape' ? clear() : false;
  if (done) event.preventDefault();
});

document.addEventListener('change', (event) => {
  if (!event.target.closest?.('[data-rows]')) return;
  if (event.target.matches('[data-all]')) {
    rows().map(tick).forEach((box) => { if (box) box.checked = event.target.checked; });
  }
  show();
});
document.addEventListener('htmx:after:swap', show);
window.addEventListener('pageshow', show);
