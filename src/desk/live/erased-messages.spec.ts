import { describe, expect, it } from '@jest/globals';
import { serverSentEvent } from '../../platform/http/server-sent-event.js';
import { RecentEvents } from './recent-events.js';
import type { LiveEvent } from './live-event.js';

const message = (ticketId: string, position: number, title: string): LiveEvent => {
  const resolution = { code: 'fixed', note: `${title} aussi` };
  const requester = { name: title, contact: '514 555-0101' };
  const ticket = {
    title,
    description: 'seul',
    location: `dans ${title}`,
    requester,
    resolution,
    status: 'resolved',
  };
  const text = serverSentEvent({ event: 'ticket', id: String(position), data: { ticketId, ticket } });
  const seen = { internal: false, establishment: 'NIM', goneText: () => '' };
  return { ...seen, position: BigInt(position), ticketId, revision: position, text };
};

const textsOf = (recent: RecentEvents): string[] => recent.after(0n, 10).events.map(({ text }) => text);

describe('a message that waits to be sent again', () => {
  it('loses the texts of its ticket once they are erased, and nothing else', () => {
    const recent = new RecentEvents(0n);
    recent.add([message('a', 1, 'Sarrasin'), message('b', 2, 'Sarrasin')], 2n);
    const [, other] = textsOf(recent);
    recent.add([message('a', 3, 'Sarrasin'), { ...message('a', 4, ''), erases: true }], 4n);
    const [first, second, third, last] = textsOf(recent);
    const emptied = {
      title: '',
      description: null,
      location: null,
      requester: null,
      resolution: { code: 'fixed', note: '' },
    };
    const data = { ticketId: 'a', ticket: { ...emptied, status: 'resolved' } };
    expect(first).toBe(serverSentEvent({ event: 'ticket', id: '1', data }));
    expect(second).toBe(other);
    expect(third).toBe(serverSentEvent({ event: 'ticket', id: '3', data }));
    expect(last).toContain('aussi');
  });

  it('is counted by what it takes then', () => {
    const recent = new RecentEvents(0n);
    const long = 'x'.repeat(5 * 1024 * 1024);
    recent.add([message('a', 1, long), { ...message('a', 2, ''), erases: true }], 2n);
    recent.add([message('b', 3, 'y'.repeat(1024 * 1024))], 3n);
    expect(textsOf(recent)).toHaveLength(3);
  });
});
