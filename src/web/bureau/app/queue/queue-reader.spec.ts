import { describe, expect, it } from '@jest/globals';
import type { Reply } from '../../../browser/api-request.js';
import type { Api } from '../api/api.js';
import type { TicketList } from '../api/answers.js';
import type { LiveChange } from '../api/live-changes.js';
import { Store, type State } from '../state.js';
import { ticket } from '../testing/ticket.js';
import { filterOf } from './filter.js';
import { QueueReader } from './queue-reader.js';
import { noRows } from './rows.js';

const arriving = (ticketId: string, position: string): LiveChange => ({
  ...{ ticketId, position, revision: 1, type: 'TicketOpened', actor: 'bruno', commandId: ticketId },
  ticket: ticket({ ticketId }),
});

/** A reader whose lists are answered when the test says so, with the tickets and the position given. */
const readerWithAnswers = () => {
  const answers: ((list: TicketList) => void)[] = [];
  const get = () =>
    new Promise<Reply<TicketList>>((resolve) => answers.push((body) => resolve({ kind: 'answer', body })));
  const store = new Store(
    {
      ...{ filter: filterOf(''), rows: noRows, known: new Map(), selected: new Set<string>(), now: 0 },
      desk: { person: 'agent', language: 'fr' },
    } as unknown as State,
    () => undefined,
  );
  const reader = new QueueReader(store, { get } as unknown as Api, () => undefined);
  const answer = (ticketIds: string[], position: string): void =>
    answers.shift()!({
      items: ticketIds.map((ticketId) => ticket({ ticketId })),
      nextCursor: null,
      position,
    });
  return { reader, store, answer };
};

describe.each(['refresh', 'reconcile'] as const)('a list that is read (%s)', (reading) => {
  it('does not take back what was heard meanwhile and is newer than the answer', async () => {
    const { reader, store, answer } = readerWithAnswers();
    const begun = reader.begin();
    answer(['a'], '5');
    await begun;
    const read = reader[reading]();
    reader.change(arriving('x', '7'));
    answer(['a'], '6');
    await read;
    expect([store.state.rows.ids, [...store.state.rows.arrived]]).toEqual([['a'], ['x']]);
  });

  it('counts nothing as arrived that the answer has already', async () => {
    const { reader, store, answer } = readerWithAnswers();
    const begun = reader.begin();
    reader.change(arriving('x', '6'));
    answer(['a', 'x'], '6');
    await begun;
    const read = reader[reading]();
    reader.change({ ...arriving('x', '7'), type: 'NoteAdded', revision: 2 });
    answer(['a', 'x'], '7');
    await read;
    expect([store.state.rows.ids, [...store.state.rows.arrived]]).toEqual([['a', 'x'], []]);
  });
});
