// Updates the preview while people type, adds rows, formats texts, and asks for confirmation before unsaved text is left.
import { offerFormatting } from './formatting/offer-formatting.js';
import { showPreview } from './preview.js';
import { offerRows } from './repeatable-rows.js';

/** The pause in typing after which the preview is updated. */
const restMs = 800;

const form = document.querySelector<HTMLFormElement>('#editor');
if (!form) throw new Error('the page has no form «editor»');

/** Whether the page shows a draft that is not saved: the answer to a form shows what was typed, an address what was saved. */
let isChanged = document.querySelector('#editor[data-unsaved]') !== null;
let rest: number | undefined;
let lastRequest = 0;

/** The fields of the form, encoded as a form is sent. It has no file fields. */
const typedFields = () =>
  new URLSearchParams([...new FormData(form)].filter((field): field is [string, string] => isText(field[1])));
const isText = (value: FormDataEntryValue): value is string => typeof value === 'string';

const refresh = async () => {
  const current = ++lastRequest;
  const answer = await fetch(form.action.replace(/edit$/, 'preview'), {
    method: 'POST',
    body: typedFields(),
  });
  if (!answer.ok || current !== lastRequest) return;
  showPreview(new DOMParser().parseFromString(await answer.text(), 'text/html'));
};

form.addEventListener('input', () => {
  isChanged = true;
  clearTimeout(rest);
  // A failed update is ignored: the next one may succeed, and the preview button shows what is wrong.
  rest = setTimeout(() => void refresh().catch(() => undefined), restMs);
});
form.addEventListener('submit', () => (isChanged = false));
addEventListener('beforeunload', (event) => {
  if (isChanged) event.preventDefault();
});

offerRows();
offerFormatting();
document.getElementById('errors')?.focus();
