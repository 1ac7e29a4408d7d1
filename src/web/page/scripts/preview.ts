/** What there is to say of each relevé, by which it is: those that are empty come in another order from the server. */
const cautionsOf = (page: Document): [releve: string, caution: Element | null][] =>
  [...page.querySelectorAll('.releve')].map((row) => [releveOf(row), row.querySelector('.caution')]);

const releveOf = (row: Element): string =>
  ['code', 'label', 'day']
    .map((name) => row.querySelector<HTMLInputElement>(`[name$="/${name}"]`)?.value ?? '')
    .join('|');

/** Shows in this page what the server makes of what is typed: `page` is its answer. */
export const showPreview = (page: Document): void => {
  showCautions(page);
  const frame = document.querySelector<HTMLIFrameElement>('#preview iframe');
  const shown = page.querySelector('#preview iframe')?.getAttribute('srcdoc');
  if (frame && shown && shown !== frame.getAttribute('srcdoc')) showBulletin(frame, shown);
};

const showCautions = (page: Document): void => {
  const told = new Map(cautionsOf(page));
  for (const [releve, caution] of cautionsOf(document)) {
    const text = told.get(releve)?.textContent ?? '';
    if (caution && caution.textContent !== text) caution.textContent = text;
  }
};

/** Whoever has scrolled in it stays where they were. */
const showBulletin = (frame: HTMLIFrameElement, html: string): void => {
  const top = frame.contentWindow?.scrollY ?? 0;
  frame.addEventListener('load', () => frame.contentWindow?.scrollTo(0, top), { once: true });
  frame.setAttribute('srcdoc', html);
};
