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
 * the first two of each ticket, the third, ….
 */
export const batchesOf = (
  commands: readonly PlannedCommand[],
  maxCommands = usualMaxCommands,
): PlannedCommand[][] => {
  const waves: PlannedCommand[][] = [];
  const seen = new Map<string, number>();
  for (const command of commands) {
    const before = seen.get(command.ticketId) ?? (command.command.type === 'open' ? -1 : 0);
    seen.set(command.ticketId, before + 1);
    (waves[Math.max(before, 0)] ??= []).push(command);
  }
  return waves.flatMap((wave) =>
    Array.from({ length: Math.ceil(wave.length / maxCommands) }, (_, part) =>
      wave.slice(part * maxCommands, (part + 1) * maxCommands),
    ),
  );
};
