// Toasts count down and go; a pointer or the focus holds back those whose time is not the server's (data-firm).
const step = 250;

function tick() {
  for (const toast of document.querySelectorAll('.toast[data-seconds]')) {
    const total = Number(toast.dataset.seconds);
    const left = Number(toast.dataset.left ?? total) - step / 1000;
    if (!('firm' in toast.dataset) && toast.matches(':hover, :focus-within')) continue;
    toast.dataset.left = left;
    const bar = toast.querySelector('progress');
    if (bar) { bar.max = total; bar.value = Math.max(0, left); }
    const number = toast.querySelector('[data-countdown]');
    const seconds = Math.max(0, Math.ceil(left));
    if (number) number.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    if (left <= 0) toast.remove();
  }
}

setInterval(tick, step);

document.addEventListener('click', (event) => {
  const close = event.target.closest?.('.toast [data-close]');
  if (close) close.closest('.toast').remove();
});

// No answer at all: the words come from a template in the page, so they are in the reader's language.
document.addEventListener('htmx:error', (event) => {
  const template = document.querySelector('template[data-toast="offline"]');
  const place = document.querySelector('.toasts');
  if (!event.detail.ctx || event.detail.ctx.response || !template || !place || place.querySelector('[data-offline]')) return;
  place.append(template.content.cloneNode(true));
});
