/** An element of the page by its id. Throws where there is none, since page and script then do not match. */
export const elementById = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no element «${id}»`);
  return element;
};

/** The JSON value that the server wrote into the attribute `data-<name>`; null where there is none. */
export const jsonOf = (element: HTMLElement, name: string): unknown =>
  JSON.parse(element.dataset[name] ?? 'null');
