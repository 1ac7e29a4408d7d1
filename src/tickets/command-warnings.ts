import type { Warning } from '../platform/warnings-schema.js';
import { surprisingCodesIn } from '../shared/identifiers/identifiers.js';

/** Fields that name things, not texts that people write about people. An assignee may go by an e-mail address. */
const names: ReadonlySet<string> = new Set([
  ...['type', 'commandId', 'ticketId', 'ticketIds', 'occurredAt', 'into', 'to'],
  ...['establishment', 'site', 'team', 'assignee', 'category', 'priority', 'code'],
]);

/** Where people write how somebody is reached. */
const contacts: ReadonlySet<string> = new Set(['/requester/contact']);

/**
 * The warnings about a command's texts. They are made from its body alone, so that the same command sent again has the same ones; a
 * field that is new is looked at unless it is listed above.
 */
const warningsOf = (body: object, path = ''): Warning[] =>
  Object.entries(body).flatMap(([name, value]: [string, unknown]): Warning[] => {
    if (names.has(name)) return [];
    const pointer = `${path}/${name}`;
    if (typeof value === 'string') {
      const isContact = contacts.has(pointer);
      return surprisingCodesIn(value, { isContact }).map((code) => ({ code, pointer }));
    }
    return typeof value === 'object' && value !== null ? warningsOf(value, pointer) : [];
  });

/** The warnings as a member of an answer: none where there are none. */
export const withWarnings = (body: object): { warnings?: Warning[] } => {
  const warnings = warningsOf(body);
  return warnings.length > 0 ? { warnings } : {};
};
