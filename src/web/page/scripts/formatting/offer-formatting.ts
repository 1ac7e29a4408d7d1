import { markdownOf } from './markdown-of-html.js';
import { toggledBold, toggledList, type Selected } from './marks.js';

const toggles: Record<string, (selected: Selected) => Selected> = { bold: toggledBold, list: toggledList };

/** Shows the buttons for bold and lists above the texts, takes Ctrl+B, and keeps the bold and the lists of what is pasted. */
export const offerFormatting = (): void => {
  for (const buttons of document.querySelectorAll<HTMLElement>('.marks')) buttons.hidden = false;
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-mark]') : null;
    const area = button?.closest('.field')?.querySelector('textarea');
    if (button && area) toggle(area, button.dataset.mark ?? '');
  });
  document.addEventListener('keydown', (event) => {
    const { target, key, ctrlKey, metaKey, altKey, shiftKey } = event;
    const isBold = key.toLowerCase() === 'b' && ctrlKey !== metaKey && !altKey && !shiftKey;
    if (!isBold || !(target instanceof HTMLTextAreaElement)) return;
    event.preventDefault();
    toggle(target, 'bold');
  });
  document.addEventListener('paste', (event) => {
    const { target, clipboardData } = event;
    if (!(target instanceof HTMLTextAreaElement)) return;
    const markdown = markdownOf(clipboardData?.getData('text/html') ?? '');
    if (markdown === undefined) return;
    event.preventDefault();
    insert(target, markdown);
  });
};

const toggle = (area: HTMLTextAreaElement, mark: string): void => {
  const before = { text: area.value, start: area.selectionStart, end: area.selectionEnd };
  const after = toggles[mark]?.(before);
  if (!after) return;
  area.focus();
  // Only what differs is replaced, so that undoing it undoes no more.
  const from = commonStart(before.text, after.text);
  const kept = commonEnd(before.text.slice(from), after.text.slice(from));
  area.setSelectionRange(from, before.text.length - kept);
  insert(area, after.text.slice(from, after.text.length - kept));
  area.setSelectionRange(after.start, after.end);
};

/** Writes over what is selected, as if it were typed: it can be undone, and whoever listens hears of it. */
const insert = (area: HTMLTextAreaElement, text: string): void => {
  area.focus();
  // There is no other way to write so that it can be undone. Where a browser no longer has it, it is written all the same.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const isDone = document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
  if (isDone) return;
  area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');
  area.dispatchEvent(new InputEvent('input', { bubbles: true }));
};

const commonStart = (a: string, b: string): number => {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a[length] === b[length]) length += 1;
  return length;
};
const commonEnd = (a: string, b: string): number => {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a.at(-1 - length) === b.at(-1 - length)) length += 1;
  return length;
};
