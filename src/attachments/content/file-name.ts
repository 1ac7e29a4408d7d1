import { DomainError } from '../../shared/problems/domain-error.js';
import { line } from '../../platform/text-schema.js';
import { decodeUtf8 } from '../../shared/text/utf8.js';

const maxLength = 255;
const nameSchema = line(maxLength);

/**
 * What the sender calls the file, from its header: UTF-8, percent-encoded or not, without the folders it was in. Throws `malformed`.
 */
export const fileNameOf = (header: string | undefined): string => {
  const { data } = nameSchema.safeParse(header === undefined ? undefined : baseName(decoded(header)));
  if (data !== undefined && data !== '.' && data !== '..') return data;
  throw notAName();
};

const decoded = (header: string): string => {
  let text: string;
  try {
    // Node gives the bytes of a header as Latin-1.
    text = decodeUtf8(Buffer.from(header, 'latin1'));
  } catch (cause) {
    throw notAName(cause);
  }
  try {
    return decodeURIComponent(text);
  } catch {
    // «100 %.txt» is a name as well.
    return text;
  }
};

const baseName = (path: string): string => path.split(/[\\/]/).at(-1) ?? '';

const notAName = (cause?: unknown): DomainError => {
  const message = {
    fr: `attendu: le nom du fichier, ${maxLength} caractères au plus, en UTF-8, codé en % au besoin`,
    en: `expected the file’s name, ${maxLength} characters at most, in UTF-8, %-encoded where needed`,
  };
  return new DomainError('malformed', { errors: [{ pointer: 'X-File-Name', message }], cause });
};

/** A `Content-Disposition` (RFC 6266): ASCII for old programs, and the name itself. */
export const contentDisposition = (kind: 'attachment' | 'inline', name: string): string => {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
};
