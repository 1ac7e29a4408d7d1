import { describe, expect, it } from '@jest/globals';
import { parseRetention } from './retention-policy.js';

describe('how long texts are kept', () => {
  it('is said by status, as an ISO duration', () =>
    expect(parseRetention('closed:P2Y, cancelled:P1Y6M,merged:P2W,resolved:P400D')).toEqual([
      { status: 'closed', period: 'P2Y' },
      { status: 'cancelled', period: 'P1Y6M' },
      { status: 'merged', period: 'P2W' },
      { status: 'resolved', period: 'P400D' },
    ]));

  it.each([
    ...[
      '',
      'closed',
      'closed:',
      ':P1Y',
      'closed:2Y',
      'closed:P',
      'closed:P1Y2',
      'closed:PT1H',
      'closed:P1YT1H',
    ],
    ...[
      'closed:P-1Y',
      'closed:P1,5Y',
      'open:P1Y',
      'waiting:P1Y',
      'closed:P1Y;cancelled:P1Y',
      'closed:P1Y:P2Y',
    ],
    ...['closed:P1Y,', 'Closed:P1Y', 'closed:p1y', 'closed:P99999Y'],
  ])('is not said by %j', (list) =>
    expect(parseRetention(list)).toEqual({ fault: expect.stringContaining('closed:P2Y,cancelled:P1Y') }),
  );

  it('is never nothing, and said once for each status', () => {
    expect(parseRetention('closed:P0D')).toEqual({ fault: 'closed: expected a duration above zero' });
    expect(parseRetention('closed:P1Y,closed:P2Y')).toEqual({ fault: 'closed: expected once' });
  });
});
