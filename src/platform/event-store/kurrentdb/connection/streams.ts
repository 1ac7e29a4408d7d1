/** The stream that holds the log's identity; it is hidden from readers. */
export const identityStream = 'log-identity';

/** A regular expression, valid in .NET and JavaScript, for the port's streams: neither the server's own nor the identity stream. */
export const ourStreams = String.raw`^(?!\$|${identityStream}$)`;

/** How many events the server looks at for one page of a filtered read, and between two checkpoints. */
export const searchWindow = 1_024;
