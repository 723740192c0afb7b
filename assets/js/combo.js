// Long choices are found by typing: a select gets a combobox in its place, boxes get a line that leaves what fits.
const MOST = 12;
const words = document.querySelector('template[data-find]')?.content;
const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/ß/g, 'ss').toLowerCase();
const fits = (text, typed) => fold(typed).split(/[\s›]+/).every((word) => fold(text).includes(word));
const told = (total) => words.querySelector('[data-more]').textContent.replace('{shown}', MOST).replace('{total}', total);

function element(name, attributes) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value) made.setAttribute(key, value);
  return made;
}

const choice = (input) => document.getElementById(input.dataset.for);
const chosen = (select) => (select.value ? select.selectedOptions[0]?.text ?? '' : '');
const ours = (event) => (event.target.matches?.('[role=combobox][data-select]') ? event.target : undefined);

function fill(input, typed) {
  const list = document.getElementById(input.getAttribute('aria-controls'));
  const found = [...choice(input).options].filter((option) => fits(option.text, typed));
  const rows = found.slice(0, MOST).map((option) => {
    const row = element('li', { class: 'opt-row', role: 'option', 'aria-selected': 'false' });
    row.dataset.value = option.value;
    row.dataset.text = option.value ? option.text : '';
    row.textContent = option.text;
    return row;
  });
  if (found.length > MOST) {
    const more = element('li', { class: 'opt-row muted small', role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' });
    more.textContent = told(found.length);
    rows.push(more);
  }
  list.replaceChildren(...rows);
  input.dispatchEvent(new Event('listed', { bubbles: true }));
}

function combobox(select) {
  select.id ||= `choice-${select.name}`;
  const id = `${select.id}-find`;
  const before = document.getElementById(id);
  select.hidden = true;
  if (before) return;
  const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
  const named = select.getAttribute('aria-label') ?? label?.textContent.trim() ?? '';
  const first = select.options[0];
  const input = element('input', {
    id, class: select.className, type: 'text', role: 'combobox', autocomplete: 'off', value: chosen(select),
    placeholder: first.value ? '' : first.text, 'data-for': select.id, 'data-select': 'yes',
    'aria-expanded': 'false', 'aria-controls': `${id}-list`, 'aria-autocomplete': 'list', 'aria-label': label ? '' : named,
  });
  for (const name of ['describedby', 'invalid', 'required']) {
    const value = select.getAttribute(`aria-${name}`);
    if (value) input.setAttribute(`aria-${name}`, value);
  }
  const box = element('div', { class: 'combo' });
  box.append(input, element('ul', { class: 'pop opts combo__list', id: `${id}-list`, role: 'listbox', 'aria-label': named }));
  const focused = document.activeElement === select || select.autofocus;
  select.after(box);
  if (label) label.htmlFor = id;
  if (focused) input.focus();
}

function line(boxes) {
  const label = words.querySelector('[data-narrow]').textContent;
  const input = element('input', { class: 'input', type: 'search', autocomplete: 'off', placeholder: label, 'aria-label': label });
  const more = element('p', { class: 'muted small', role: 'status' });
  const all = [...boxes.querySelectorAll('label')];
  const narrow = () => {
    const found = all.filter((one) => fits(one.textContent, input.value));
    const shown = new Set(found.slice(0, MOST));
    for (const one of all) one.hidden = !shown.has(one) && !one.querySelector('input').checked;
    more.textContent = found.length > MOST ? told(found.length) : '';
  };
  input.addEventListener('input', (event) => { event.stopPropagation(); narrow(); });
  input.addEventListener('change', (event) => event.stopPropagation());
  input.addEventListener('keydown', (event) => { if (event.key === 'Enter' && !event.ctrlKey) event.preventDefault(); });
  boxes.before(input);
  boxes.after(more);
  narrow();
  if (boxes.contains(document.activeElement)) input.focus();
}

function enhance() {
  if (!words) return;
  for (const select of document.querySelectorAll('select.input:not([multiple])')) if (select.options.length > MOST) combobox(select);
  for (const boxes of document.querySelectorAll('.boxes')) {
    const lined = boxes.previousElementSibling?.type === 'search';
    if (!lined && boxes.querySelectorAll('label').length > MOST) line(boxes);
  }
}

document.addEventListener('input', (event) => { if (ours(event)) fill(event.target, event.target.value); });
document.addEventListener('click', (event) => { if (ours(event) && event.target.ariaExpanded !== 'true') fill(event.target, ''); });
document.addEventListener('keydown', (event) => {
  const opens = event.key === 'ArrowDown' || event.key === 'ArrowUp';
  if (opens && ours(event) && event.target.ariaExpanded !== 'true') fill(event.target, '');
});
document.addEventListener('focusin', (event) => ours(event)?.select());
// What was typed and not chosen is nothing; a line left empty takes the choice away.
document.addEventListener('focusout', (event) => {
  const input = ours(event);
  const select = input && choice(input);
  if (!select) return;
  if (!input.value.trim() && select.value && select.options[0].value === '') {
    select.value = '';
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }
  input.value = chosen(select);
});
document.addEventListener('htmx:after:swap', enhance);
enhance();
