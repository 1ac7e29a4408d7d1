import { filterOf, addressOf, type Filter } from './queue/filter.js';

const characterKeys = 'bureau-character-keys';
const seenPosition = 'bureau-seen-position';

/** What the page keeps in its address and in this browser: nothing of any ticket but which one is open. */
export const addressBar = {
  filter: (): Filter => filterOf(location.search),

  ticketId: (): string | undefined => new URLSearchParams(location.search).get('ticket') ?? undefined,

  /** `isNew` where going back should lead to what was shown before. */
  write(filter: Filter, ticketId: string | undefined, isNew: boolean): void {
    const parameters = addressOf(filter);
    if (ticketId !== undefined) parameters.set('ticket', ticketId);
    const query = parameters.toString();
    const address = `/bureau${query === '' ? '' : `?${query}`}`;
    if (address === `${location.pathname}${location.search}`) return;
    if (isNew) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
  },
};

export const keptSettings = {
  hasCharacterKeys: (): boolean => localStorage.getItem(characterKeys) !== 'off',
  keepCharacterKeys: (use: boolean): void => localStorage.setItem(characterKeys, use ? 'on' : 'off'),
  seenPosition: (person: string): string => localStorage.getItem(`${seenPosition} ${person}`) ?? '0',
  keepSeenPosition: (person: string, position: string): void =>
    localStorage.setItem(`${seenPosition} ${person}`, position),
};
