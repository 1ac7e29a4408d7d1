import { EventStoreUnavailable } from '../platform/event-store/event-store.js';

/** Where the keys are, or what they are wrapped with, does not answer: texts can't be read or written until it does. Nothing was written. */
export class KeysUnavailable extends EventStoreUnavailable {
  constructor(reason: string, options?: ErrorOptions) {
    super(`the keys of the texts: ${reason}`, options);
  }
}

/** A text that can't be decrypted: it was changed or moved, or its key is not there. */
export class UnreadableText extends Error {
  constructor(stream: string, eventId: string, reason: string) {
    super(`the texts of event ${eventId} of ${stream} can't be read: ${reason}`);
  }
}
