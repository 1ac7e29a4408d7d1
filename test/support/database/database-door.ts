import { Door } from '../network/door.js';

/** An open door to a database, and the URL that leads through it. */
export const doorTo = async (databaseUrl: string): Promise<{ door: Door; url: string }> => {
  const url = new URL(databaseUrl);
  const door = new Door(socketOf(url));
  await door.open();
  url.host = `127.0.0.1:${door.port}`;
  url.searchParams.delete('host');
  return { door, url: url.href };
};

/** The embedded server listens on a socket in a folder, which its URL names as the host. */
const socketOf = ({ hostname, port, searchParams }: URL) => {
  const folder = searchParams.get('host');
  return folder === null ? { host: hostname, port: Number(port) } : { path: `${folder}/.s.PGSQL.${port}` };
};
