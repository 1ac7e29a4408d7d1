import { ProtobufReader } from '../transport/protobuf-reader.js';

/** An event as KurrentDB has it. Its bytes share the memory of the response. */
export interface StoredEvent {
  id: string;
  stream: string;
  /** Counted from 0. */
  revision: number;
  position: bigint;
  type: string;
  contentType: string;
  /** When the server recorded it, in units of 100 ns since 1970: too large for a number. */
  created: string;
  data: Buffer;
  metadata: Buffer;
}

/**
 * A response to a read or a subscription: an event, how far the server has looked (a checkpoint), that it has sent all there is, or
 * what is not needed here.
 */
export type ReadResponse = { event: StoredEvent } | { checkpoint: bigint } | 'caught-up' | 'other';

/** Decodes a ReadResp of streams.proto. Throws when it is none. */
export const decodeReadResponse = (message: Buffer): ReadResponse => {
  const reader = new ProtobufReader(message);
  let response: ReadResponse = 'other';
  for (let field = reader.nextField(); field > 0; field = reader.nextField()) {
    if (field === 1) response = { event: readEvent(reader.message()) };
    else if (field === 3) response = { checkpoint: checkpoint(reader.message()) };
    else {
      if (field === 8) response = 'caught-up';
      reader.skip();
    }
  }
  return response;
};

/** A Checkpoint's commit position. */
const checkpoint = (reader: ProtobufReader): bigint => {
  let position = 0n;
  for (let field = reader.nextField(); field > 0; field = reader.nextField()) {
    if (field === 1) position = reader.uint64();
    else reader.skip();
  }
  return position;
};

const readEvent = (reader: ProtobufReader): StoredEvent => {
  let event: StoredEvent | undefined;
  for (let field = reader.nextField(); field > 0; field = reader.nextField()) {
    if (field === 1) event = recordedEvent(reader.message());
    else reader.skip();
  }
  if (!event) throw new Error('KurrentDB sent a link to an event that is gone');
  return event;
};

const nothing = Buffer.alloc(0);

const recordedEvent = (reader: ProtobufReader): StoredEvent => {
  const event: StoredEvent = {
    id: '',
    stream: '',
    revision: 0,
    position: 0n,
    type: '',
    contentType: '',
    created: '',
    data: nothing,
    metadata: nothing,
  };
  for (let field = reader.nextField(); field > 0; field = reader.nextField()) {
    if (field === 1) event.id = textIn(reader.message(), 2);
    else if (field === 2) event.stream = textIn(reader.message(), 3);
    else if (field === 3) event.revision = Number(reader.uint64());
    else if (field === 5) event.position = reader.uint64();
    else if (field === 6) readAbout(event, reader.message());
    else if (field === 7) event.metadata = reader.buffer();
    else if (field === 8) event.data = reader.buffer();
    else reader.skip();
  }
  return event;
};

/** An entry of what the server says about an event, a map of texts. */
const readAbout = (event: StoredEvent, reader: ProtobufReader): void => {
  let [key, value] = ['', ''];
  for (let field = reader.nextField(); field > 0; field = reader.nextField()) {
    if (field === 1) key = reader.text();
    else if (field === 2) value = reader.text();
    else reader.skip();
  }
  if (key === 'type') event.type = value;
  else if (key === 'content-type') event.contentType = value;
  else if (key === 'created') event.created = value;
};

/** The text in the one field of a message that is needed. */
const textIn = (reader: ProtobufReader, needed: number): string => {
  let text = '';
  for (let field = reader.nextField(); field > 0; field = reader.nextField()) {
    if (field === needed) text = reader.text();
    else reader.skip();
  }
  return text;
};
