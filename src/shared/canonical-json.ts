/**
 * JSON with the members of every object sorted by name, so that values that differ only in that order are written the same. Fingerprints
 * of commands are made of it and kept for good: what it writes for a value must never change. The keys are sorted beforehand: a replacer,
 * called for each value, took a tenth of a batch's time.
 */
export const canonicalJson = (value: unknown): string => JSON.stringify(withSortedKeys(value));

const withSortedKeys = (value: unknown): unknown => {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(withSortedKeys);
  const members = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.keys(members)
      .sort()
      .map((key) => [key, withSortedKeys(members[key])]),
  );
};
