import { z } from 'zod';
import { positionSchema } from '../../platform/positions.js';
import { changesOf, textChanges, type Publication, type WrittenBulletin } from '../domain/bulletin.js';
import { sectionNames, type Cause, type FigureChange } from '../domain/bulletin.events.js';
import { figureChangeSchema, releveSchema, releveView, withBy, withdrawalSchema } from '../bulletin.view.js';

const totalChangeSchema = figureChangeSchema.omit({ establishment: true });

const revisionSchema = z
  .object({
    revision: z.int().describe('1 is the first publication'),
    publishedAt: z.iso.datetime(),
    publishedBy: z.string(),
    position: positionSchema,
    knownAt: z.iso.datetime(),
    definitionsVersion: z.int(),
    total: z.array(totalChangeSchema).describe('By how much each figure changed in total'),
    changes: z
      .array(
        figureChangeSchema.extend({
          events: z.array(
            z.object({
              ticketId: z.string(),
              type: z.string(),
              position: positionSchema,
              occurredAt: z.iso.datetime(),
              recordedAt: z.iso.datetime(),
              delta: z.int(),
            }),
          ),
        }),
      )
      .describe('The same by establishment, with the events because of which; their deltas add up to `by`'),
    texts: z.array(z.enum(sectionNames)).describe('Sections whose text changed'),
    releves: z
      .array(
        z.object({
          code: z.string(),
          day: z.iso.date(),
          from: releveSchema.nullable(),
          to: releveSchema.nullable(),
        }),
      )
      .describe('Relevés that changed, came or went'),
  })
  .meta({ id: 'BulletinRevision' });

export const revisionsSchema = z
  .object({
    items: z.array(revisionSchema),
    withdrawals: z.array(withdrawalSchema).describe('Each time it was withdrawn, oldest first'),
  })
  .meta({ id: 'BulletinRevisions' });

/** Every publication, oldest first, each with what differs from the publication before. */
export const revisionsView = ({
  publications,
  withdrawals,
}: WrittenBulletin): z.output<typeof revisionsSchema> => ({
  items: publications.map((publication, index) => revisionView(publication, publications[index - 1])),
  withdrawals: [...withdrawals],
});

const revisionView = (
  publication: Publication,
  before: Publication | undefined,
): z.output<typeof revisionSchema> => {
  const { revision, publishedAt, publishedBy, figures, changes, causes, contents } = publication;
  const { position, knownAt, definitionsVersion } = figures;
  const texts = before ? textChanges(before.contents, contents) : { sections: [], releves: [] };
  return {
    revision,
    publishedAt,
    publishedBy,
    position,
    knownAt,
    definitionsVersion,
    total: before ? changesOf(before.figures.total, figures.total).map(withBy) : [],
    changes: changes.map((change) => ({ ...withBy(change), events: eventsOf(change, causes) })),
    texts: texts.sections,
    releves: texts.releves.map(({ code, day, from, to }) => ({
      code,
      day,
      from: from && releveView(from),
      to: to && releveView(to),
    })),
  };
};

const eventsOf = ({ establishment, figure }: FigureChange, causes: readonly Cause[]) =>
  causes
    .filter((cause) => cause.establishment === establishment)
    .flatMap(({ ticketId, type, position, occurredAt, recordedAt, delta }) => {
      const change = delta[figure];
      return change === undefined
        ? []
        : [{ ticketId, type, position, occurredAt, recordedAt, delta: change }];
    });
