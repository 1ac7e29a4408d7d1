import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { StartRefused } from '../config/start-refused.js';
import { Establishments, establishmentsSchema } from './establishments.js';

const carried = new URL('./establishments.json', import.meta.url);

/** The establishments of a file, or of the list the product carries. Throws StartRefused naming ESTABLISHMENTS_FILE. */
export const loadEstablishments = (file: string | undefined, reportingTimeZone: string): Establishments => {
  try {
    const list = establishmentsSchema.parse(JSON.parse(readFileSync(file ?? carried, 'utf8')));
    return new Establishments(list.establishments, reportingTimeZone);
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new StartRefused(
      `ESTABLISHMENTS_FILE: ${file ?? carried.pathname} can't be used: ${reason.replace(/\s+/g, ' ')}`,
    );
  }
};
