import { fieldErrors } from '../../platform/field-errors.js';
import { line } from '../../platform/text-schema.js';
import { masked } from '../../shared/identifiers/identifiers.js';
import { DomainError } from '../../shared/problems/domain-error.js';
import { decodeUtf8 } from '../../shared/text/utf8.js';

const maxLength = 200;
const purposeSchema = line(maxLength);

export const purposeHeader = {
  name: 'X-Purpose',
  required: false,
  description: `Why: it stands in the access log, and holds no name of a patient: health insurance numbers, phone numbers and addresses are masked. At most ${maxLength} visible characters`,
  schema: { type: 'string' as const, maxLength },
};

/**
 * Why someone reads, where they say so, with what names or reaches a person masked: the access log keeps it in plain, for years, and no
 * erasure reaches it. Throws `malformed` for what is empty, too long, or no text.
 */
export const purposeOf = (header: string | string[] | undefined): string | undefined => {
  if (header === undefined) return undefined;
  const { data, error } = purposeSchema.safeParse(decoded(String(header)));
  if (error) throw new DomainError('malformed', { errors: fieldErrors(error.issues, purposeHeader.name) });
  return masked(data);
};

/** Node reads each byte as a character. Most clients send UTF-8; browsers send nothing beyond Latin-1, a byte a character. */
const decoded = (header: string): string => {
  try {
    return decodeUtf8(Buffer.from(header, 'latin1'));
  } catch {
    return header;
  }
};
