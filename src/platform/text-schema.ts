import { z } from 'zod';
import { isText, isVisible, plainText, type TextKind } from '../shared/plain-text.js';
import { localized } from './request-context.js';

/** In the OpenAPI document, beside every text that people write; a test looks there for a string that is none of these. */
const textKindKeyword = 'x-text';

let keepsAsWritten = false;

/** What is parsed within keeps its texts as they were written, trimmed, as all were before they were cleaned: such commands are in logs. */
export const withTextsAsWritten = <Parsed>(parse: () => Parsed): Parsed => {
  keepsAsWritten = true;
  try {
    return parse();
  } finally {
    keepsAsWritten = false;
  }
};

const textOf = (kind: TextKind, maxLength: number) =>
  z
    .string()
    .overwrite((written) => (keepsAsWritten ? written.trim() : plainText(written, kind)))
    .min(1)
    .max(maxLength)
    // One thing about a field at a time.
    .refine((value) => value === '' || !isText(value) || isVisible(value), {
      error: () =>
        localized({
          fr: 'ne contient rien qu’on puisse lire',
          en: 'contains nothing that can be read',
        }),
    })
    .refine(isText, {
      error: () =>
        localized({
          fr: 'contient un caractère qui n’est pas du texte (NUL, demi-caractère ou non-caractère)',
          en: 'contains a character that is not text (NUL, half a character or a noncharacter)',
        }),
    })
    .meta({ [textKindKeyword]: kind });

/**
 * Prose that a person wrote, on any number of lines: cleaned as `plainText` says, with something to read, and fit to be stored.
 * The length is in UTF-16 code units, as JavaScript counts.
 */
export const text = (maxLength: number) => textOf('prose', maxLength);

/** A name or another text that stands on one line; else the same. */
export const line = (maxLength: number) => textOf('line', maxLength);
