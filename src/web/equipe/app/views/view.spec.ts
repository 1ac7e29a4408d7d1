import { expect, it } from '@jest/globals';
import { trueNow } from './view.js';

it('the current time is the server’s, whatever the tablet’s clock shows', () => {
  const now = new Date('2026-05-20T12:00:00Z');
  const current = { person: 'alice', establishments: 'all', clockSkewMs: 7200 * 60_000 } as const;
  expect(trueNow({ now, current })).toEqual(new Date('2026-05-15T12:00:00Z'));
  expect(trueNow({ now, current: undefined })).toEqual(now);
});
