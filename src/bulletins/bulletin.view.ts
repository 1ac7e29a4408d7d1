import { z } from 'zod';
import { behindMember, behindShape, type Behind } from '../billets-quotidiens/index.js';
import { positionSchema } from '../platform/positions.js';
import { type Warning, warningsSchema } from '../platform/warnings-schema.js';
import { healthNumberPointers } from '../shared/identifiers/health-numbers-refused.js';
import {
  bulletinStatuses,
  changesBetween,
  currentWithdrawal,
  isDraftChanged,
  type Publication,
  type WrittenBulletin,
  type WrittenReleve,
} from './domain/bulletin.js';
import {
  figureNames,
  type Contents,
  type KnownFigures,
  type Releve,
  type Sections,
} from './domain/bulletin.events.js';
import { percentOf } from './domain/percent.js';
import type { PublicationProof } from './signing/publication-signer.js';

const count = z.int();
const instantText = z.iso.datetime();
const orNull = <Schema extends z.ZodType>(schema: Schema) => schema.nullable();

const figuresShape = Object.fromEntries(figureNames.map((name) => [name, count])) as Record<
  (typeof figureNames)[number],
  typeof count
>;

const knownFiguresSchema = z
  .object({
    timeZone: z.string(),
    total: z.object(figuresShape),
    establishments: z.array(z.object({ code: z.string(), name: z.string(), ...figuresShape })),
    week: z
      .array(z.object({ date: z.iso.date(), opened: count, resolved: count }))
      .optional()
      .describe('The days of its chart, where it has one'),
    position: positionSchema.describe('Every event up to here is counted'),
    knownAt: instantText,
    definitionsVersion: z.int(),
  })
  .meta({ id: 'KnownFigures' });

export const releveSchema = z.object({
  code: z.string(),
  day: z.iso.date(),
  value: z.number(),
  total: orNull(z.number()),
  unit: orNull(z.string()),
  target: orNull(z.number()),
  targetNote: orNull(z.string()),
  source: orNull(z.string()),
  label: orNull(z.string()),
  percent: orNull(z.number()).describe('Of the total, to one decimal; computed'),
});

export const figureChangeSchema = z.object({
  establishment: z.string(),
  figure: z.enum(figureNames),
  from: count,
  to: count,
  by: count,
});

export const withBy = <Change extends { from: number; to: number }>(change: Change) => ({
  ...change,
  by: change.to - change.from,
});

export const withdrawalSchema = z
  .object({
    revision: z.int().describe('The publication that stood until then'),
    reason: z.string(),
    withdrawnAt: instantText,
    withdrawnBy: z.string(),
  })
  .meta({ id: 'Withdrawal' });

export const bulletinSchema = z
  .object({
    date: z.iso.date(),
    status: z.enum(bulletinStatuses).describe('Of the bulletin; what this answer shows is `revision`'),
    revision: z.int().describe('The publication shown here: 1 for the first, 0 for a draft'),
    lastRevision: z.int().describe('The newest publication; 0 before the first'),
    ticketDay: z.iso.date(),
    weekChart: z.boolean().describe('It shows the seven days up to the ticket day as a chart'),
    sections: z.object({
      bilan: z.string().optional(),
      faitsSaillants: z
        .array(z.object({ establishment: z.string().optional(), text: z.string() }))
        .optional(),
      objectif: z.string().optional(),
    }),
    releves: z.array(
      releveSchema.extend({
        history: z
          .array(
            z.object({
              value: z.number(),
              total: orNull(z.number()),
              target: orNull(z.number()),
              source: orNull(z.string()),
              writtenAt: instantText,
              writtenBy: z.string(),
            }),
          )
          .describe('Every value it had, oldest first'),
      }),
    ),
    figures: orNull(knownFiguresSchema).describe(
      'Frozen where published, as they are known now in a draft; null where the ticket day has not begun',
    ),
    ...behindShape,
    withdrawal: orNull(withdrawalSchema).describe(
      'While the bulletin is withdrawn: what it says no longer stands',
    ),
    publishedAt: orNull(instantText),
    publishedBy: orNull(z.string()),
    log: orNull(
      z.object({
        id: z.string().describe('The log’s identity'),
        position: positionSchema.describe('Where its figures were counted'),
        hash: z.string().describe('Of every event up to there: SHA-256'),
      }),
    ).describe('The log that a publication’s figures were counted from; null where none was recorded'),
    signature: orNull(
      z.object({
        kid: z.string().describe('The key’s, as in /.well-known/bulletin-keys.json'),
        algorithm: z.literal('Ed25519'),
        value: z.string().describe('In base64url, of the bytes of `signedPayload`'),
        signedPayload: z.string().describe('Date, revision, figures, log and the texts’ hash'),
        signedTexts: z.string().describe('The texts and relevés whose SHA-256 is in it'),
        verification: z.enum(['verified', 'invalid', 'unknown-key']).describe('As this server finds it'),
      }),
    ).describe('Null for a draft, and for what was published unsigned'),
    draft: z.object({
      changed: z.boolean().describe('Something was written since the last publication'),
      writtenAt: instantText,
      writtenBy: z.string(),
    }),
    differences: z
      .array(figureChangeSchema)
      .describe(
        'Figures of the ticket day that are no longer what is shown here; a revision would publish them',
      ),
    warnings: warningsSchema,
  })
  .meta({ id: 'Bulletin' });
