import { describe, expect, it } from '@jest/globals';
import { shortClientName } from './client-name.js';

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';

describe('the name of a client', () => {
  it.each([
    ['node', 'node'],
    ['', ''],
    ['session 02f38899', 'session 02f38899'],
    ['Mozilla/5.0 (something else)', 'Mozilla/5.0 (something else)'],
    [
      `session 02f38899, Mozilla/5.0 (X11; Linux x86_64) ${webkit} HeadlessChrome/156.0.0.0 Safari/537.36`,
      'session 02f38899, Chrome 156',
    ],
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0`,
      'Edge 143',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 'Firefox 145'],
    [
      'Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
      'Safari 18',
    ],
  ])('of «%s» is «%s»', (client, name) => {
    expect(shortClientName(client)).toBe(name);
  });
});
