// Relative times stay true while a page is open: up to a day "5 minutes ago", then weekday and time.
const root = document.documentElement;
const words = document.querySelector('template[data-times]')?.dataset;
const absolute = new Intl.DateTimeFormat(root.lang, {
  weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone: root.dataset.zone,
});

const count = (sentence, number) => sentence.replace('{}', number);

// Some say it in words of their own, as deadlines do.
function relative(at, own) {
  const said = { ...words, ...own };
  const distance = Math.trunc((Date.now() - at) / 60_000);
  const all = Math.abs(distance);
  if (all === 0) return said.now;
  if (all >= 1440) return undefined;
  const [hours, minutes] = [Math.trunc(all / 60), all % 60];
  const parts = [];
  if (hours > 0) parts.push(count(words.hours, hours));
  if (minutes > 0 || hours === 0) parts.push(count(words.minutes, minutes));
  return count(distance > 0 ? said.ago : said.in, parts.join(' '));
}

function update() {
  if (!words) return;
  for (const time of document.querySelectorAll('time[data-relative][datetime]')) {
    const at = new Date(time.dateTime);
    const text = relative(at, time.dataset);
    if (text) { time.textContent = text; time.dataset.relative = 'recent'; }
    else if (time.dataset.relative === 'recent') { time.textContent = absolute.format(at); time.dataset.relative = ''; }
  }
}

setInterval(update, 60_000);
document.addEventListener('htmx:after:swap', update);
document.addEventListener('visibilitychange', () => document.hidden || update());
update();
