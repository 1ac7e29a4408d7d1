import { z } from 'zod';

const names = ['api', 'projections'] as const;

/** What a process does: serve requests, fold the log into read models, or both. */
export type ProcessRole = (typeof names)[number];

const error = `expected ${names.join(' or ')}, or both with a comma between`;

/** `api,projections` in any order. */
export const processRoles = z
  .string()
  .transform((list) => list.split(',').map((name) => name.trim()))
  .pipe(z.array(z.enum(names, { error })))
  .transform((given): ReadonlySet<ProcessRole> => new Set(given));
