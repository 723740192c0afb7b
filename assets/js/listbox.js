// Comboboxes: the server or combo.js fills the list, this file moves through it and takes the choice over.
const boxes = '[role=combobox][aria-controls]';
const list = (input) => document.getElementById(input.getAttribute('aria-controls'));
const options = (input) => [...(list(input)?.querySelectorAll('[role=option]:not([aria-disabled])') ?? [])];
const active = (input) => options(input).find((option) => option.getAttribute('aria-selected') === 'true');
let numbered = 0;

function point(input, option) {
  for (const one of options(input)) one.setAttribute('aria-selected', String(one === option));
  if (!option) return input.removeAttribute('aria-activedescendant');
  option.id ||= `option-${++numbered}`;
  input.setAttribute('aria-activedescendant', option.id);
  option.scrollIntoView({ block: 'nearest' });
}

function open(input) {
  const any = options(input).length > 0;
  input.setAttribute('aria-expanded', String(any));
  if (any) list(input).scrollIntoView({ block: 'nearest' });
  point(input, any && (active(input) ?? (input.dataset.first === 'off' ? undefined : options(input)[0])));
}

function close(input) {
  input.setAttribute('aria-expanded', 'false');
  point(input);
}

function choose(input, option) {
  const link = option.matches('a[href], button') ? option : option.querySelector('a[href], button');
  if (link) return link.click();
  const target = document.getElementById(input.dataset.for);
  input.value = option.dataset.text ?? option.textContent.trim();
  close(input);
  if (!target) return;
  target.value = option.dataset.value ?? '';
  // A line that completes itself goes on as if it had been typed.
  target.dispatchEvent(new Event(target === input ? 'input' : 'change', { bubbles: true }));
}

document.addEventListener('keydown', (event) => {
  const input = event.target.closest?.(boxes);
  if (!input || event.isComposing || event.ctrlKey || event.metaKey) return;
  const expanded = input.getAttribute('aria-expanded') === 'true';
  const all = options(input);
  const here = all.indexOf(active(input));
  if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && all.length) {
    const step = event.key === 'ArrowDown' ? 1 : -1;
    if (!expanded) open(input);
    else point(input, all[(here + step + all.length) % all.length]);
  } else if ((event.key === 'Home' || event.key === 'End') && expanded && all.length) point(input, all.at(event.key === 'Home' ? 0 : -1));
  else if (event.key === 'Enter' && expanded && here >= 0) choose(input, all[here]);
  else if (event.key === 'Escape' && expanded && !input.closest('dialog')) close(input);
  else return;
  event.preventDefault();
});

document.addEventListener('input', (event) => {
  if (!event.isTrusted || !event.target.matches?.(boxes)) return;
  const target = document.getElementById(event.target.dataset.for);
  // A select keeps its choice until another is made, and so does a filter.
  if (!target?.value || target.matches('select, [data-stays]')) return;
  target.value = '';
  target.dispatchEvent(new Event('change', { bubbles: true }));
});

document.addEventListener('pointerdown', (event) => {
  const option = event.target.closest?.('[role=option]:not([aria-disabled])');
  if (!option || event.button !== 0 || event.target.closest('a[href], button')) return;
  const input = [...document.querySelectorAll(boxes)].find((one) => list(one)?.contains(option));
  if (!input) return;
  event.preventDefault();
  choose(input, option);
});

document.addEventListener('focusout', (event) => {
  if (event.target.matches?.(boxes) && !event.target.closest('dialog')) close(event.target);
});

document.addEventListener('listed', (event) => open(event.target));

document.addEventListener('htmx:after:swap', () => {
  if (document.activeElement?.matches(boxes)) open(document.activeElement);
});