export type BulletinView = z.output<typeof bulletinSchema>;

/**
 * What is noticed in a body that is or will be published, as a member of the answer to it: health insurance numbers alone, since a
 * bulletin does say whom one may call and write to.
 */
export const bulletinWarnings = (body: object): { warnings?: Warning[] } => {
  const warnings = healthNumberPointers(body).map((pointer) => ({ code: 'health-number' as const, pointer }));
  return warnings.length > 0 ? { warnings } : {};
};

/** The state of a bulletin that readers are shown: one of its publications, or its draft with the figures as known now. */
export interface PublishedView {
  revision: number;
  contents: Contents;
  /** Undefined where the ticket day of a draft has not begun. */
  figures: KnownFigures | undefined;
  publication: Publication | undefined;
  /** Undefined for what is not signed. */
  proof: PublicationProof | undefined;
}

export const bulletinView = (
  date: string,
  bulletin: WrittenBulletin,
  { revision, contents, figures, publication, proof }: PublishedView,
  now: KnownFigures | undefined,
  behind: Behind | undefined,
): BulletinView => ({
  date,
  status: bulletin.status,
  revision,
  lastRevision: bulletin.publications.length,
  ticketDay: contents.ticketDay,
  weekChart: contents.weekChart ?? false,
  sections: sectionsView(contents.sections),
  releves: contents.releves.map((releve) => ({
    ...releveView(releve),
    history: historyOf(releve, bulletin.writtenReleves),
  })),
  figures: figures ?? null,
  ...behindMember(behind),
  withdrawal: currentWithdrawal(bulletin) ?? null,
  publishedAt: publication?.publishedAt ?? null,
  publishedBy: publication?.publishedBy ?? null,
  log: publication?.log ?? null,
  signature: proof ? signatureView(proof) : null,
  draft: {
    changed: isDraftChanged(bulletin),
    writtenAt: bulletin.draftedAt,
    writtenBy: bulletin.draftedBy,
  },
  differences: figures && now ? changesBetween(figures, now).map(withBy) : [],
});

const signatureView = ({ kid, value, payload, texts, verification }: PublicationProof) => ({
  ...{ kid, algorithm: 'Ed25519' as const, value, verification },
  ...{ signedPayload: payload, signedTexts: texts },
});

/** The sections in the shape in which a draft is written. */
const sectionsView = ({ faitsSaillants, ...texts }: Sections): BulletinView['sections'] => ({
  ...texts,
  ...(faitsSaillants === undefined
    ? {}
    : {
        faitsSaillants: faitsSaillants.map(({ establishment, text }) =>
          establishment === undefined ? { text } : { establishment: establishment.written, text },
        ),
      }),
});

export const releveView = (releve: Releve): z.output<typeof releveSchema> => ({
  code: releve.code,
  day: releve.day,
  value: releve.value,
  total: releve.total ?? null,
  unit: releve.unit ?? null,
  target: releve.target ?? null,
  targetNote: releve.targetNote ?? null,
  source: releve.source ?? null,
  label: releve.label ?? null,
  percent: percentOf(releve) ?? null,
});

const historyOf = ({ code, day }: Releve, written: readonly WrittenReleve[]) =>
  written
    .filter((releve) => releve.code === code && releve.day === day)
    .map(({ value, total, target, source, writtenAt, writtenBy }) => ({
      value,
      total: total ?? null,
      target: target ?? null,
      source: source ?? null,
      writtenAt,
      writtenBy,
    }));
