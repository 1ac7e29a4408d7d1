import { foldText } from '../../../../shared/text/fold-text.js';
import type { Template, TemplatePreview } from '../api/answers.js';
import type { AgentCommand, CommandType } from '../tickets/command.js';
import { commandOf } from '../tickets/written-command.js';

type Values = Readonly<Record<string, string>>;
type TemplateCommand = Template['commands'][number];
export type TemplateCommandType = TemplateCommand['type'];

/** The actions that a template can be given here. A link to one ticket is of no use for many; one that has it keeps it. */
export const templateCommandTypes = [
  ...(['note', 'assign', 'start', 'hold', 'resolve', 'close', 'reopen'] as const),
  ...(['cancel', 'recategorize', 'reprioritize', 'transfer'] as const),
] satisfies readonly TemplateCommandType[];

/** An action as it is being written. */
interface CommandDraft {
  /** Stays its own while others are moved or taken out. */
  key: string;
  type: TemplateCommandType;
  values: Values;
}

/** A template as it is being written. */
export interface TemplateDraft {
  id: string;
  /** What it was written on; undefined for a new one. */
  revision: number | undefined;
  name: string;
  team: string;
  /** Empty for all establishments of its author's. */
  establishment: string;
  shared: 'me' | 'team';
  text: string;
  commands: readonly CommandDraft[];
}

export const newTemplate = (team = ''): TemplateDraft => ({
  ...{ id: crypto.randomUUID(), revision: undefined, name: '', team },
  ...{ establishment: '', shared: 'team', text: '', commands: [] },
});

/** A template to be changed. */
export const draftOf = (template: Template): TemplateDraft => {
  const { id, revision, name, team, establishment, shared, text, commands } = template;
  return {
    ...{ id, revision, name, team: team ?? '', establishment: establishment ?? '', shared, text: text ?? '' },
    commands: commands.map((command) => commandDraft(command.type, valuesOf(command))),
  };
};

/** A further action; what is written in it begins with the template's own text, where it has one. */
export const withCommand = (draft: TemplateDraft, type: TemplateCommandType): TemplateDraft => {
  const own = draft.text === '' ? '' : '{{text}}';
  const values: Values = type === 'note' ? { body: own } : type === 'resolve' ? { note: own } : {};
  return { ...draft, commands: [...draft.commands, commandDraft(type, values)] };
};

export const withoutCommand = (draft: TemplateDraft, key: string): TemplateDraft => ({
  ...draft,
  commands: draft.commands.filter((command) => command.key !== key),
});

/** The action one place earlier. */
export const withCommandEarlier = (draft: TemplateDraft, key: string): TemplateDraft => {
  const at = draft.commands.findIndex((command) => command.key === key);
  const [before, moved] = [draft.commands[at - 1], draft.commands[at]];
  if (!before || !moved) return draft;
  return { ...draft, commands: draft.commands.with(at - 1, moved).with(at, before) };
};

/** Which actions there are, in their order. */
export const keysOf = ({ commands }: TemplateDraft): string => commands.map(({ key }) => key).join(' ');

const commandDraft = (type: TemplateCommandType, values: Values): CommandDraft => ({
  ...{ key: crypto.randomUUID(), type, values },
});

/** What is saved of a draft. */
export const bodyOf = ({ shared, commands, ...draft }: TemplateDraft): object => {
  const [name, team, text] = [draft.name.trim(), draft.team.trim(), draft.text.trim()];
  return {
    ...{ name, shared, commands: commands.map(({ type, values }) => commandFrom(type, trimmed(values))) },
    ...(team === '' ? {} : { team }),
    ...(draft.establishment === '' ? {} : { establishment: draft.establishment }),
    ...(text === '' ? {} : { text }),
  };
};

const trimmed = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.trim()]));

/** The command that was written; in a template an empty field leaves a ticket's team or agent as it is. */
const commandFrom = (type: TemplateCommandType, values: Values): object | undefined => {
  if (type !== 'assign') return commandOf(type, values, values.to);
  const { team = '', assignee = '' } = values;
  return {
    type,
    ...(values.noTeam === 'on' ? { team: null } : team === '' ? {} : { team }),
    ...(values.noAssignee === 'on' ? { assignee: null } : assignee === '' ? {} : { assignee }),
  };
};

