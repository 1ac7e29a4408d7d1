import { describe, expect, it } from '@jest/globals';
import { BadDatabaseUrl, parseDatabaseUrl } from './database-url.js';

const hostsOf = (url: string) =>
  parseDatabaseUrl(url).hosts.map(({ host, address, port }) => [host, address, port]);

describe('the URL of a database', () => {
  it.each([
    ['postgres://u:p@db.example:5433/name', ['db.example', undefined, 5433]],
    ['postgresql://db.example/name', ['db.example', undefined, undefined]],
    ['postgres:///name', [undefined, undefined, undefined]],
    ['postgres://', [undefined, undefined, undefined]],
    ['postgres://u:p@/name?host=/run/postgresql', ['/run/postgresql', undefined, undefined]],
    ['postgres://u:p@/name?host=%2Frun%2Fpg&port=5440', ['/run/pg', undefined, 5440]],
    ['postgres://%2Frun%2Fpostgresql:5434/name', ['/run/postgresql', undefined, 5434]],
    ['postgres://u@localhost:5432/name?sslmode=disable&host=%2Ftmp%2Fpg', ['/tmp/pg', undefined, 5432]],
    ['postgres://u@[2001:db8::1]:5433/name', ['2001:db8::1', undefined, 5433]],
    ['postgres://u@[::1]/name', ['::1', undefined, undefined]],
    ['postgres://db.example/name?hostaddr=192.0.2.7', ['db.example', '192.0.2.7', undefined]],
  ])('names a host: %s', (url, expected) => {
    expect(hostsOf(url)).toEqual([expected]);
  });

  it.each([
    [
      'postgres://u:p@h1:5432,h2:5433/db',
      [
        ['h1', undefined, 5432],
        ['h2', undefined, 5433],
      ],
    ],
    [
      'postgres://h1,h2,h3/db',
      [
        ['h1', undefined, undefined],
        ['h2', undefined, undefined],
        ['h3', undefined, undefined],
      ],
    ],
    [
      'postgres://[::1]:1,h2:2/db',
      [
        ['::1', undefined, 1],
        ['h2', undefined, 2],
      ],
    ],
    [
      'postgres:///db?host=h1,h2&port=5440',
      [
        ['h1', undefined, 5440],
        ['h2', undefined, 5440],
      ],
    ],
    [
      'postgres:///db?host=/run/a,/run/b&port=1,2',
      [
        ['/run/a', undefined, 1],
        ['/run/b', undefined, 2],
      ],
    ],
    [
      'postgres://h1,h2/db?hostaddr=192.0.2.1,192.0.2.2',
      [
        ['h1', '192.0.2.1', undefined],
        ['h2', '192.0.2.2', undefined],
      ],
    ],
  ])('names several, in their order: %s', (url, expected) => {
    expect(hostsOf(url)).toEqual(expected);
  });

  it('asks for the host that takes writes where there are several, unless it says otherwise', () => {
    expect(parseDatabaseUrl('postgres://h1/db').sessionKind).toBe('any');
    expect(parseDatabaseUrl('postgres://h1,h2/db').sessionKind).toBe('read-write');
    expect(parseDatabaseUrl('postgres://h1,h2/db?target_session_attrs=primary').sessionKind).toBe('primary');
  });

  it('keeps what the driver itself understands, and what is percent-encoded as it is', () => {
    const { rest, connectTimeoutMs, options } = parseDatabaseUrl(
      'postgres://u%40x:p%2Fw@h1,h2/a%20b?sslmode=verify-full&application_name=a+b%26c&connect_timeout=3&options=-c%20lock_timeout%3D1s',
    );
    expect(rest).toBe('postgres://u%40x:p%2Fw@/a%20b?sslmode=verify-full&application_name=a%2Bb%26c');
    expect(connectTimeoutMs).toBe(3_000);
    expect(options).toBe('-c lock_timeout=1s');
  });

  it('takes the name of the database from its parameters too', () => {
    expect(parseDatabaseUrl('postgres://u@h1?dbname=b%C3%A9').rest).toBe('postgres://u@/b%C3%A9');
  });

  it.each([
    ['mysql://localhost/x', /begins with postgres:\/\//],
    ['h1:5432', /begins with postgres:\/\//],
    ['postgres://h1:port/db', /port number/],
    ['postgres://h1:70000/db', /port number/],
    ['postgres://::1/db', /brackets/],
    ['postgres:///db?host=h1,h2,h3&port=1,2', /as many ports as hosts: 3/],
    ['postgres://h1/db?target_session_attrs=writable', /target_session_attrs/],
    ['postgres://h1/db?connect_timeout=soon', /connect_timeout/],
    ['postgres://h%ZZ/db', /percent-encoded/],
  ])('is refused where it can’t be meant: %s', (url, reason) => {
    expect(() => parseDatabaseUrl(url)).toThrow(BadDatabaseUrl);
    expect(() => parseDatabaseUrl(url)).toThrow(reason);
  });

  it('is never shown, with its password, in a refusal', () => {
    const secret = 'hunter2';
    for (const url of [
      `postgres://u:${secret}@h1:x1/db`,
      `postgres://u:${secret}/x@h1/db`,
      `http://u:${secret}@h1/db`,
    ]) {
      expect(() => parseDatabaseUrl(url)).toThrow(
        expect.not.objectContaining({ message: expect.stringContaining(secret) }),
      );
    }
  });
});
