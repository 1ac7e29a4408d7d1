import { replaceRegion } from './replace-region.js';

/** The caution of each relevé, by its identity and not its place: the server sends empty relevés in another order. */
const cautionsOf = (page: Document): [releve: string, caution: Element | null][] =>
  [...page.querySelectorAll('.releve')].map((row) => [releveOf(row), row.querySelector('.caution')]);

const releveOf = (row: Element): string =>
  ['code', 'label', 'day']
    .map((name) => row.querySelector<HTMLInputElement>(`[name$="/${name}"]`)?.value ?? '')
    .join('|');

/** Shows the cautions, the proposals and the preview of the server's answer, `page`, in this page. */
export const showPreview = (page: Document): void => {
  showCautions(page);
  const [proposals, proposed] = [document, page].map((of) => of.getElementById('proposals'));
  if (proposals && proposed) replaceRegion(proposals, proposed.innerHTML);
  const frame = document.querySelector<HTMLIFrameElement>('#preview iframe');
  const shown = page.querySelector('#preview iframe')?.getAttribute('srcdoc');
  if (frame && shown && shown !== frame.getAttribute('srcdoc')) showBulletin(frame, shown);
};

const showCautions = (page: Document): void => {
  const cautions = new Map(cautionsOf(page));
  for (const [releve, caution] of cautionsOf(document)) {
    const text = cautions.get(releve)?.textContent ?? '';
    if (caution && caution.textContent !== text) caution.textContent = text;
  }
};

/** Shows a bulletin in the frame, and keeps its scroll position. */
const showBulletin = (frame: HTMLIFrameElement, html: string): void => {
  const top = frame.contentWindow?.scrollY ?? 0;
  frame.addEventListener('load', () => frame.contentWindow?.scrollTo(0, top), { once: true });
  frame.setAttribute('srcdoc', html);
};
