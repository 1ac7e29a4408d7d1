/** How long a test waits for something that must happen: long enough for a very busy machine, so that only a fault takes so long. */
export const patienceMs = 240_000;
