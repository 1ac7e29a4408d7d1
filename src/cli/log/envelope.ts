import { z } from 'zod';
import type { JsonObject, RecordedEvent } from '../../platform/event-store/event-store.js';
import { inLanguage, textOfMessage } from '../../shared/text/bilingual.js';
import { instant } from '../../shared/instant.js';
import type { LogHash } from './log-hash.js';

/** An event on a line of an archive. */
export interface ArchivedEvent {
  event: RecordedEvent;
  /** The log it was recorded in. */
  log: string;
  /** Of the log from its beginning to this event. */
  hash: LogHash;
  /** Nothing follows: an archive without such a line at its end has lost some. */
  last: boolean;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isInstant = (text: string): boolean => {
  try {
    return instant(text) === text;
  } catch {
    return false;
  }
};

/** Taken as it is: a schema of its members would lose some, such as `__proto__`. */
const jsonObject = z.custom<JsonObject>(isObject, { error: 'expected a JSON object' });

const jsonText = z.string().transform((text, context) => {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Said below.
  }
  context.issues.push({ code: 'custom', message: 'expected the text of a JSON object', input: text });
  return z.NEVER;
});

const logs = '/logs/';

/**
 * A CloudEvent 1.0. What it has no name for are extension attributes, of the types they may have: a position, 64 bits wide, and
 * the metadata, an object, are strings. Strict: what we would not give back is refused.
 */
const envelope = z.strictObject({
  specversion: z.literal('1.0'),
  id: z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, { error: 'expected a UUID' }),
  source: z.templateLiteral([logs, z.string().min(1)], { error: 'expected /logs/ and an identity' }),
  type: z.string().min(1),
  subject: z.string().min(1),
  time: z.string().refine(isInstant, { error: 'expected an instant such as 2026-05-15T12:12:33.120Z' }),
  datacontenttype: z.literal('application/json'),
  position: z.string().regex(/^\d{1,20}$/, { error: 'expected a position, in digits' }),
  revision: z.int32().min(1),
  metadata: jsonText,
  hash: z.string().regex(/^[0-9a-f]{64}$/, { error: 'expected 64 hexadecimal digits' }),
  last: z.literal(true).optional(),
  data: jsonObject,
});

/** One line of JSON, without its end. */
export const toEnvelope = ({ event, log, hash, last }: ArchivedEvent): string =>
  JSON.stringify({
    specversion: '1.0',
    id: event.id,
    source: `${logs}${log}`,
    type: event.type,
    subject: event.stream,
    time: event.recordedAt,
    datacontenttype: 'application/json',
    position: String(event.position),
    revision: event.revision,
    metadata: attributeOf(event.metadata),
    hash,
    ...(last ? { last } : {}),
    data: event.data,
  } satisfies z.input<typeof envelope>).replace(lineSeparators, escaped);

/** Throws Error with a message of one line that says what is wrong. */
export const fromEnvelope = (line: string): ArchivedEvent => {
  const { data: parsed, error } = envelope.safeParse(json(line));
  if (error) {
    const { path = [], message = 'not acceptable' } = error.issues[0] ?? {};
    throw new Error([...path, inLanguage(textOfMessage(message), 'en')].join(': '));
  }
  const { id, source, type, subject, time, position, revision, metadata, hash, last, data } = parsed;
  const event: RecordedEvent = {
    id,
    stream: subject,
    revision,
    position: BigInt(position),
    recordedAt: instant(time),
    type,
    data,
    metadata,
  };
  return { event, log: source.slice(logs.length), hash, last: last ?? false };
};

const json = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new Error(`not JSON: ${(error as Error).message}`, { cause: error });
  }
};

/** Some programs take these for ends of lines, though JSON does not. */
const lineSeparators = /[\u2028\u2029]/g;

/** What a string of CloudEvents must not hold, but for what JSON escapes by itself. */
const forbidden = /[\x7f-\x9f\p{Noncharacter_Code_Point}]/gu;

const escaped = (text: string): string =>
  Array.from(
    { length: text.length },
    (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');

const attributeOf = (metadata: JsonObject): string => JSON.stringify(metadata).replace(forbidden, escaped);
