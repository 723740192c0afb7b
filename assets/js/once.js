// A form that is on its way is not sent again; after an answer or a failure it may be.
const quiet_ms = 15_000;

function release(form) {
  delete form.dataset.sending;
  form.classList.remove('is-sending');
  form.querySelectorAll('[type=submit]').forEach((button) => button.removeAttribute('aria-disabled'));
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method !== 'post') return;
  if (form.dataset.sending) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.sending = 'true';
  form.classList.add('is-sending');
  form.querySelectorAll('[type=submit]').forEach((button) => button.setAttribute('aria-disabled', 'true'));
  setTimeout(release, quiet_ms, form);
}, true);

document.addEventListener('htmx:finally:request', (event) => {
  const source = event.detail.ctx.sourceElement;
  const form = source?.matches?.('form, [type=submit]') && source.closest('form');
  if (form) release(form);
});
window.addEventListener('pageshow', () => document.querySelectorAll('form[data-sending]').forEach(release));
