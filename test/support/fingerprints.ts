/** What stands as the fingerprint of each command, in whatever holds events as JSON. */
export const fingerprintsOf = (text: string): string[] => {
  const found = [...text.matchAll(/\\?"+fingerprint\\?"+: ?\\?"+([^"\\]+)/g)].map(([, value]) => value!);
  if (found.length === 0) throw new Error('there is no fingerprint at all');
  return found;
};
