import { z } from 'zod';
import { bilingual } from '../shared/text/bilingual.js';

/** A day of the years that both Temporal and PostgreSQL can name, 1970 to 9998. */
export const daySchema = z.iso
  .date({ abort: true })
  .refine((day) => day >= '1970-01-01' && day <= '9998-12-31', {
    error: () =>
      bilingual({
        fr: 'attendu: un jour de 1970 à 9998, p. ex. 2026-05-15',
        en: 'expected a day from 1970 to 9998, e.g. 2026-05-15',
      }),
  })
  .meta({ format: 'date' });
