import { codeOf, messageOf } from '../../../../shared/message-of.js';

const sentences: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'not a folder',
  ENOTDIR: 'not a folder',
  ENAMETOOLONG: 'the path is too long',
};

/** An error as one line; the file system's usual errors are put in words. */
export const reasonOf = (error: unknown): string => {
  const message = messageOf(error).replaceAll(/\s*\n\s*/g, ' / ');
  const sentence = sentences[codeOf(error) ?? ''];
  return sentence ? `${sentence} (${message})` : message;
};

/** The end of PostgreSQL's output, in one line: its last three complaints if it has any, else its last three lines. */
export const lastWords = (output: string): string => {
  const lines = output
    .split('\n')
    .map((line) => line.replace(/^.*\d{4}-\d\d-\d\d [\d:.]+ \S+ \[\d+\] /, '').trim())
    .filter((line) => line !== '');
  const complaints = lines.filter((line) =>
    /\b(error|fatal|panic|hint|could not|cannot|denied)\b/i.test(line),
  );
  return (complaints.length > 0 ? complaints : lines).slice(-3).join(' / ') || 'it said nothing';
};
