import { describe, expect, it } from '@jest/globals';
import { serverSentEvent } from './server-sent-event.js';

describe('a message of an event stream', () => {
  it('names its kind and its id before its data', () => {
    expect(serverSentEvent({ event: 'ticket', id: '7', data: { a: 1 } })).toBe(
      'event: ticket\nid: 7\ndata: {"a":1}\n\n',
    );
  });

  it('keeps its data on one line, whatever the text in it', () => {
    expect(serverSentEvent({ data: 'one\ntwo\r\n' })).toBe('data: "one\\ntwo\\r\\n"\n\n');
  });

  it('may be an id alone, with how long to wait before coming back', () => {
    expect(serverSentEvent({ retryMs: 1_000, id: '7' })).toBe('retry: 1000\nid: 7\n\n');
  });

  it('may be a comment that keeps the connection alive', () => {
    expect(serverSentEvent({ comment: '', id: '7' })).toBe(':\nid: 7\n\n');
  });
});
