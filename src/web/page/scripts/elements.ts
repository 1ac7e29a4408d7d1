/** The element that the page is made with. Throws where there is none: page and script don't match. */
export const elementById = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no element «${id}»`);
  return element;
};

/** What the server wrote into an attribute `data-<name>`, as JSON. */
export const jsonOf = (element: HTMLElement, name: string): unknown =>
  JSON.parse(element.dataset[name] ?? 'null');
