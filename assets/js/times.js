// Relative times stay true while a page is open: up to a day "5 minutes ago", then weekday and time.
const root = document.documentElement;
const relative = new Intl.RelativeTimeFormat(root.lang, { numeric: 'auto' });
const absolute = new Intl.DateTimeFormat(root.lang, {
  weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone: root.dataset.zone,
});

function words(at) {
  const minutes = Math.trunc((at - Date.now()) / 60_000);
  if (minutes === 0) return relative.format(0, 'second');
  if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute');
  if (Math.abs(minutes) < 1440) return relative.format(Math.trunc(minutes / 60), 'hour');
}

function update() {
  for (const time of document.querySelectorAll('time[data-relative][datetime]')) {
    const at = new Date(time.dateTime);
    const text = words(at);
    if (text) { time.textContent = text; time.dataset.relative = 'recent'; }
    else if (time.dataset.relative === 'recent') { time.textContent = absolute.format(at); time.dataset.relative = ''; }
  }
}

setInterval(update, 60_000);
document.addEventListener('htmx:after:swap', update);
document.addEventListener('visibilitychange', () => document.hidden || update());
update();
