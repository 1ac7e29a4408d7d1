import { z } from 'zod';
import { localized } from './request-context.js';

/** Text a person wrote: trimmed, not empty, and fit to be stored. */
export const text = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((value) => value.isWellFormed() && !value.includes('\u0000'), {
      error: () =>
        localized({
          fr: 'contient un caractère qui n’est pas du texte (NUL ou demi-caractère)',
          en: 'contains a character that is not text (NUL or half a character)',
        }),
    });
