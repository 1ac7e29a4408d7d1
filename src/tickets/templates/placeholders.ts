import { placeholders, type Placeholder } from '../../shared/template-placeholders.js';

const written = /\{\{([^{}]*)\}\}/g;

/** The names between double braces, each as often as it is written. */
export const namesIn = (text: string): string[] =>
  [...text.matchAll(written)].map(([, name = '']) => name.trim());

/** The text with each placeholder filled once: braces in what is filled in stay as they are. Names without a value stay, too. */
export const filled = (text: string, values: Partial<Record<Placeholder, string>>): string =>
  text.replace(written, (whole, name: string) => values[name.trim() as Placeholder] ?? whole);

/** The placeholders that a field of a command may hold; by the path of the field, after the command's type. */
const fields: Readonly<Record<string, readonly Placeholder[]>> = {
  'note/body': placeholders,
  'hold/note': placeholders,
  'resolve/resolution/note': placeholders,
  'reopen/reason': placeholders,
  'cancel/reason': placeholders,
  // Names of people stand in the log as they are: nothing of a ticket's texts may get there.
  'assign/assignee': ['me'],
};

/** The placeholders for a template's own text: all but itself. */
export const placeholdersOfText = placeholders.filter((name) => name !== 'text');

export const placeholdersOf = (type: string, path: readonly string[]): readonly Placeholder[] =>
  fields[[type, ...path].join('/')] ?? [];

interface TypedCommand {
  type: string;
}

/** Every text of a command with its path, also those that hold no placeholder. */
export const textsOf = (command: TypedCommand): { path: string[]; text: string }[] => {
  const { type: _type, ...rest } = command;
  return textsIn(rest, []);
};

const textsIn = (value: unknown, path: string[]): { path: string[]; text: string }[] => {
  if (typeof value === 'string') return [{ path, text: value }];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, member]) => textsIn(member, [...path, key]));
};

/** The command with its texts filled, where they may hold placeholders. */
export const filledCommand = <Command extends TypedCommand>(
  command: Command,
  values: Partial<Record<Placeholder, string>>,
): Command => {
  const fill = (value: unknown, path: string[]): unknown => {
    if (typeof value === 'string')
      return placeholdersOf(command.type, path).length > 0 ? filled(value, values) : value;
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [key, fill(member, [...path, key])]),
    );
  };
  return fill(command, []) as Command;
};
