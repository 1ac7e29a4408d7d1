import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openPool } from './pool.js';

const message = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};
const authenticated = message('R', Buffer.alloc(4));
const ready = message('Z', Buffer.from('I'));
const ended = message('E', Buffer.from('SFATAL\0C57P01\0Mterminating connection\0\0'));

describe('a connection that PostgreSQL ends as soon as it is ready', () => {
  let server: Server;
  afterEach(() => void server.close());

  it('fails its query, and not the process', async () => {
    // All in one packet, as from a backend that meets the end of its postmaster while it starts.
    server = createServer((socket) => {
      socket.once('data', () => socket.end(Buffer.concat([authenticated, ready, ended])));
      socket.on('error', () => undefined);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const pool = openPool(`postgres://somebody@127.0.0.1:${port}/billets`);
    await expect(pool.query('SELECT 1')).rejects.toThrow();
    await pool.end();
  });
});
