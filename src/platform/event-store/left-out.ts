import type { JsonObject } from './event-store.js';

/** An event's data without the fields at these paths, such as `note` or `resolution.note`. The data themselves are not changed. */
export const leftOut = (data: JsonObject, without: readonly string[]): JsonObject =>
  without.reduce((left, path) => withoutPath(left, path.split('.')), data);

const withoutPath = (data: JsonObject, [name = '', ...inner]: readonly string[]): JsonObject => {
  if (!(name in data)) return data;
  const { [name]: member, ...rest } = data;
  if (inner.length === 0) return rest;
  if (typeof member !== 'object' || member === null) return data;
  return { ...rest, [name]: withoutPath(member as JsonObject, inner) };
};
