/** What browsers name themselves by, the particular before the general: nearly all of them say Chrome and Safari, too. */
const products: readonly [RegExp, string][] = [
  [/\bEdg[A-Z]?\w*\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\bFirefox\/(\d+)/, 'Firefox'],
  [/\b(?:Headless)?Chrome\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+)[.\d]* (?:Mobile\/\S+ )?Safari\//, 'Safari'],
];

/**
 * A client as a person recognises it: «session 02f38899, Chrome 156» for a browser, everything else as it was logged. The whole of it is
 * in the CSV.
 */
export const shortClientName = (client: string): string => {
  const start = client.indexOf('Mozilla/');
  if (start === -1) return client;
  for (const [pattern, name] of products) {
    const version = pattern.exec(client.slice(start))?.[1];
    if (version !== undefined) return `${client.slice(0, start)}${name} ${version}`;
  }
  return client;
};
