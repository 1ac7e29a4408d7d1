interface Explained {
  message?: unknown;
  code?: unknown;
  errors?: unknown;
  cause?: unknown;
  name?: unknown;
}

/**
 * The message of an error, never empty. Node's error for a host of several addresses has no message, but the errors it gathers have.
 * Errors are recognised by what they hold and not by their class: those of Node's own network code may come from another realm.
 */
export const messageOf = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return String(error);
  const { message, code, errors, name } = error as Explained;
  if (isSaid(message)) return message;
  if (Array.isArray(errors) && errors.length > 0) return errors.map(messageOf).join(', ');
  return [code, name].find(isSaid) ?? 'an error that says nothing';
};

/** Node's code of an error, such as ENOENT; undefined where it has none, or a number, as gRPC's have. */
export const codeOf = (error: unknown): string | undefined => {
  const { code } = (error ?? {}) as Explained;
  return typeof code === 'string' ? code : undefined;
};

/** Why a request got no answer: `fetch` rejects with an error whose cause holds the reason. */
export const whyUnanswered = (error: unknown): string => {
  const { cause } = (error ?? {}) as Explained;
  return messageOf(cause ?? error);
};

const isSaid = (text: unknown): text is string => typeof text === 'string' && text !== '';
