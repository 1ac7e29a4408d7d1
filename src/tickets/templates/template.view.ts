import { z } from 'zod';
import { pageShape } from '../../platform/http/paging.js';
import { positionSchema } from '../../platform/positions.js';
import type { AnswerLanguage } from '../../platform/http/request-parameters.js';
import { resultSchema, resultView, type Result } from '../http/command-result.view.js';
import type { AppliedToTicket, TemplateOutcome } from './apply-template.js';
import { templateSchema, type TemplateAnswer } from './template.schema.js';
import type { Template } from './templates.js';

export const templateListSchema = z
  .object({ items: z.array(templateSchema).describe('Yours, then those of others'), ...pageShape })
  .meta({ id: 'TemplateList' });

export const deletedTemplateSchema = z
  .object({ id: z.guid(), deleted: z.literal(true) })
  .meta({ id: 'DeletedTemplate' });

export const templateAnswer = ({ id, content, shared, isMine, ...kept }: Template): TemplateAnswer => ({
  ...{ id, name: content.name, team: content.team ?? null, establishment: content.establishment ?? null },
  ...{ commands: content.commands, text: content.text ?? null, shared: shared ? 'team' : 'me' },
  ...{ mine: isMine, author: kept.author, revision: kept.revision, updatedAt: kept.updatedAt.toISOString() },
});

export const previewSchema = z
  .object({
    templateId: z.guid(),
    ticketId: z.guid(),
    text: z.string().nullable().describe('The template’s text, filled'),
    commands: templateSchema.shape.commands.describe('The commands that applying it sends, filled'),
  })
  .meta({ id: 'TemplatePreview' });

const appliedSchema = resultSchema
  .omit({ cascade: true, warnings: true })
  .extend({ commands: z.array(resultSchema).describe('What became of each of its commands') })
  .meta({ id: 'AppliedTemplate' });

export const applicationSchema = z
  .object({
    commandId: z.guid().describe('As sent, or made for this call'),
    position: positionSchema.describe('Read with minPosition, this shows what the call did'),
    results: z
      .array(appliedSchema)
      .describe(
        'In the order of ticketIds; each with the status that needs most attention among its commands',
      ),
  })
  .meta({ id: 'TemplateApplication' });
export type ApplicationAnswer = z.output<typeof applicationSchema>;

export const applicationView = (
  { commandId, position, tickets }: TemplateOutcome,
  language: AnswerLanguage,
): ApplicationAnswer => ({
  commandId,
  position: String(position),
  results: tickets.map((ticket, index) => appliedView(ticket, index, language)),
});

/** What needs most attention comes first: what is to be shown, what is to be sent again, what happened. */
const byAttention = ['refused', 'retry', 'applied', 'duplicate', 'unchanged'] as const;

const appliedView = (
  { ticketId, commandId, commands: results }: AppliedToTicket,
  index: number,
  language: AnswerLanguage,
): ApplicationAnswer['results'][number] => {
  const commands = results.map((result, at) =>
    resultView(result, language, (field) => placeOf(field, index, at)),
  );
  const status =
    byAttention.find((each) => commands.some((command) => command.status === each)) ?? 'unchanged';
  const { problem } = commands.find((command) => command.status === status) ?? {};
  const revisions = commands.flatMap(({ revision }: Result) => (revision === undefined ? [] : [revision]));
  return {
    ...{ commandId, status, ticketId },
    ...(revisions.length > 0 ? { revision: Math.max(...revisions) } : {}),
    ...(problem ? { problem } : {}),
    commands,
  };
};

/** Where a field of a command stands: its ticket's id in the call, every other field in the template. */
const placeOf = (field: string, ticket: number, command: number): string =>
  field === '/ticketId' || field === '' ? `/ticketIds/${ticket}` : `/commands/${command}${field}`;
