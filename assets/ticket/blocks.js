// Text blocks while writing: `::` or `/` before a word calls the list, the arrows move in it, Enter puts one in.
const fields = 'textarea[data-calls]';
const called = /(?:^|\s)(::[\p{L}\p{N}_-]{0,40}|\/[\p{L}\p{N}_-]{1,40})$/u;
const place = () => document.getElementById('composer-blocks');
const options = () => [...(place()?.querySelectorAll('[role=option]') ?? [])];
let left = '';
// The list as it stood when another was asked for.
let before;
let waits = false;
let chooses = false;

const call = (field) => field.value.slice(0, field.selectionEnd).match(called)?.[1] ?? '';

function close(field) {
  waits = chooses = false;
  field.removeAttribute('aria-activedescendant');
  const list = place();
  if (list && !list.hidden) { list.hidden = true; list.replaceChildren(); }
}

function point(field, option) {
  for (const one of options()) {
    const is = one === option;
    one.setAttribute('aria-selected', String(is));
    document.getElementById(one.getAttribute('aria-describedby'))?.toggleAttribute('hidden', !is);
  }
  field.setAttribute('aria-activedescendant', option.id);
  option.scrollIntoView({ block: 'nearest' });
}

function choose(field, option) {
  const form = field.form;
  form.elements.called.value = call(field);
  form.elements.cursor.value = field.selectionEnd;
  option.querySelector('button').click();
}

function ask(field) {
  const words = call(field);
  if (!words || words === left) return close(field);
  left = '';
  const asks = document.getElementById('block-q');
  asks.value = words.replace(/^(::|\/)/, '');
  waits = true;
  before = place();
  asks.dispatchEvent(new Event('call', { bubbles: true }));
}

document.addEventListener('input', (event) => { if (event.target.matches?.(fields)) ask(event.target); });

document.addEventListener('keydown', (event) => {
  const field = event.target;
  if (!field.matches?.(fields) || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const all = options();
  const open = all.length > 0 && !place().hidden;
  const here = all.findIndex((one) => one.getAttribute('aria-selected') === 'true');
  if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    point(field, all[(here + (event.key === 'ArrowDown' ? 1 : -1) + all.length) % all.length]);
  } else if (event.key === 'Enter' && waits) chooses = true;
  else if (open && (event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) choose(field, all[Math.max(here, 0)]);
  else if (event.key === 'Escape' && (open || waits)) { left = call(field); close(field); }
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);

document.addEventListener('pointerdown', (event) => {
  const option = event.target.closest?.('#composer-blocks [role=option]');
  const field = option && document.querySelector(fields);
  if (!field || event.button !== 0) return;
  event.preventDefault();
  choose(field, option);
});

document.addEventListener('click', (event) => {
  const field = document.getElementById(event.target.closest?.('[data-call]')?.dataset.call);
  if (!field) return;
  event.preventDefault();
  field.focus();
  const before = field.value.slice(0, field.selectionEnd);
  field.setRangeText(before && !/\s$/.test(before) ? ' ::' : '::', field.selectionEnd, field.selectionEnd, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
});

document.addEventListener('focusout', (event) => { if (event.target.matches?.(fields)) close(event.target); });

document.addEventListener('htmx:after:swap', () => {
  const field = document.activeElement;
  const list = place();
  if (!waits || !field?.matches?.(fields) || !list || list.hidden || list === before) return;
  waits = false;
  const [first] = options();
  if (!call(field)) close(field);
  else if (first && chooses) { chooses = false; choose(field, first); }
  else if (first) point(field, first);
});
