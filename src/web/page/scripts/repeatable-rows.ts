import { nameInRow } from './numbered-names.js';

const numbered = ['id', 'for', 'name', 'aria-describedby'] as const;

/** Adds a button for another row wherever the page offers one. */
export const offerRows = (): void => {
  for (const place of document.querySelectorAll<HTMLElement>('[data-add]')) {
    const rows = document.querySelector<HTMLElement>(`[data-rows="${place.dataset.add ?? ''}"]`);
    if (rows) place.replaceChildren(buttonFor(rows, place.dataset.text ?? ''));
  }
};

const buttonFor = (rows: HTMLElement, text: string): HTMLButtonElement => {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'quiet';
  button.textContent = text;
  button.addEventListener('click', () => addRow(rows));
  return button;
};

/** Appends an empty copy of the last row. */
const addRow = (rows: HTMLElement): void => {
  const next = rows.lastElementChild?.cloneNode(true);
  if (!(next instanceof HTMLElement)) return;
  renumber(next, rows.children.length);
  empty(next);
  rows.append(next);
  next.querySelector<HTMLElement>('input, textarea')?.focus();
};

const renumber = (row: HTMLElement, index: number): void => {
  for (const element of row.querySelectorAll(numbered.map((name) => `[${name}]`).join(', '))) {
    for (const attribute of numbered) {
      const value = element.getAttribute(attribute);
      if (value) element.setAttribute(attribute, nameInRow(value, index));
    }
  }
};

const empty = (row: HTMLElement): void => {
  for (const field of row.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')) {
    field.value = '';
    field.removeAttribute('aria-invalid');
  }
  for (const error of row.querySelectorAll('.error')) error.remove();
  for (const caution of row.querySelectorAll('.caution')) caution.textContent = '';
};
