/** Which texts of which events are confidential: whose streams, and where they stand. What an event is about is not known here. */
export interface ConfidentialFields {
  /** The streams whose name begins so; what follows is whose key it is. */
  streamPrefix: string;
  /** By event type, where they stand in the data: `title`, or `resolution.note`. */
  data: Readonly<Record<string, readonly string[]>>;
  /** The same for the metadata of every event. */
  metadata: readonly string[];
}

/** Every path of the data there is. */
export const allPaths = ({ data }: ConfidentialFields): Set<string> => new Set(Object.values(data).flat());

type Json = Record<string, unknown>;

/** A copy with the texts at these paths made anew; what is not there stays away, null stays null. */
export const withTexts = (
  data: Json,
  paths: readonly string[],
  made: (path: string, text: string) => string,
): Json => {
  if (paths.length === 0) return data;
  const copy = { ...data };
  for (const path of paths) {
    const at = path.indexOf('.');
    if (at === -1) replaceText(copy, path, (text) => made(path, text));
    else replaceWithin(copy, path.slice(0, at), path.slice(at + 1), (text) => made(path, text));
  }
  return copy;
};

const replaceWithin = (data: Json, name: string, rest: string, made: (text: string) => string): void => {
  const member = data[name];
  if (typeof member !== 'object' || member === null) return;
  data[name] = withTexts(member as Json, [rest], (_path, text) => made(text));
};

const replaceText = (data: Json, name: string, made: (text: string) => string): void => {
  const text = data[name];
  if (text === undefined || text === null) return;
  if (typeof text !== 'string') throw new Error(`${name} is no text`);
  data[name] = made(text);
};
