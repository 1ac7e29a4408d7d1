const focusable = 'a, summary, [tabindex]';

/** Replaces a region only if it differs, and keeps the focus and an open detail, so that people do not lose their place. */
export const replaceRegion = (region: HTMLElement, html: string): void => {
  const isOpen = region.querySelector('details')?.open;
  const template = document.createElement('template');
  template.innerHTML = html;
  if (isOpen) template.content.querySelector('details')?.setAttribute('open', '');
  if (region.innerHTML === template.innerHTML) return;
  const focused = [...region.querySelectorAll(focusable)].findIndex(
    (element) => element === document.activeElement,
  );
  const before = new Map(figuresOf(region).map((figure) => [figure.dataset.figure, figure.textContent]));
  region.replaceChildren(template.content);
  if (focused >= 0) region.querySelectorAll<HTMLElement>(focusable)[focused]?.focus();
  for (const figure of figuresOf(region)) {
    const { figure: name } = figure.dataset;
    if (before.has(name) && before.get(name) !== figure.textContent) figure.classList.add('changed');
  }
};

const figuresOf = (region: HTMLElement): HTMLElement[] => [
  ...region.querySelectorAll<HTMLElement>('[data-figure]'),
];
