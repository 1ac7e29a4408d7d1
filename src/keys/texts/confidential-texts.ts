import type { KeyObject } from 'node:crypto';
import {
  TextsErased,
  type EventToAppend,
  type JsonObject,
  type RecordedEvent,
} from '../../platform/event-store/event-store.js';
import { UnreadableText } from '../failures.js';
import { decrypt, encrypt } from './cipher.js';
import type { DecryptedTexts } from './decrypted-texts.js';
import { withTexts, type ConfidentialFields } from './confidential-fields.js';

/** What an event carries beside its data once its texts are encrypted. Told by this, not by what a text looks like: people may type anything. */
const flag = 'encrypted';
const version = 1;
/** Before each encrypted text: which way it was encrypted. The second is for what UTF-8 can't hold: half a character, in an old log. */
const marks = { utf8: 'aes256gcm:', utf16le: 'aes256gcm-utf16:' } as const;

/** What was erased reads as this. */
const erasedText = '';

/** A key to read by; `destroyed` where it was, `missing` where there never was one, an error where it can't be unwrapped. */
export type KeyToRead = KeyObject | 'destroyed' | 'missing' | Error;

type Texts = Pick<EventToAppend, 'id' | 'type'>;

export const isEncrypted = ({ metadata }: Pick<EventToAppend, 'metadata'>): boolean =>
  metadata[flag] !== undefined;

/** Encrypts and decrypts the texts of events, each bound to whose it is, its event and its place there: moved elsewhere it can't be read. */
export class ConfidentialTexts {
  /** `decrypted` keeps what was decrypted, for readers who look at the same again and again. */
  constructor(
    private readonly fields: ConfidentialFields,
    private readonly decrypted?: DecryptedTexts,
  ) {}

  /** Whose key the texts of a stream are under; undefined for streams without any. */
  ownerOf(stream: string): string | undefined {
    const { streamPrefix } = this.fields;
    return stream.startsWith(streamPrefix) ? stream.slice(streamPrefix.length) : undefined;
  }

  /**
   * The event as the log takes it. Throws TextsErased where there is a text, and the key to write it with was destroyed; one that was read
   * as erased stays so.
   */
  encrypted<Event extends EventToAppend>(stream: string, event: Event, key: KeyObject | 'destroyed'): Event {
    const owner = this.ownerOf(stream);
    if (owner === undefined) return event;
    const inData = (path: string, text: string) => {
      if (key === 'destroyed') {
        if (text === erasedText) return text;
        throw new TextsErased(stream);
      }
      const written = text.isWellFormed() ? 'utf8' : 'utf16le';
      const encrypted = encrypt(key, aboutOf(owner, event, path), Buffer.from(text, written));
      return marks[written] + encrypted.toString('base64');
    };
    const inMetadata = (path: string, text: string) =>
      key === 'destroyed' ? erasedText : inData(`metadata.${path}`, text);
    const { erased: _erased, ...metadata } = event.metadata;
    return {
      ...event,
      data: withTexts(event.data, this.pathsOf(event), inData),
      metadata: { ...withTexts(metadata, this.fields.metadata, inMetadata), [flag]: version },
    };
  }

  /** The event as it would be with its texts erased: for a log that will not take it, and says why. */
  erased<Event extends EventToAppend>(event: Event): Event {
    return { ...event, data: withTexts(event.data, this.pathsOf(event), () => erasedText) };
  }

  /** The event as it is read once its key is destroyed. */
  readAsErased<Event extends EventToAppend>(event: Event): Event {
    const metadata = withTexts(event.metadata, this.fields.metadata, () => erasedText);
    return { ...this.erased(event), metadata: { ...metadata, erased: true } };
  }

  /** The data as it was given to the log. Throws UnreadableText. */
  dataOf(event: RecordedEvent, key: KeyToRead): JsonObject {
    return withTexts(event.data, this.pathsOf(event), (path, text) => this.plain(event, key, path, text));
  }

  /** The metadata as it was given to the log, its texts decrypted when they are looked at; with `erased` where they can't be any more. */
  metadataOf(event: RecordedEvent, key: KeyToRead): JsonObject {
    const { [flag]: _flag, ...metadata } = event.metadata;
    if (key === 'destroyed') metadata.erased = true;
    for (const name of this.fields.metadata) {
      const text = metadata[name];
      if (typeof text !== 'string') continue;
      const get = () => this.plain(event, key, `metadata.${name}`, text);
      Object.defineProperty(metadata, name, { get, enumerable: true, configurable: true });
    }
    return metadata;
  }

  private pathsOf({ type }: Texts): readonly string[] {
    return this.fields.data[type] ?? [];
  }

  private plain(event: RecordedEvent, key: KeyToRead, path: string, text: string): string {
    const { stream, id } = event;
    if (key === 'destroyed') return erasedText;
    if (key === 'missing') throw new UnreadableText(stream, id, 'there is no key for them');
    if (key instanceof Error) throw new UnreadableText(stream, id, key.message);
    const about = aboutOf(this.ownerOf(stream) ?? '', event, path);
    const known = this.decrypted?.find(about, text);
    if (known !== undefined) return known;
    const written = text.startsWith(marks.utf16le) ? 'utf16le' : 'utf8';
    const encrypted = Buffer.from(text.slice(marks[written].length), 'base64');
    const bytes = decrypt(key, about, encrypted);
    if (!bytes) throw new UnreadableText(stream, id, `${path} was changed, or moved here from elsewhere`);
    const plain = bytes.toString(written);
    this.decrypted?.keep(about, { text, plain });
    return plain;
  }
}

/** None of the three can hold a line end. */
const aboutOf = (owner: string, { id }: Texts, path: string): string => `${owner}\n${id}\n${path}`;
