// A form with data-passkey asks a device before it is sent: "create" for a new passkey, "get" to sign in by one.
const devices = window.PublicKeyCredential?.parseCreationOptionsFromJSON && navigator.credentials;

async function ask(form) {
  const options = JSON.parse(form.dataset.options);
  if (form.dataset.passkey === 'create') {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
    return devices.create({ publicKey });
  }
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  return devices.get({ publicKey });
}

if (devices) document.querySelectorAll('[data-passkey]').forEach((form) => { form.hidden = false; });

// Before the form counts as being on its way.
window.addEventListener('submit', async (event) => {
  const form = event.target;
  if (!form.dataset.passkey || form.elements.answer.value) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const told = form.querySelector('[data-refused]');
  told.hidden = true;
  try {
    form.elements.answer.value = JSON.stringify((await ask(form)).toJSON());
    form.requestSubmit();
  } catch {
    told.hidden = false;
  }
}, true);
