// Writing an article: the bar's buttons put Markdown around what is marked, and a link that was found goes where the cursor is.
const body = () => document.querySelector('.edtext textarea');
const tools = (bar) => [...bar.querySelectorAll('button')];

// Typed as by hand, so that it can be taken back and everything that listens to typing hears of it.
function put(field, text, from, to, markFrom, markTo = markFrom) {
  field.focus();
  field.setSelectionRange(from, to);
  if (!document.execCommand('insertText', false, text)) {
    field.setRangeText(text, from, to);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  field.setSelectionRange(markFrom, markTo);
}

function wrap(field, before, after) {
  const { value, selectionStart: from, selectionEnd: to } = field;
  const inside = value.slice(from, to);
  const is = value.slice(from - before.length, from) === before && value.slice(to, to + after.length) === after;
  if (is) return put(field, inside, from - before.length, to + after.length, from - before.length, to - before.length);
  put(field, before + inside + after, from, to, from + before.length, to + before.length);
}

function lines(field) {
  const { value, selectionStart, selectionEnd } = field;
  const from = value.lastIndexOf('\n', selectionStart - 1) + 1;
  const end = value.indexOf('\n', Math.max(selectionStart, selectionEnd - 1));
  const to = end < 0 ? value.length : end;
  return { from, to, all: value.slice(from, to).split('\n') };
}

function begin(field, mark) {
  const { from, to, all } = lines(field);
  const counted = /^\d+\. $/.test(mark);
  const has = counted ? /^\d+\. / : new RegExp(`^${mark.replace(/[#-]/g, '\\$&')}`);
  const off = all.every((line) => has.test(line));
  const changed = all.map((line, at) => (off ? line.replace(has, '') : (counted ? `${at + 1}. ` : mark) + line.replace(has, ''))).join('\n');
  put(field, changed, from, to, from + changed.length);
}

function frame(field, before, after) {
  const { from, to, all } = lines(field);
  const quoted = before.startsWith('>') ? all.map((line) => `> ${line}`) : all;
  const gap = from > 0 && field.value[from - 2] !== '\n' ? '\n' : '';
  const changed = `${gap}${[before, ...quoted, ...(after ? [after] : [])].join('\n')}\n`;
  const at = from + gap.length + before.length + 1 + quoted.join('\n').length;
  put(field, changed, from, to, at);
}

function stand(field, text) {
  const { to } = lines(field);
  const gap = to > 0 ? '\n\n' : '';
  put(field, `${gap}${text}\n`, to, to, to + gap.length, to + gap.length + text.length);
}

function press(button) {
  const field = body();
  if (!field) return;
  const { wraps, begins, frames, puts, picks } = button.dataset;
  if (picks) document.getElementById(picks)?.click();
  else if (wraps) wrap(field, ...wraps.split('|'));
  else if (begins) begin(field, begins);
  else if (frames) frame(field, ...frames.split('|'));
  else if (puts) stand(field, puts.replaceAll('\\n', '\n'));
}

// The bar is one stop for the tabulator; arrows lead through it.
function rove(bar, to) {
  for (const button of tools(bar)) button.tabIndex = button === to ? 0 : -1;
}

// What was dropped, pasted or picked goes where the cursor is once the server has it.
const named = () => [...document.querySelectorAll('.filelist [data-puts]')].map((button) => button.dataset.puts);
let before;

function place() {
  const fresh = before && named().filter((puts) => !before.includes(puts));
  if (!fresh?.length) return;
  before = undefined;
  for (const puts of fresh) if (puts.startsWith('!')) stand(body(), puts);
}

function show() {
  place();
  for (const bar of document.querySelectorAll('.edbar[hidden]')) {
    bar.hidden = false;
    rove(bar, tools(bar)[0]);
  }
  for (const button of document.querySelectorAll('.filelist [data-puts][hidden]')) button.hidden = false;
}

document.addEventListener('click', (event) => {
  const button = event.target.closest?.('.edbar button, .filelist [data-puts]');
  if (!button) return;
  const bar = button.closest('.edbar');
  if (bar) rove(bar, button);
  press(button);
});

document.addEventListener('keydown', (event) => {
  const bar = event.target.closest?.('.edbar');
  if (!bar) return;
  const all = tools(bar);
  const here = all.indexOf(event.target);
  const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  const next = all[(to + all.length) % all.length];
  rove(bar, next);
  next.focus();
});

document.addEventListener('change', (event) => { if (event.target.id === 'uploads') before = named(); }, true);

document.addEventListener('change', (event) => {
  if (event.target.id !== 'article-link' || !event.target.value) return;
  const find = document.getElementById('article-link-find');
  const field = body();
  const { selectionStart: from, selectionEnd: to, value } = field;
  const words = value.slice(from, to) || find.value;
  const link = `[${words.replace(/[[\]]/g, '\\$&')}](${event.target.value})`;
  find.value = '';
  event.target.value = '';
  document.getElementById(find.getAttribute('aria-controls')).replaceChildren();
  find.closest('dialog').close();
  put(field, link, from, to, from + link.length);
});
document.addEventListener('htmx:after:swap', show);
show();
