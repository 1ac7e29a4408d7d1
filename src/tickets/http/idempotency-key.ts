import type { Principal } from '../../access/index.js';
import { Problem } from '../../platform/http/problems/problem.js';
import { uuidFromName } from '../../platform/uuid-from-name.js';

export const idempotencyKeyHeader = {
  name: 'Idempotency-Key',
  required: false,
  description:
    'Stands for a commandId where the body has none: the same key of the same caller is the same command, however much later; 422 with another body.',
  schema: { type: 'string' as const, maxLength: 255 },
};

const keyNamespace = '5d2c7c33-0a53-5b0e-8b8e-2f9d2a7c41aa';
const acceptable = /^[\x21-\x7e]{1,255}$/;

/**
 * The command id that a caller's `Idempotency-Key` stands for. It is made from the caller's id and the key, so that nothing has to be
 * kept but the events themselves. Throws `malformed`.
 */
export const commandIdOfKey = (
  principal: Principal,
  key: string | string[] | undefined,
): string | undefined => {
  if (key === undefined) return undefined;
  if (typeof key === 'string' && acceptable.test(key)) {
    return uuidFromName(JSON.stringify([principal.id, key]), keyNamespace);
  }
  const message = {
    fr: 'attendu: 1 à 255 caractères ASCII visibles, sans espace',
    en: 'expected 1 to 255 visible ASCII characters, no space',
  };
  throw new Problem('malformed', { errors: [{ pointer: 'Idempotency-Key', message }] });
};
