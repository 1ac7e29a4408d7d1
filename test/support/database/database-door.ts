import { Door } from '../network/door.js';

/** Opens a door in front of a database; resolves to it, and to the URL that goes through it. */
export const doorTo = async (databaseUrl: string): Promise<{ door: Door; url: string }> => {
  const url = new URL(databaseUrl);
  const door = new Door(socketOf(url));
  await door.open();
  url.host = `127.0.0.1:${door.port}`;
  url.searchParams.delete('host');
  return { door, url: url.href };
};

/** Where the server listens: the embedded server, on a unix socket in the folder that its URL has as `host`. */
const socketOf = ({ hostname, port, searchParams }: URL) => {
  const folder = searchParams.get('host');
  return folder === null ? { host: hostname, port: Number(port) } : { path: `${folder}/.s.PGSQL.${port}` };
};
