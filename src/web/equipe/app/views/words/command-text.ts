import { maxTextLength } from '../../queue/command.js';
import type { Entry } from '../../queue/queue.js';
import type { Words } from './words.js';

/** The text or choice in a command, shown so that nobody gives up a text unread. */
export const commandText = (
  { command }: Pick<Entry, 'command'>,
  { reasonName, resolutionName }: Words,
): string => {
  switch (command.type) {
    case 'open':
      return command.description ?? '';
    case 'note':
      return command.body;
    case 'start':
    case 'link':
      return '';
    case 'hold':
      return [reasonName(command.reason), command.note].filter(Boolean).join(': ');
    case 'resolve':
      return `${resolutionName(command.resolution.code)}: ${command.resolution.note}`;
    case 'reopen':
    case 'cancel':
      return command.reason;
  }
};

/** The text of a command as a note of another ticket, with the kind of command before it where there is room for that. */
export const asNote = (entry: Pick<Entry, 'command'>, words: Words): string => {
  const { command } = entry;
  if (command.type === 'note') return command.body;
  const whole = `${words.commandDone(command.type)} – ${commandText(entry, words)}`;
  return command.type === 'resolve' && whole.length > maxTextLength ? command.resolution.note : whole;
};
