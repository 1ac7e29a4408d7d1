import { Presets, SingleBar } from 'cli-progress';

interface Done {
  commands: number;
  readBytes: number;
  totalBytes: number;
}

/** A progress bar on standard error, where that is a terminal; silent elsewhere. */
export const createProgress = () => {
  const bar = new SingleBar(
    {
      format: '{bar} {percentage} % | {commands} commands | {duration_formatted}',
      stream: process.stderr,
      noTTYOutput: false,
      hideCursor: true,
      clearOnComplete: false,
    },
    Presets.shades_classic,
  );
  let started = false;
  return {
    show: ({ commands, readBytes, totalBytes }: Done): void => {
      if (!process.stderr.isTTY) return;
      if (!started) bar.start(totalBytes, 0, { commands });
      started = true;
      bar.update(readBytes, { commands });
    },
    stop: (): void => {
      if (started) bar.stop();
    },
  };
};
