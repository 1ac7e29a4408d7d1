import { z } from 'zod';
import { identifierCodes } from '../shared/identifiers/identifiers.js';

const warningSchema = z
  .object({
    code: z.enum(identifierCodes).describe('What was noticed in a text'),
    pointer: z.string().describe('The text, as a JSON pointer into what was sent'),
  })
  .meta({ id: 'Warning' });
export type Warning = z.output<typeof warningSchema>;

export const warningsSchema = z
  .array(warningSchema)
  .optional()
  .describe('What the texts hold that names or reaches a person; absent where nothing was noticed');
