import { z } from 'zod';
import { bilingual } from '../../shared/text/bilingual.js';
import { line, text } from '../../platform/text-schema.js';
import { placeholders } from '../../shared/template-placeholders.js';
import { namesNobody, namesSomeone } from '../commands/assign-ticket.js';
import { ticketCommands } from '../commands/index.js';
import { namesIn, placeholdersOf, placeholdersOfText, textsOf } from './placeholders.js';

/** Few enough for one append, whatever ticket they are for. */
const maxCommands = 10;

/** The fields of a command without what each application makes anew: ids and times. */
const fields = <Shape extends { commandId: unknown; ticketId: unknown; occurredAt: unknown }>({
  commandId: _commandId,
  ticketId: _ticketId,
  occurredAt: _occurredAt,
  ...shape
}: Shape) => shape;

const {
  assign,
  note,
  link,
  recategorize,
  reprioritize,
  start,
  hold,
  resolve,
  close,
  reopen,
  cancel,
  transfer,
} = ticketCommands;

/** Every command but those that make a ticket, or end it in another one that only a person can choose. */
const templateCommand = z.discriminatedUnion('type', [
  z
    .strictObject({ ...fields(assign.body.shape), type: z.literal('assign') })
    .refine(namesSomeone, { error: namesNobody }),
  z.strictObject({ ...fields(note.body.shape), type: z.literal('note') }),
  z.strictObject({ ...fields(link.body.shape), type: z.literal('link') }),
  z.strictObject({ ...fields(recategorize.body.shape), type: z.literal('recategorize') }),
  z.strictObject({ ...fields(reprioritize.body.shape), type: z.literal('reprioritize') }),
  z.strictObject({ ...fields(start.body.shape), type: z.literal('start') }),
  z.strictObject({ ...fields(hold.body.shape), type: z.literal('hold') }),
  z.strictObject({ ...fields(resolve.body.shape), type: z.literal('resolve') }),
  z.strictObject({ ...fields(close.body.shape), type: z.literal('close') }),
  z.strictObject({ ...fields(reopen.body.shape), type: z.literal('reopen') }),
  z.strictObject({ ...fields(cancel.body.shape), type: z.literal('cancel') }),
  z.strictObject({ ...fields(transfer.body.shape), type: z.literal('transfer') }),
]);
export type TemplateCommand = z.output<typeof templateCommand>;

const named = placeholders.map((name) => `{{${name}}}`).join(', ');

const templateShape = {
  name: line(120),
  team: line(100).optional().describe('The team it is made for; it gives nobody a right'),
  establishment: line(200)
    .optional()
    .describe(
      'Code, official name or alias, one of yours: for those who read it; unless told, for those who read all of yours',
    ),
  commands: z
    .array(templateCommand)
    .max(maxCommands)
    .default([])
    .describe(
      `Carried out in this order. Notes, resolutions and reasons may hold ${named}; an assignee {{me}} only`,
    ),
  text: text(10_000)
    .optional()
    .describe('What {{text}} stands for in the commands; where there are none, the note that is added'),
};

const shared = z.enum(['me', 'team']).describe('team: agents and mobile teams of its establishments');

const unknownPlaceholder = (name: string, known: readonly string[]): string =>
  bilingual({
    fr: `«{{${name}}}» n’est pas connu ici${known.length > 0 ? `: ${known.map((each) => `{{${each}}}`).join(', ')}` : ''}`,
    en: `«{{${name}}}» is not known here${known.length > 0 ? `: ${known.map((each) => `{{${each}}}`).join(', ')}` : ''}`,
  });

export const templateBody = z
  .strictObject({ ...templateShape, shared: shared.default('team') })
  .superRefine((template, context) => {
    const refuse = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const check = (path: (string | number)[], written: string, known: readonly string[]) => {
      const other = namesIn(written).find((name) => !known.includes(name));
      if (other !== undefined) refuse(path, unknownPlaceholder(other, known));
    };
    if (template.commands.length === 0 && template.text === undefined) {
      refuse(
        ['commands'],
        bilingual({ fr: '«commands» ou «text» est requis', en: '«commands» or «text» is required' }),
      );
    }
    check(['text'], template.text ?? '', placeholdersOfText);
    template.commands.forEach((command, at) => {
      for (const { path, text: value } of textsOf(command)) {
        const known = placeholdersOf(command.type, path);
        const usable = template.text === undefined ? known.filter((name) => name !== 'text') : known;
        check(['commands', at, ...path], value, usable);
      }
    });
  });
export type TemplateBody = z.output<typeof templateBody>;

/** What is kept of a template; the establishment by its code. */
export type SavedTemplate = Omit<TemplateBody, 'shared'>;

export const templateSchema = z
  .object({
    id: z.guid(),
    name: z.string(),
    team: z.string().nullable(),
    establishment: z.string().nullable(),
    commands: z.array(templateCommand),
    text: z.string().nullable(),
    shared,
    mine: z.boolean().describe('You may change and delete it'),
    author: z.string(),
    revision: z.int().describe('As in ETag'),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Template' });
export type TemplateAnswer = z.output<typeof templateSchema>;
