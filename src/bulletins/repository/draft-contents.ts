import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { daySchema } from '../../calendar/day-schema.js';
import { Establishments, unknownPlace } from '../../establishments/index.js';
import { bilingual } from '../../shared/text/bilingual.js';
import { line, text } from '../../platform/text-schema.js';
import type { Contents } from '../domain/bulletin.events.js';

const markdown = text(20_000).describe('Markdown; HTML in it is printed as the text it is');

const releveBody = z
  .strictObject({
    code: z
      .string()
      .max(60)
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
        error: () =>
          bilingual({
            fr: 'attendu: des minuscules, des chiffres et des traits d’union, p. ex. connected-users',
            en: 'expected lower case letters, digits and hyphens, e.g. connected-users',
          }),
      })
      .describe(
        'connected-users, accesses-done, simultaneous-users, direct-prescriptions and documented-surgeries have sentences of their own; any other is printed under its label.',
      ),
    day: daySchema.describe('The day it was taken on: its own, not the bulletin’s'),
    value: z.number().min(0).max(Number.MAX_SAFE_INTEGER),
    total: z
      .number()
      .positive()
      .max(Number.MAX_SAFE_INTEGER)
      .optional()
      .describe('What the value is a part of'),
    unit: line(30).optional().describe('`%` where the value is a percentage itself'),
    target: z.number().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
    targetNote: line(200).optional().describe('By when, says who: printed after the target'),
    source: line(200).optional().describe('Who or what it was taken from'),
    label: line(200)
      .optional()
      .describe('How the bulletin names it, where its code has no sentence of its own'),
  })
  .meta({ id: 'Releve' });

export const draftBody = z
  .strictObject({
    ticketDay: daySchema.describe('The day whose tickets the bulletin tells of'),
    weekChart: z.boolean().optional().describe('Shows the seven days up to the ticket day as a chart'),
    sections: z.strictObject({
      bilan: markdown.optional(),
      faitsSaillants: z
        .array(
          z.strictObject({
            establishment: line(200).optional().describe('Code, name or alias; all of them where left out'),
            text: markdown,
          }),
        )
        .max(50)
        .optional(),
      objectif: markdown.optional(),
    }),
    releves: z
      .array(releveBody)
      .max(100)
      .refine((all) => new Set(all.map(({ code, day }) => `${day} ${code}`)).size === all.length, {
        error: () =>
          bilingual({ fr: 'deux fois le même code pour un jour', en: 'the same code twice for one day' }),
      })
      .optional(),
  })
  .meta({ id: 'BulletinDraft' });
export type DraftBody = z.output<typeof draftBody>;

/** Turns the body that a producer sent into the contents that a bulletin keeps. */
@Injectable()
export class DraftContents {
  constructor(private readonly establishments: Establishments) {}

  /** The contents of a body. Throws `unknown-establishment`. */
  of({ ticketDay, sections, releves = [], weekChart = false }: DraftBody): Contents {
    const { bilan, objectif, faitsSaillants } = sections;
    return {
      ticketDay,
      releves,
      ...(weekChart ? { weekChart } : {}),
      sections: {
        ...(bilan === undefined ? {} : { bilan }),
        ...(objectif === undefined ? {} : { objectif }),
        ...(faitsSaillants === undefined
          ? {}
          : {
              faitsSaillants: faitsSaillants.map(({ establishment, text }, index) =>
                establishment === undefined
                  ? { text }
                  : { establishment: this.named(establishment, index), text },
              ),
            }),
      },
    };
  }

  /**
   * An establishment as it was written, and the name to print: the written one where it is a name or an alias of the list; else the
   * first alias, by which the network knows the establishment.
   */
  private named(written: string, index: number): { written: string; name: string } {
    const found = this.establishments.find(written);
    if (!found)
      throw unknownPlace('unknown-establishment', `/sections/faitsSaillants/${index}/establishment`);
    const { name, aliases } = found;
    return { written, name: [name, ...aliases].includes(written) ? written : (aliases[0] ?? name) };
  }
}
