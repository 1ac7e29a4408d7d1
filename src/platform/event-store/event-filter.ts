import type { RecordedEvent, SubscribeOptions } from './event-store.js';

/** Makes the test whether an event is one that a subscriber wants, by its stream's prefix and its type. */
export const eventFilter = ({
  streamPrefix = '',
  eventTypes,
}: Pick<SubscribeOptions, 'streamPrefix' | 'eventTypes'>) => {
  const types = eventTypes && new Set(eventTypes);
  return ({ stream, type }: Pick<RecordedEvent, 'stream' | 'type'>): boolean =>
    stream.startsWith(streamPrefix) && (types?.has(type) ?? true);
};
