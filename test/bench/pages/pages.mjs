/**
 * A page, who opens it, and its first input, which is sent again until the page has answered it.
 * @import { Page } from 'playwright-core'
 * @typedef {object} OpenedPage
 * @property {string} name
 * @property {string} path
 * @property {string} role
 * @property {(page: Page) => Promise<unknown>} input
 * @property {string} isAnswered an expression of the page
 */

/**
 * Clicks at the middle of an element, once there is one, by the mouse's place alone: nothing waits until the page is ready for it.
 * @param {string} selector
 * @returns {(page: Page) => Promise<unknown>}
 */
const click = (selector) => async (page) => {
  const rectangle = `document.querySelector(${JSON.stringify(selector)})?.getBoundingClientRect().toJSON()`;
  /** @type {{ x: number, y: number, width: number, height: number } | undefined} */
  const box = await page.evaluate(rectangle);
  if (box) await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
};

/**
 * @param {string} key
 * @returns {(page: Page) => Promise<unknown>}
 */
const press = (key) => (page) => page.keyboard.press(key);

const movesTheFocus = 'document.activeElement !== document.body && document.activeElement !== null';

/** @type {readonly OpenedPage[]} */
export const pages = [
  {
    ...{ name: '/equipe, until a new ticket’s form is open', path: '/equipe', role: 'mobile-team' },
    ...{ input: click('a[href="#nouveau"]'), isAnswered: 'document.querySelector("[name=title]") !== null' },
  },
  {
    ...{ name: 'the board, until Tab moves the focus', path: '/', role: 'producer' },
    ...{ input: press('Tab'), isAnswered: movesTheFocus },
  },
  {
    ...{ name: 'a day, until Tab moves the focus', path: '/jours/2026-05-15', role: 'producer' },
    ...{ input: press('Tab'), isAnswered: movesTheFocus },
  },
  {
    ...{ name: '/bureau, until «/» goes to the search', path: '/bureau', role: 'agent' },
    ...{ input: press('/'), isAnswered: 'document.activeElement?.id === "search"' },
  },
];
