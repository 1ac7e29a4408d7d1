/** The page that is shown of those that take turns, counted from 1. */
let shown = 1;

const pagesIn = (board: HTMLElement): HTMLElement[] => [
  ...board.querySelectorAll<HTMLElement>('[data-page]'),
];

/** Shows the page whose turn it is, after the server has sent all of them anew; the first where there are fewer now. */
export const showPage = (board: HTMLElement): void => {
  const pages = pagesIn(board);
  if (shown > pages.length) shown = 1;
  for (const page of pages) page.hidden = page.dataset.page !== String(shown);
  for (const number of board.querySelectorAll('[data-shown]')) number.textContent = String(shown);
};

export const showNextPage = (board: HTMLElement): void => {
  shown += 1;
  showPage(board);
};
