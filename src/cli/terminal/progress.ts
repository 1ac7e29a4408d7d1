import { Presets, SingleBar } from 'cli-progress';

export interface ProgressDone {
  /** The count shown beside the bar. */
  count: number;
  /** How far the bar is and how long, in any unit, such as bytes. Nothing is shown where the length is 0, that is, unknown. */
  done: number;
  total: number;
}

/** A progress bar on standard error where that is a terminal, and silent elsewhere. `things` names what is counted. */
export const createProgress = (things: string) => {
  const bar = new SingleBar(
    {
      format: `{bar} {percentage} % | {count} ${things} | {duration_formatted}`,
      stream: process.stderr,
      noTTYOutput: false,
      hideCursor: true,
      clearOnComplete: false,
    },
    Presets.shades_classic,
  );
  let started = false;
  return {
    show: ({ count, done, total }: ProgressDone): void => {
      if (!process.stderr.isTTY || total === 0) return;
      if (!started) bar.start(total, 0, { count });
      started = true;
      bar.update(done, { count });
    },
    stop: (): void => {
      if (started) bar.stop();
    },
  };
};
