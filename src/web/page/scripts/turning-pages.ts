/** How many times pages have taken turns. */
let turn = 0;

/** Shows the pages whose turn it is, in each place of the board where some take turns: also after the server has sent them anew. */
export const showPages = (board: HTMLElement): void => {
  const pages = [...board.querySelectorAll<HTMLElement>('[data-page]')];
  for (const place of new Set(pages.map(({ dataset }) => dataset.turns ?? ''))) {
    const inPlace = pages.filter(({ dataset }) => (dataset.turns ?? '') === place);
    const count = Math.max(...inPlace.map(({ dataset }) => Number(dataset.page)));
    const shown = String((turn % count) + 1);
    for (const page of inPlace) page.hidden = page.dataset.page !== shown;
    for (const number of board.querySelectorAll(`[data-shown="${place}"]`)) number.textContent = shown;
  }
};

export const showNextPages = (board: HTMLElement): void => {
  turn += 1;
  showPages(board);
};
