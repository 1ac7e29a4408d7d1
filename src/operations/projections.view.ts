import { z } from 'zod';
import type { DeadLetter } from '../platform/projections/dead-letters/dead-letters.js';
import { projectionStates, type ProjectionStatus } from '../platform/projections/status/projection-status.js';
import { positionSchema } from '../platform/positions.js';

const row = z.record(z.string(), z.unknown());
const differencesSchema = z.object({
  position: positionSchema.describe('Both were compared at this position'),
  rows: z.int(),
  different: z.int(),
  first: z.array(z.object({ table: z.string(), key: row, served: row.nullable(), expected: row.nullable() })),
});

export const projectionSchema = z
  .object({
    name: z.string(),
    version: z.int(),
    generation: z.int().describe('How often its rows have been made from the beginning'),
    state: z.enum(projectionStates),
    position: positionSchema,
    lagEvents: z
      .int()
      .nullable()
      .describe('null while the log can’t be read, or its positions don’t count events'),
    lagSeconds: z.number().nullable(),
    rate: z.number().describe('Events a second'),
    batchSize: z.int(),
    leader: z.string().nullable().describe('host:process:id'),
    epoch: z.string(),
    lastError: z.string().nullable(),
    failingSince: z.iso.datetime().nullable().describe('null while it does not fail'),
    incomplete: z.int().describe('Tickets of which something is put aside'),
    verification: differencesSchema
      .nullable()
      .describe('What comparing these rows with the ones they replaced came to'),
    rebuild: z
      .object({
        generation: z.int(),
        version: z.int(),
        startedAt: z.iso.datetime(),
        position: positionSchema,
        of: positionSchema.nullable(),
        rate: z.number(),
        secondsLeft: z.number().nullable(),
        leader: z.string().nullable(),
        lastError: z.string().nullable(),
        incomplete: z.int(),
      })
      .nullable(),
  })
  .meta({ id: 'Projection' });

export const projectionsSchema = z.object({ items: z.array(projectionSchema) }).meta({ id: 'Projections' });

export const deadLetterSchema = z
  .object({
    id: z.string(),
    projection: z.string(),
    generation: z.int(),
    stream: z.string(),
    revision: z.int(),
    position: positionSchema,
    eventType: z.string(),
    error: z.string(),
    attempts: z.int(),
    waiting: z.int().describe('Later events of the stream that wait behind it'),
    failedAt: z.iso.datetime(),
  })
  .meta({ id: 'DeadLetter' });

/** The id of a dead letter in a path. */
export const deadLetterId = z.string().regex(/^\d{1,18}$/);

export const deadLettersSchema = z.object({ items: z.array(deadLetterSchema) }).meta({ id: 'DeadLetters' });

export const retriedSchema = z
  .object({ id: z.string(), outcome: z.literal('applied'), events: z.int() })
  .meta({ id: 'Retried' });

export const projectionView = (status: ProjectionStatus): z.output<typeof projectionSchema> => {
  const { name, version, generation, state, lagEvents, lagSeconds, batchSize, leader, lastError } = status;
  const { rebuild, verification, incomplete } = status;
  return {
    ...{ name, version, generation, state, position: String(status.position), lagEvents, lagSeconds },
    ...{ rate: Math.round(status.rate), batchSize, leader, epoch: String(status.epoch), lastError },
    failingSince: status.failingSince,
    ...{ incomplete, verification: verification && { ...verification, first: [...verification.first] } },
    rebuild: rebuild && {
      ...rebuild,
      position: String(rebuild.position),
      of: rebuild.of === null ? null : String(rebuild.of),
      rate: Math.round(rebuild.rate),
    },
  };
};

export const deadLetterView = (letter: DeadLetter): z.output<typeof deadLetterSchema> => {
  const { id, name, generation, stream, revision, position, eventType, error, attempts, waiting } = letter;
  return {
    ...{ id, projection: name, generation, stream, revision, position: String(position) },
    ...{ eventType, error, attempts, waiting, failedAt: letter.failedAt },
  };
};
