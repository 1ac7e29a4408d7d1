import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 10;

/** Ends the process, whatever is still under way, once all output is written: a pipe that is full takes it later. */
export const exitAfterOutput = async (code: number): Promise<never> => {
  // Polled, since a stream that is ended or broken emits no further event.
  while ([process.stdout, process.stderr].some(isWaiting)) await sleep(pollMs);
  process.exit(code);
};

const isWaiting = ({ writableLength, destroyed }: NodeJS.WriteStream): boolean =>
  writableLength > 0 && !destroyed;
