import { describe, expect, it } from '@jest/globals';
import { commandOf } from './written-command.js';

describe('what is written into the form of a command', () => {
  it.each([
    ['assign', { team: '', assignee: 'alice' }, { team: null, assignee: 'alice' }],
    ['hold', { reason: 'vendor', note: '' }, { reason: 'vendor' }],
    ['hold', { reason: 'user', note: 'Rappelle demain' }, { reason: 'user', note: 'Rappelle demain' }],
    ['note', { body: 'Vu', internal: 'on' }, { body: 'Vu', internal: true }],
    ['note', { body: 'Vu' }, { body: 'Vu', internal: false }],
    ['resolve', { code: 'fixed', note: 'Câble' }, { resolution: { code: 'fixed', note: 'Câble' } }],
    [
      'resolve',
      { code: 'fixed', note: 'Câble', cascade: 'on' },
      { resolution: { code: 'fixed', note: 'Câble' }, cascade: true },
    ],
    ['transfer', { place: 'MCQ' }, { establishment: 'MCQ' }],
    ['transfer', { place: 'MCQ/nord' }, { establishment: 'MCQ', site: 'nord' }],
    ['requester', { name: '', contact: '' }, { requester: null }],
    ['requester', { name: 'Marie Roy', contact: '' }, { requester: { name: 'Marie Roy' } }],
    ['start', {}, {}],
  ] as const)('is the command: %s %j', (type, values, fields) => {
    expect(commandOf(type, values, undefined)).toEqual({ type, ...fields });
  });

  it('is none for a merge or a link whose other ticket was not chosen', () => {
    expect(commandOf('merge', {}, undefined)).toBeUndefined();
    expect(commandOf('link', { relation: 'related' }, undefined)).toBeUndefined();
    expect(commandOf('merge', { reopenTarget: 'on' }, 'other')).toEqual({
      ...{ type: 'merge', into: 'other', reopenTarget: true },
    });
  });
});
