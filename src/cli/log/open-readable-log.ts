import { confidential } from '../../boot/event-log.js';
import { openOwnDatabase } from '../operations/own-database.js';
import { openLogAt, type OpenLog } from './open-log.js';

/** The log at a URL, or the server's own, with its texts decrypted by the keys of the server with the same settings. */
export const openReadableLog = async (from: string | undefined): Promise<OpenLog> => {
  const own = await openOwnDatabase();
  if (from === undefined) return own;
  try {
    const log = await openLogAt(from, '--from', 'read');
    const close = () => log.close().finally(own.close);
    return { store: confidential(log.store, own.keys), pool: own.pool, close };
  } catch (error) {
    await own.close();
    throw error;
  }
};
