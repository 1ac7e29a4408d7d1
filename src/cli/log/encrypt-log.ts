import { confidential, erasesTexts, logTexts } from '../../boot/event-log.js';
import { StartRefused } from '../../config/start-refused.js';
import { isEncrypted, type OpenKeys } from '../../keys/core.js';
import type { EventStore, RecordedEvent } from '../../platform/event-store/event-store.js';
import type { ProgressDone } from '../terminal/progress.js';
import { TargetEvents } from './target-events.js';
import { emptyLogHash, extend, type Extent } from './log-hash.js';
import { readLog } from './read-log.js';

export interface Encryption {
  /** Read with its texts in plain. */
  source: EventStore;
  /** As it stands: nothing of it is decrypted. */
  target: EventStore;
  /** What its texts are encrypted with. */
  keys: OpenKeys;
}

export interface EncryptionOptions {
  /** The last position of the source that is taken. */
  until: bigint;
  /** Whose texts the copy is to hold none of, as `erasedIn` gives them. */
  erased: ReadonlySet<string>;
  signal: AbortSignal;
  onProgress: (done: ProgressDone) => void;
}

/** Whose texts are erased in the source, by a destroyed key or by an event. */
export const erasedIn = async (
  source: EventStore,
  { until, signal }: Pick<EncryptionOptions, 'until' | 'signal'>,
): Promise<Set<string>> => {
  const erased = new Set<string>();
  for await (const batch of readLog(source, { until, signal })) {
    for (const event of batch) {
      const owner = logTexts.ownerOf(event.stream);
      if (owner !== undefined && (erasesTexts(event) || event.metadata.erased === true)) erased.add(owner);
    }
  }
  return erased;
};

/**
 * Fills the target with the events of the source, their texts encrypted and everything else as it was; what is there already is decrypted
 * and compared, so that it may be run again after any accident. Throws StartRefused where they differ. Gives how many came in.
 */
export const encryptLog = async (
  { source, target, keys }: Encryption,
  { until, erased, signal, onProgress }: EncryptionOptions,
): Promise<number> => {
  const end = await target.lastPosition();
  const held = new TargetEvents(readLog(confidential(target, keys), { until: end, signal }));
  let count = 0;
  let restored = 0;
  try {
    for await (const batch of readLog(source, { until, signal })) {
      const missing: RecordedEvent[] = [];
      for (const original of batch) {
        count += 1;
        const event = asItIsToBe(original, erased);
        const there = await held.next();
        if (!there) missing.push(event);
        else if (hashOf(there) !== hashOf(event)) throw differs(count);
      }
      signal.throwIfAborted();
      if (missing.length > 0) await target.restore(await encryptedAll(missing, keys));
      restored += missing.length;
      onProgress({ count, done: Number(batch.at(-1)?.position ?? 0n), total: Number(until) });
    }
    if (await held.next()) throw differs(count + 1);
    return restored;
  } finally {
    await held.close();
  }
};

/** Reads both from their beginning, and gives what they have in common: everything. Throws StartRefused where that is not so. */
export const verifyEncryption = async (
  { source, target, keys }: Encryption,
  { until, erased, signal, onProgress }: EncryptionOptions,
): Promise<Extent> => {
  const end = await target.lastPosition();
  const made = new TargetEvents(readLog(confidential(target, keys), { until: end, signal }));
  const stored = new TargetEvents(readLog(target, { until: end, signal }));
  let extent = emptyLogHash;
  try {
    for await (const batch of readLog(source, { until, signal })) {
      for (const original of batch) {
        const event = asItIsToBe(original, erased);
        const [plain, encrypted] = [await made.next(), await stored.next()];
        const isSame =
          plain !== undefined && hashOf(plain) === hashOf(event) && isInPlace(source, plain, event);
        extent = extend(extent, event);
        if (!isSame || !encrypted || !isCovered(encrypted)) throw differs(extent.events);
      }
      onProgress({ count: extent.events, done: extent.events, total: extent.events });
    }
    if (await made.next()) throw differs(extent.events + 1);
    return extent;
  } finally {
    await made.close();
    await stored.close();
  }
};

const asItIsToBe = (event: RecordedEvent, erased: ReadonlySet<string>): RecordedEvent => {
  const { id, type, data, metadata, stream, revision, position, recordedAt } = event;
  const copy = { id, type, data, metadata, stream, revision, position, recordedAt };
  const owner = logTexts.ownerOf(stream);
  return owner !== undefined && erased.has(owner) ? logTexts.readAsErased(copy) : copy;
};

const encryptedAll = (events: readonly RecordedEvent[], { keys }: OpenKeys): Promise<RecordedEvent[]> =>
  Promise.all(
    events.map(async (event) => {
      const { stream, revision } = event;
      const owner = logTexts.ownerOf(stream);
      return owner === undefined
        ? event
        : logTexts.encrypted(stream, event, await keys.toWrite(owner, revision === 1));
    }),
  );

const isCovered = (event: RecordedEvent): boolean =>
  logTexts.ownerOf(event.stream) === undefined || isEncrypted(event);

/** Where positions count the events they stay as they were; elsewhere they are each log's own. */
const isInPlace = ({ countsPositions }: EventStore, made: RecordedEvent, event: RecordedEvent): boolean =>
  !countsPositions || made.position === event.position;

const hashOf = (event: RecordedEvent): string => extend(emptyLogHash, event).hash;

const differs = (number: number): StartRefused =>
  new StartRefused(
    `the log to be filled holds other events than the source, from event number ${number} on; begin with an empty one`,
  );
