// Runs in the browser, on the pages of sign-in: shows the passkey button where there can be passkeys, and does what it says.
const button = document.querySelector('button[data-passkey]');
const fault = document.querySelector('#fault');

async function post(path, body) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const json = await answer.json();
  if (!answer.ok) throw new Error(json.detail);
  return json;
}

async function make(optionsPath, path, given) {
  const options = PublicKeyCredential.parseCreationOptionsFromJSON(await post(optionsPath, given));
  const credential = await navigator.credentials.create({ publicKey: options });
  return post(path, { ...given, credential: credential.toJSON() });
}

const ways = {
  async use() {
    const options = PublicKeyCredential.parseRequestOptionsFromJSON(await post('/sign-in/passkey-options', {}));
    const credential = await navigator.credentials.get({ publicKey: options });
    return post('/sign-in/passkey', { credential: credential.toJSON() });
  },
  invited: () =>
    make('/sign-in/new-passkey-options', '/sign-in/new-passkey', {
      token: document.querySelector('[name=token]').value,
    }),
  member: () => make('/v1/session/passkeys/options', '/v1/session/passkeys', {}),
};

if (button !== null && 'parseCreationOptionsFromJSON' in (globalThis.PublicKeyCredential ?? {})) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    fault.textContent = '';
    button.disabled = true;
    try {
      const { next = '/' } = await ways[button.dataset.passkey]();
      location.assign(next);
    } catch (error) {
      button.disabled = false;
      fault.textContent = error.name === 'NotAllowedError' ? button.dataset.unused : error.message;
    }
  });
}
