import { describe, expect, it } from '@jest/globals';
import { batches } from './batches.js';

async function* lines(...texts: string[]) {
  for (const [index, text] of texts.entries()) yield await Promise.resolve({ number: index + 1, text });
}
const numbers = async (batchSize: number, ...texts: string[]) => {
  const all: number[][] = [];
  for await (const batch of batches(lines(...texts), batchSize)) all.push(batch.map(({ number }) => number));
  return all;
};
const open = (ticketId: string) => JSON.stringify({ type: 'open', ticketId });
const resolve = (ticketId: string) => JSON.stringify({ type: 'resolve', ticketId });
const merge = (ticketId: string, into: string) => JSON.stringify({ type: 'merge', ticketId, into });

describe('the batches of an import', () => {
  it('hold up to the batch size of commands, in order', async () => {
    expect(await numbers(2, open('a'), open('b'), open('c'))).toEqual([[1, 2], [3]]);
  });

  it('end before the opening of a ticket that an earlier command of the batch names', async () => {
    expect(await numbers(9, open('a'), resolve('b'), open('b'), resolve('a'))).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(await numbers(9, open('a'), merge('a', 'b'), open('b'))).toEqual([[1, 2], [3]]);
  });

  it('end before a second command about a ticket, not counting its opening', async () => {
    expect(await numbers(9, open('a'), resolve('a'), resolve('b'), resolve('a'))).toEqual([[1, 2, 3], [4]]);
  });

  it('end before they become too large for a request', async () => {
    const large = JSON.stringify({ text: 'é'.repeat(1_500_000) });
    expect(await numbers(9, large, large, '{}')).toEqual([[1], [2, 3]]);
  });

  it('hold a line that is not JSON as a JSON string', async () => {
    const sent: string[] = [];
    for await (const batch of batches(lines('{"type":', 'null'), 9))
      sent.push(...batch.map(({ json }) => json));
    expect(sent).toEqual(['"{\\"type\\":"', 'null']);
  });
});
