import type { KeySettings } from '../../../src/config/settings.js';
import { readSettings } from '../../../src/config/settings.js';
import { ConfidentialEventStore, openKeys } from '../../../src/keys/core.js';
import type { EventStore } from '../../../src/platform/event-store/event-store.js';
import { createDatabase } from '../../support/database/database.js';
import { testKeys } from '../../support/keys/keys.js';
import { eventStoreContract } from '../platform/event-store/event-store.contract.js';
import type { Engine } from '../platform/event-store/engines/engine.js';
import { postgresEngine } from '../platform/event-store/engines/postgres-engine.js';

/** Every text of every event is confidential: whoever uses the log does not notice. */
const fields = {
  streamPrefix: 'test',
  data: { NoteAdded: ['text', 'body', 'note'], TicketOpened: ['title'] },
  metadata: ['commandId'],
};

const confidentialEngine = async (): Promise<Engine> => {
  const engine = await postgresEngine();
  const database = await createDatabase();
  const keySettings: KeySettings = testKeys({ KEYS_DATABASE_URL: database.url });
  return {
    // The flag, and what an encrypted id is longer by: nonce and tag, in base64, after their mark.
    addedBytes: 76,
    connect: async (options) => {
      const keys = await openKeys({ ...readSettings({}), keys: keySettings }, { record: () => undefined });
      const store: EventStore = new ConfidentialEventStore(await engine.connect(options), keys.keys, fields);
      const close = store.close.bind(store);
      store.close = () => close().finally(keys.close);
      return store;
    },
    stop: async () => {
      await engine.stop();
      await database.drop();
    },
  };
};

eventStoreContract('a log whose texts are encrypted', confidentialEngine);
