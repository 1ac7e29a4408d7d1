/** A list that is read, which numbers its items. */
export interface List {
  isOrdered: boolean;
  next: number;
  type: string;
}

const bullet = '- ';

/** A list of a page; it may begin with another number than 1. */
export const listOf = (element: HTMLElement): List => ({
  isOrdered: element.tagName === 'OL',
  next: numberIn(element, 'start') ?? 1,
  type: typeOf(element),
});

/** The mark of the next item of a list: «- », «5. », or «- b) » for a letter, which Markdown does not know. */
export const markIn = (list: List | undefined, item: HTMLElement): string => {
  if (!list?.isOrdered) return bullet;
  const number = numberIn(item, 'value') ?? list.next;
  list.next = number + 1;
  const isLettered = /^(?:a|(?:lower|upper)-(?:alpha|latin))$/i.test(typeOf(item) || list.type);
  return isLettered && number <= 26 ? `${bullet}${String.fromCharCode(96 + number)}) ` : `${number}. `;
};

/** The mark of an item that a word processor wrote, by the sign it shows: «·», «3.», «b)» or «1.2». */
export const markOfSign = (sign: string): string => {
  const [, number] = /^(\d{1,9})[.)]?$/.exec(sign) ?? [];
  if (number !== undefined) return `${number}. `;
  return /^\(?(?:[a-z]{1,4}|\d[\d.]*)[.)]?$/i.test(sign) && /[\d.)]$/.test(sign)
    ? `${bullet}${sign} `
    : bullet;
};

const typeOf = (element: HTMLElement): string =>
  element.style.listStyleType || (element.getAttribute('type') ?? '');

const numberIn = (element: HTMLElement, attribute: string): number | undefined => {
  const written = element.getAttribute(attribute)?.trim() ?? '';
  return /^\d{1,9}$/.test(written) ? Number(written) : undefined;
};
