import { z } from 'zod';
import { isText, isVisible, plainText, type TextKind } from '../shared/text/plain-text.js';
import { bilingual } from '../shared/text/bilingual.js';

/** The OpenAPI keyword that every text written by people carries; a test looks for strings that lack it. */
const textKindKeyword = 'x-text';

let keepsAsWritten = false;

/** Within `parse`, texts are trimmed but not cleaned: logs hold commands from before texts were cleaned, which must parse as they were. */
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
    // An empty text, or one that isText refuses, is reported elsewhere: a field gets one message at a time.
    .refine((value) => value === '' || !isText(value) || isVisible(value), {
      error: () =>
        bilingual({
          fr: 'ne contient rien qu’on puisse lire',
          en: 'contains nothing that can be read',
        }),
    })
    .refine(isText, {
      error: () =>
        bilingual({
          fr: 'contient un caractère qui n’est pas du texte (NUL, demi-caractère ou non-caractère)',
          en: 'contains a character that is not text (NUL, half a character or a noncharacter)',
        }),
    })
    .meta({ [textKindKeyword]: kind });

/**
 * Prose that a person wrote, on any number of lines: cleaned by `plainText`, not empty to the eye, and fit to be stored.
 * `maxLength` is in UTF-16 code units, as JavaScript counts.
 */
export const text = (maxLength: number) => textOf('prose', maxLength);

/** A name or another text on one line; otherwise the same as `text`. */
export const line = (maxLength: number) => textOf('line', maxLength);
