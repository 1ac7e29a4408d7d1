interface Told {
  message?: unknown;
  code?: unknown;
  errors?: unknown;
  name?: unknown;
}

/**
 * What an error says, never nothing: Node's of several addresses has no message, but the errors it gathers have. Told by what it
 * holds, not by its class: an error from Node's own network code may be of another realm's Error.
 */
export const messageOf = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return String(error);
  const { message, code, errors, name } = error as Told;
  if (isSaid(message)) return message;
  if (Array.isArray(errors) && errors.length > 0) return errors.map(messageOf).join(', ');
  return [code, name].find(isSaid) ?? 'an error that says nothing';
};

const isSaid = (text: unknown): text is string => typeof text === 'string' && text !== '';
