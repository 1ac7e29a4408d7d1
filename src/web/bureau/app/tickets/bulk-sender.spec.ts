import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Store, type State } from '../state.js';
import { answerOf, heldApi } from '../testing/held-api.js';
import { BulkSender } from './bulk-sender.js';
import { workOf } from './pending.js';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const senderWithAnswers = () => {
  const { api, asked } = heldApi();
  const store = new Store(
    {
      ...{ known: new Map(), selected: new Set<string>(), refusals: new Map(), troubles: [] },
      ...{ bulk: undefined, bulksWaiting: [], announcement: { text: '', number: 0 } },
      desk: { person: 'agent', language: 'fr' },
    } as unknown as State,
    () => undefined,
  );
  const sender = new BulkSender(
    ...([store, api, () => undefined, () => undefined] as ConstructorParameters<typeof BulkSender>),
  );
  const sent = () => asked.map(({ body }) => (body as { ticketIds: string[] }).ticketIds);
  return { sender, store, asked, sent };
};
const start = workOf({ type: 'start' }, 'fr');
const close = workOf({ type: 'close' }, 'fr');
const allDone = (...ticketIds: string[]) =>
  answerOf({ results: ticketIds.map((ticketId) => ({ ticketId, status: 'applied', revision: 2 })) });
const refused = (ticketId: string) => {
  const problem = { type: 'https://problems/illegal-transition', title: 'Non', detail: 'Trop tard.' };
  return { ticketId, status: 'refused', problem };
};

describe('a bulk that is begun while another one is not answered', () => {
  it('waits for its turn, and is sent after its own moment', async () => {
    const { sender, store, asked, sent } = senderWithAnswers();
    sender.begin(start, ['a', 'b']);
    void sender.send();
    sender.begin(close, ['c', 'd']);
    expect(store.state.bulk).toMatchObject({ ticketIds: ['a', 'b'], state: 'sending' });
    expect(store.state.bulksWaiting).toMatchObject([{ ticketIds: ['c', 'd'] }]);
    expect(store.state.announcement.text).toBe('Partira après ce qui attend déjà.');
    await asked[0]!.answer(allDone('a', 'b'));
    expect(store.state.bulk).toMatchObject({ ticketIds: ['c', 'd'], state: 'undoable' });
    expect(store.state.bulksWaiting).toEqual([]);
    await jest.advanceTimersByTimeAsync(8_000);
    expect(sent()).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    await asked[1]!.answer(allDone('c', 'd'));
    expect(store.state.bulk).toBeUndefined();
  });

  it('has the one that can still be taken back sent at once', async () => {
    const { sender, store, asked, sent } = senderWithAnswers();
    sender.begin(start, ['a', 'b']);
    sender.begin(close, ['c', 'd']);
    expect(sent()).toEqual([['a', 'b']]);
    await asked[0]!.answer(allDone('a', 'b'));
    expect(store.state.bulk).toMatchObject({ ticketIds: ['c', 'd'], state: 'undoable' });
  });

  it('leaves the one that waits for the network as it is', async () => {
    const { sender, store, asked, sent } = senderWithAnswers();
    sender.begin(start, ['a', 'b']);
    sender.begin(close, ['c', 'd']);
    await asked[0]!.answer({ kind: 'away' });
    sender.begin(start, ['e', 'f']);
    expect(store.state.bulk).toMatchObject({ ticketIds: ['a', 'b'], state: 'held' });
    void sender.send();
    await asked[1]!.answer(allDone('a', 'b'));
    await jest.advanceTimersByTimeAsync(8_000);
    await asked[2]!.answer(allDone('c', 'd'));
    await jest.advanceTimersByTimeAsync(8_000);
    expect(sent().slice(1)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
    ]);
  });

  it('takes its turn also where the one before is refused or taken back', async () => {
    const { sender, store, asked } = senderWithAnswers();
    sender.begin(start, ['a', 'b']);
    sender.begin(close, ['c', 'd']);
    sender.begin(start, ['e', 'f']);
    const problem = { type: 'https://problems/forbidden', title: 'Non', detail: 'Non permis.' };
    await asked[0]!.answer({ kind: 'problem', status: 403, problem });
    expect(store.state.troubles).toHaveLength(1);
    expect(store.state.bulk).toMatchObject({ ticketIds: ['c', 'd'], state: 'undoable' });
    sender.undo();
    expect(store.state.bulk).toMatchObject({ ticketIds: ['e', 'f'], state: 'undoable' });
    expect(asked).toHaveLength(1);
  });

  it('keeps why tickets of the one before were refused', async () => {
    const { sender, store, asked } = senderWithAnswers();
    sender.begin(start, ['a', 'b']);
    sender.begin(close, ['c']);
    await asked[0]!.answer(answerOf({ results: [refused('a'), refused('b')] }));
    expect([...store.state.refusals.keys()]).toEqual(['a', 'b']);
    expect([...store.state.selected]).toEqual(['a', 'b']);
  });
});