/** The values of a form by which `commandFrom` makes the same command again. */
const valuesOf = (command: TemplateCommand): Values => {
  switch (command.type) {
    case 'assign':
      return {
        ...{ team: command.team ?? '', assignee: command.assignee ?? '' },
        ...(command.team === null ? { noTeam: 'on' } : {}),
        ...(command.assignee === null ? { noAssignee: 'on' } : {}),
      };
    case 'note':
      return { body: command.body, ...(command.internal === true ? { internal: 'on' } : {}) };
    case 'hold':
      return { reason: command.reason, note: command.note ?? '' };
    case 'resolve':
      return {
        ...{ code: command.resolution.code, note: command.resolution.note },
        ...(command.cascade === true ? { cascade: 'on' } : {}),
      };
    case 'reopen':
    case 'cancel':
      return { reason: command.reason };
    case 'transfer':
      return { place: [command.establishment, command.site].filter(Boolean).join('/') };
    case 'link':
      return { to: String(command.to), relation: command.relation };
    case 'recategorize':
      return { category: command.category };
    case 'reprioritize':
      return { priority: command.priority };
    case 'start':
    case 'close':
      return {};
  }
};

/** Messages by the field that they are about; what is about no field that is shown stands under the empty name. */
export type Faults = Readonly<Record<string, string>>;

/** What the API says of the fields of a template: pointers such as `/commands/0/resolution/note`. */
export const faultsOf = (
  errors: readonly { pointer: string; message?: string }[],
  otherwise: string,
): Faults => {
  const faults: Record<string, string> = {};
  for (const { pointer, message = otherwise } of errors) faults[fieldOf(pointer)] ??= message;
  return faults;
};

/** The name of an action's field as `faultsOf` has it. */
export const fieldOfCommand = (at: number, name = ''): string => `commands/${at}${name && `/${name}`}`;

/** What is wrong, but for the single actions. */
export const withoutActions = (faults: Faults): Faults =>
  Object.fromEntries(Object.entries(faults).filter(([name]) => !name.startsWith('commands/')));

const places: readonly string[] = ['establishment', 'site'];

const fieldOf = (pointer: string): string => {
  const [first = '', at, ...path] = pointer.split('/').slice(1);
  if (first !== 'commands') return first;
  if (at === undefined) return 'commands';
  const name = path.at(-1) ?? '';
  return fieldOfCommand(Number(at), places.includes(name) ? 'place' : name);
};

/** Whether a template has words for the form of a command. */
export const canFill = ({ commands, text }: Template, type: CommandType): boolean =>
  text !== null || commands.some((command) => command.type === type);

/** What a template, filled for a ticket, gives to the form of a command; what was typed there stays before it. */
export const filledValues = (
  { commands, text }: Pick<TemplatePreview, 'commands' | 'text'>,
  type: 'note' | 'resolve',
  typed: Values,
): Values => {
  const same = commands.find((command) => command.type === type);
  const values: Values = same ? valuesOf(same) : { [type === 'note' ? 'body' : 'note']: text ?? '' };
  const field = type === 'note' ? 'body' : 'note';
  const written = [typed[field], values[field]].filter(Boolean).join('\n\n');
  return { ...typed, ...values, [field]: written };
};

/** The commands as a ticket is shown after them: of what is filled in, only the agent's own name shows in a list. */
export const commandsShown = (
  { commands, text }: Pick<Template, 'commands' | 'text'>,
  person: string,
): AgentCommand[] => {
  if (commands.length === 0) return [{ type: 'note', body: text ?? '', internal: false }];
  return commands.map((command) =>
    command.type === 'assign' && command.assignee?.trim().replaceAll(' ', '') === '{{me}}'
      ? { ...command, assignee: person }
      : command,
  ) as AgentCommand[];
};

/** The templates whose name, team or text has what was typed, those of one's own teams first. */
export const templatesMatching = (
  templates: readonly Template[],
  typed: string,
  teams: readonly string[] = [],
): Template[] => {
  const words = foldText(typed).split(/\s+/).filter(Boolean);
  const found = templates.filter(({ name, team, text }) => {
    const written = foldText([name, team, text].join(' '));
    return words.every((word) => written.includes(word));
  });
  const rankOf = ({ team }: Template): number => (team === null ? 1 : teams.includes(team) ? 0 : 2);
  return found.sort((a, b) => rankOf(a) - rankOf(b) || a.name.localeCompare(b.name));
};
