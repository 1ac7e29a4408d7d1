import { z } from 'zod';

/** Whose midnights cut the days: each site's own, or the reporting zone's for all of them. */
const bases = ['site', 'reporting-zone'] as const;
export type Basis = (typeof bases)[number];

export const basisQuery = {
  basis: z
    .enum(bases)
    .optional()
    .describe('Whose midnights cut the days: each site’s own (unless told), or the reporting zone’s for all'),
};
