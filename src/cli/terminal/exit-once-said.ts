import { setTimeout as sleep } from 'node:timers/promises';

const lookMs = 10;

/** Ends the process, whatever is still under way, once all that was written is out: a pipe that is full takes it later. */
export const exitOnceSaid = async (code: number): Promise<never> => {
  // Asked again and again: a stream that is ended, or breaks, tells of nothing more.
  while ([process.stdout, process.stderr].some(isWaiting)) await sleep(lookMs);
  process.exit(code);
};

const isWaiting = ({ writableLength, destroyed }: NodeJS.WriteStream): boolean =>
  writableLength > 0 && !destroyed;
