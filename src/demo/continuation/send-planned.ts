import { createApiClient } from '../../client/client.js';
import { WaitBudget } from '../../cli/import/retry.js';
import { sendBatch } from '../../cli/import/send-batch.js';
import type { PlannedCommand } from './planned-command.js';

const usualMaxCommands = 1_000;

interface Sending {
  url: string;
  token: string;
  maxCommands?: number;
  /** Waited for after each batch, with the position that the server answered. */
  afterBatch?: (position: string) => Promise<unknown>;
}

/**
 * Sends planned commands as `npm run import` does. Resolves with those that the server could not judge yet. One that is refused is no
 * failure: somebody may have resolved the ticket by hand.
 */
export const sendPlanned = async (
  commands: readonly PlannedCommand[],
  { url, token, maxCommands, afterBatch }: Sending,
): Promise<PlannedCommand[]> => {
  const api = createApiClient({ url, token });
  const left: PlannedCommand[] = [];
  for (const batch of batchesOf(commands, maxCommands)) {
    const { results, position } = await sendBatch(api, {
      url,
      commands: batch.map(({ command }) => JSON.stringify(command)),
      patience: new WaitBudget(),
    });
    left.push(...batch.filter((_command, index) => (results[index]?.status ?? 'retry') === 'retry'));
    await afterBatch?.(position);
  }
  return left;
};

/**
 * Batches in which no ticket comes twice but for its opening and the command after it, for the reason that `batches` of an import gives:
 * the first two of each ticket, the third, …. What stands right behind its opening stays with it as well: nobody else can have come to a
 * ticket in between, and so none of these commands comes to nothing.
 */
export const batchesOf = (
  commands: readonly PlannedCommand[],
  maxCommands = usualMaxCommands,
): PlannedCommand[][] => {
  const waves: PlannedCommand[][][] = [];
  const seen = new Map<string, number>();
  for (const together of besideOpenings(commands)) {
    const [{ ticketId, command }] = together;
    const before = seen.get(ticketId) ?? (command.type === 'open' ? -1 : 0);
    seen.set(ticketId, before + together.length);
    (waves[Math.max(before, 0)] ??= []).push(together);
  }
  return waves.flatMap((wave) => packed(wave, maxCommands));
};

type Together = [PlannedCommand, ...PlannedCommand[]];

/** Each opening with the commands right behind it that are about its ticket; others by themselves. */
const besideOpenings = (commands: readonly PlannedCommand[]): Together[] => {
  const all: Together[] = [];
  for (const command of commands) {
    const last = all.at(-1);
    if (last?.[0].command.type === 'open' && last[0].ticketId === command.ticketId) last.push(command);
    else all.push([command]);
  }
  return all;
};

/** In batches of so many commands at most, without parting what is together. */
const packed = (wave: readonly PlannedCommand[][], maxCommands: number): PlannedCommand[][] => {
  const batches: PlannedCommand[][] = [];
  for (const together of wave) {
    const last = batches.at(-1);
    if (last && last.length + together.length <= maxCommands) last.push(...together);
    else batches.push([...together]);
  }
  return batches;
};
