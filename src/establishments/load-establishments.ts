import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { StartRefused } from '../config/start-refused.js';
import { codeOf } from '../shared/message-of.js';
import { decodeUtf8 } from '../shared/text/utf8.js';
import { Establishments, establishmentsSchema } from './establishments.js';

const builtIn = new URL('./establishments.json', import.meta.url);

/** The establishments of a file, or of the list in the product where no file is given. Throws StartRefused naming ESTABLISHMENTS_FILE. */
export const loadEstablishments = (file: string | undefined, reportingTimeZone: string): Establishments => {
  try {
    const list = establishmentsSchema.parse(JSON.parse(decodeUtf8(readFileSync(file ?? builtIn))));
    return new Establishments(list.establishments, reportingTimeZone);
  } catch (error) {
    const reason = reasonOf(error);
    throw new StartRefused(
      `ESTABLISHMENTS_FILE: ${file ?? builtIn.pathname} can't be used: ${reason.replace(/\s+/g, ' ')}`,
    );
  }
};

const reasonOf = (error: unknown): string => {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return codeOf(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'it is not UTF-8' : String(error);
};
