import { join } from 'node:path';

/** The demo keeps its data in a folder of its own, so that the sample never mixes with anything real. */
export const demoDataDir = (dataDir: string): string => join(dataDir, 'demo');
