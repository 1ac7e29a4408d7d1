import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { messageOf } from './message-of.js';

/** The error of connecting to port 9 of this machine by a name that stands for two addresses. */
const refused = async (): Promise<unknown> => {
  const addresses = ['127.0.0.1', '127.0.0.2'].map((address) => ({ address, family: 4 }));
  const socket = connect({
    ...{ host: 'two.example', port: 9, autoSelectFamily: true },
    lookup: (_host, _options, found) => found(null, addresses),
  });
  const [error] = (await once(socket, 'error')) as [unknown];
  return error;
};

describe('the message of an error', () => {
  it('is its own message', () => {
    expect(messageOf(new Error('no room'))).toBe('no room');
  });

  it('joins the errors of all addresses, where Node has tried several', async () => {
    const error = await refused();
    expect((error as Error).message).toBe('');
    expect(messageOf(error)).toBe('connect ECONNREFUSED 127.0.0.1:9, connect ECONNREFUSED 127.0.0.2:9');
  });

  it('is its code or its name, where it has no message', () => {
    expect(messageOf(Object.assign(new Error(), { code: 'ECONNRESET' }))).toBe('ECONNRESET');
    expect(messageOf(new TypeError())).toBe('TypeError');
    expect(messageOf(new AggregateError([]))).toBe('AggregateError');
    expect(messageOf({})).toMatch(/\w/);
  });

  it('is the thrown value itself, where that is no error', () => {
    expect([messageOf('no'), messageOf(undefined), messageOf(null)]).toEqual(['no', 'undefined', 'null']);
  });
});
