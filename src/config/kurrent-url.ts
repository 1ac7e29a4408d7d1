/** Not what URL parses: the nodes of a cluster may stand there one after the other, with commas between. */
const scheme = /^(kurrentdb|kurrent|kdb|esdb)(\+discover)?:\/\//;

/** Whether this is meant to be a connection string of KurrentDB. */
export const isKurrentUrl = (url: string): boolean => scheme.test(url);
