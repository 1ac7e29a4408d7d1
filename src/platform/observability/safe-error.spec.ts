import { describe, expect, it } from '@jest/globals';
import { safeError, safeMessageOf } from './safe-error.js';

const secret = 'Gagnon, Thérèse';
const thrownBy = (run: () => unknown): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};
const ofPostgres = (message: string) =>
  Object.assign(new Error(message), {
    ...{ severity: 'ERROR', code: '22P02', table: 'tickets', routine: 'pg_strtoint32_safe' },
    ...{
      detail: `Key (title)=(${secret}) already exists.`,
      where: `unnamed portal parameter $1 = '${secret}'`,
    },
    ...{ hint: secret, internalQuery: secret, query: secret, parameters: [secret] },
  });

const errors: Record<string, unknown> = {
  'of PostgreSQL': ofPostgres(`invalid input syntax for type integer: "${secret}"`),
  'of a tsvector with quotes': ofPostgres(`syntax error in tsvector: "it's "${secret}" here"`),
  'that TypeORM wraps': Object.assign(new Error(`invalid: "${secret}"`), {
    ...{ name: 'QueryFailedError', query: secret, parameters: [secret] },
    driverError: ofPostgres(`invalid input: "${secret}"`),
  }),
  'of JSON': thrownBy(() => JSON.parse(`{"title": ${secret}`) as unknown),
  'with a cause': new Error('could not be folded', { cause: ofPostgres(`bad: "${secret}"`) }),
  'of several': new AggregateError([ofPostgres(`bad: "${secret}"`)]),
  'that is a text': secret,
};

describe('an error in the log', () => {
  it.each(Object.keys(errors))('%s holds nothing that people wrote', (what) => {
    const logged = JSON.stringify(safeError(errors[what]));
    for (const word of ['Gagnon', 'Thérèse']) expect(logged).not.toContain(word);
  });

  it('masks what names or reaches a person', () => {
    const error = new Error('no ticket of TREM 8451 1234, 514 555-1234');
    expect(safeMessageOf(error)).toBe('no ticket of •••• •••• ••••, •••-•••-••••');
  });

  it('says what happened, where, and to which table', () => {
    expect(safeError(errors['of PostgreSQL'])).toMatchObject({
      ...{ type: 'Error', code: '22P02', table: 'tickets' },
      ...{ message: 'invalid input syntax for type integer: …', stack: expect.stringContaining(' at ') },
    });
    expect(safeMessageOf(new Error('the ticket "a" is not there'))).toBe('the ticket "a" is not there');
  });
});
