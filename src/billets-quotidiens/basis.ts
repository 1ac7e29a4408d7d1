import { z } from 'zod';
import { bases } from './queries/read-daily-figures.js';

export const basisQuery = {
  basis: z
    .enum(bases)
    .optional()
    .describe('Whose midnights cut the days: each site’s own (unless told), or the reporting zone’s for all'),
};
