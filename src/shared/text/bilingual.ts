import type { Language, Text } from './text.js';

/** No message of anybody's begins so: zod cleans nothing, and what people write stands within a message of ours. */
const mark = '\u0000text:';

/** A text as the message of a schema, which can only be a string: both languages of it, until its reader's is known (`textOfMessage`). */
export const bilingual = ({ fr, en }: Text): string => mark + JSON.stringify([fr, en]);

/** What `bilingual` was given; any other message as it is. */
export const textOfMessage = (message: string): string | Text => {
  if (!message.startsWith(mark)) return message;
  const [fr, en] = JSON.parse(message.slice(mark.length)) as [string, string];
  return { fr, en };
};

/** A text in one language; what has none is as it is. */
export const inLanguage = (text: string | Text, language: Language): string =>
  typeof text === 'string' ? text : text[language];
