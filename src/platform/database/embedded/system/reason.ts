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

/** One line that says why, in words for the usual refusals of the file system. */
export const reasonOf = (error: unknown): string => {
  const message = messageOf(error).replaceAll(/\s*\n\s*/g, ' / ');
  const sentence = sentences[codeOf(error) ?? ''];
  return sentence ? `${sentence} (${message})` : message;
};

/** What PostgreSQL said last, in one line: its complaints when there are any, else its last three lines. */
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
