/** Where we keep the log's identity; no reader sees it. */
export const identityStream = 'log-identity';

/** The streams of the port: neither what the server keeps for itself nor our own bookkeeping. For .NET and JavaScript alike. */
export const ourStreams = String.raw`^(?!\$|${identityStream}$)`;
const ours = new RegExp(ourStreams);

export const isOurs = (stream: string): boolean => ours.test(stream);

/** Events the server looks at for one page, and between two checkpoints. */
export const searchWindow = 1_024;
