import type { Page } from 'playwright-core';

/** The parts of the wall's board that hold more than they show, each by its tag and class. */
export const spilledOnWall = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll('html, main, .tile, .tile dd, .card, .card > div, .scroll')]
       .filter((each) => each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1)
       .map(({ tagName, className }) => tagName + ' ' + className)`,
  );
