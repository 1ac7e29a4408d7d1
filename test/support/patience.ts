/** How long a test waits for what must happen, however little of the machine it gets: only a fault makes it wait so long. */
export const patienceMs = 240_000;
