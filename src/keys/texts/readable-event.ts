import type { Instant } from '../../shared/instant.js';
import type { JsonObject, RecordedEvent } from '../../platform/event-store/event-store.js';
import type { ConfidentialTexts, KeyToRead } from './confidential-texts.js';

/**
 * An encrypted event with the key to read it by. It is decrypted when someone looks at it: so most of what a reader passes over costs
 * nothing, and one that can't be decrypted fails where that one event is looked at, not the page it came with.
 */
export class ReadableEvent implements RecordedEvent {
  /** Looked at several times, for the version of the data and for what is beside it. */
  private readMetadata: JsonObject | undefined;

  constructor(
    private readonly recorded: RecordedEvent,
    private readonly key: KeyToRead,
    private readonly texts: ConfidentialTexts,
  ) {}

  get stream(): string {
    return this.recorded.stream;
  }
  get revision(): number {
    return this.recorded.revision;
  }
  get position(): bigint {
    return this.recorded.position;
  }
  get recordedAt(): Instant {
    return this.recorded.recordedAt;
  }
  get id(): string {
    return this.recorded.id;
  }
  get type(): string {
    return this.recorded.type;
  }
  get data(): JsonObject {
    return this.texts.dataOf(this.recorded, this.key);
  }
  get metadata(): JsonObject {
    return (this.readMetadata ??= this.texts.metadataOf(this.recorded, this.key));
  }
}
