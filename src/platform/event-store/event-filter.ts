import type { RecordedEvent, SubscribeOptions } from './event-store.js';

/** Whether a subscriber asked for an event. */
export const eventFilter = ({
  streamPrefix = '',
  eventTypes,
}: Pick<SubscribeOptions, 'streamPrefix' | 'eventTypes'>) => {
  const types = eventTypes && new Set(eventTypes);
  return ({ stream, type }: Pick<RecordedEvent, 'stream' | 'type'>): boolean =>
    stream.startsWith(streamPrefix) && (types?.has(type) ?? true);
};
