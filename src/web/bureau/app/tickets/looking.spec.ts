import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Store, type State } from '../state.js';
import { answerOf, heldApi } from '../testing/held-api.js';
import { Looking } from './looking.js';

const signs = new Map<string, () => void>();
const page = globalThis as unknown as Record<string, unknown>;
beforeEach(() => {
  jest.useFakeTimers();
  const addEventListener = (sign: string, listener: () => void) => void signs.set(sign, listener);
  page.document = { visibilityState: 'visible', addEventListener };
  page.addEventListener = addEventListener;
});
afterEach(() => {
  delete page.document;
  delete page.addEventListener;
  jest.useRealTimers();
});

/** A page that looks, whose requests are answered when the test says so. */
const lookingPage = () => {
  const { api, asked } = heldApi();
  const store = new Store(
    { others: [], connection: 'live', open: undefined } as unknown as State,
    () => undefined,
  );
  new Looking(store, api, () => true).begin();
  const open = (ticketId: string | undefined): void =>
    store.set({ open: ticketId === undefined ? undefined : ({ ticketId } as State['open']) });
  const said = () => asked.map(({ method, path }) => `${method} ${path.split('/')[3]}`);
  const answer = async (at: number, ...others: string[]) => asked[at]!.answer(answerOf({ others }));
  return { store, open, said, answer };
};

describe('what the server is told of who looks', () => {
  it('is told once what was told before is answered: a ticket that was left does not come back', async () => {
    const { open, said, answer } = lookingPage();
    open('a');
    open(undefined);
    expect(said()).toEqual(['PUT a']);
    await answer(0);
    expect(said()).toEqual(['PUT a', 'DELETE a']);
    await answer(1);
    expect(said()).toHaveLength(2);
  });

  it('ends at the ticket that is open, without those that were passed on the way', async () => {
    const { store, open, said, answer } = lookingPage();
    open('a');
    open('b');
    open('c');
    await answer(0, 'Marie Roy');
    expect(store.state.others).toEqual([]);
    expect(said()).toEqual(['PUT a', 'PUT c']);
    await answer(1, 'Bruno');
    expect(store.state.others).toEqual(['Bruno']);
    expect(said()).toHaveLength(2);
  });

  it('says nothing of a ticket that was opened and left while another word is on its way', async () => {
    const { open, said, answer } = lookingPage();
    open('a');
    await answer(0);
    open(undefined);
    open('b');
    open(undefined);
    await answer(1);
    expect(said()).toEqual(['PUT a', 'DELETE a']);
  });

  it('is told again from time to time, and not while the last word has no answer', async () => {
    const { open, said, answer } = lookingPage();
    open('a');
    await jest.advanceTimersByTimeAsync(60_000);
    expect(said()).toEqual(['PUT a']);
    await answer(0);
    expect(said()).toEqual(['PUT a', 'PUT a']);
    await answer(1);
    await jest.advanceTimersByTimeAsync(20_000);
    expect(said()).toHaveLength(3);
  });

  it('is taken back at once where the page is closed, and once more where it was still being told', async () => {
    const { open, said, answer } = lookingPage();
    open('a');
    signs.get('pagehide')!();
    expect(said()).toEqual(['PUT a', 'DELETE a']);
    await answer(0);
    expect(said()).toEqual(['PUT a', 'DELETE a', 'DELETE a']);
  });

  it('is not taken back where nothing was told', () => {
    const { said } = lookingPage();
    signs.get('pagehide')!();
    expect(said()).toEqual([]);
  });
});
