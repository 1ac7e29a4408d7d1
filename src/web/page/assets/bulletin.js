// Keeps the preview of what is typed up to date, makes room for more, and asks before what was typed is left behind.
const form = document.getElementById('editor');
const frame = document.querySelector('#preview iframe');

/** Once nothing more was typed for this long. */
const restMs = 800;

let isChanged = document.getElementById('meanwhile') !== null || document.getElementById('errors') !== null;
let rest;
let asked = 0;

/** What there is to say of each relevé, by which it is: those that are empty come in another order from the server. */
const cautionsOf = (page) =>
  [...page.querySelectorAll('.releve')].map((row) => [
    ['code', 'label', 'day'].map((name) => row.querySelector(`[name$="/${name}"]`)?.value ?? '').join('|'),
    row.querySelector('.caution'),
  ]);

const refresh = async () => {
  const current = ++asked;
  const answer = await fetch(form.action.replace(/edit$/, 'preview'), {
    method: 'POST',
    body: new URLSearchParams(new FormData(form)),
  });
  if (!answer.ok || current !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const told = new Map(cautionsOf(page));
  for (const [of, caution] of cautionsOf(document)) {
    const text = told.get(of)?.textContent ?? '';
    if (caution.textContent !== text) caution.textContent = text;
  }
  const shown = page.querySelector('#preview iframe')?.getAttribute('srcdoc');
  if (!frame || !shown || shown === frame.getAttribute('srcdoc')) return;
  const top = frame.contentWindow.scrollY;
  frame.addEventListener('load', () => frame.contentWindow.scrollTo(0, top), { once: true });
  frame.setAttribute('srcdoc', shown);
};

form.addEventListener('input', () => {
  isChanged = true;
  clearTimeout(rest);
  // What can't be shown now is shown once it can be: the button tells what is wrong.
  rest = setTimeout(() => refresh().catch(() => undefined), restMs);
});
form.addEventListener('submit', () => (isChanged = false));
addEventListener('beforeunload', (event) => isChanged && event.preventDefault());

/** Another row like the last one, empty. */
const addRow = (rows) => {
  const last = rows.lastElementChild;
  const next = last.cloneNode(true);
  const at = rows.children.length;
  for (const one of next.querySelectorAll('[id], [for], [name], [aria-describedby]')) {
    for (const attribute of ['id', 'for', 'name', 'aria-describedby']) {
      const value = one.getAttribute(attribute);
      if (value) one.setAttribute(attribute, value.replaceAll(/([/-])\d+([/-])/g, `$1${at}$2`));
    }
  }
  for (const input of next.querySelectorAll('input, textarea')) {
    input.value = '';
    input.removeAttribute('aria-invalid');
  }
  for (const error of next.querySelectorAll('.error')) error.remove();
  for (const caution of next.querySelectorAll('.caution')) caution.textContent = '';
  rows.append(next);
  next.querySelector('input, textarea').focus();
};

for (const place of document.querySelectorAll('[data-add]')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet';
  button.textContent = place.dataset.text;
  button.addEventListener('click', () =>
    addRow(document.querySelector(`[data-rows="${place.dataset.add}"]`)),
  );
  place.replaceChildren(button);
}

document.getElementById('errors')?.focus();
