// Keeps the preview of what is typed up to date, makes room for more, and asks before what was typed is left behind.
import { showPreview } from './preview.js';
import { offerRows } from './repeatable-rows.js';

/** Once nothing more was typed for this long. */
const restMs = 800;

const form = document.querySelector<HTMLFormElement>('#editor');
if (!form) throw new Error('the page has no form «editor»');

let isChanged = document.getElementById('meanwhile') !== null || document.getElementById('errors') !== null;
let rest: number | undefined;
let asked = 0;

/** The fields as a form sends them. The page has none for files. */
const typedFields = () =>
  new URLSearchParams([...new FormData(form)].filter((field): field is [string, string] => isText(field[1])));
const isText = (value: FormDataEntryValue): value is string => typeof value === 'string';

const refresh = async () => {
  const current = ++asked;
  const answer = await fetch(form.action.replace(/edit$/, 'preview'), {
    method: 'POST',
    body: typedFields(),
  });
  if (!answer.ok || current !== asked) return;
  showPreview(new DOMParser().parseFromString(await answer.text(), 'text/html'));
};

form.addEventListener('input', () => {
  isChanged = true;
  clearTimeout(rest);
  // What can't be shown now is shown once it can be: the button tells what is wrong.
  rest = setTimeout(() => void refresh().catch(() => undefined), restMs);
});
form.addEventListener('submit', () => (isChanged = false));
addEventListener('beforeunload', (event) => {
  if (isChanged) event.preventDefault();
});

offerRows();
document.getElementById('errors')?.focus();
