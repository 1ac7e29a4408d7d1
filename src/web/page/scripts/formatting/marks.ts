/** A text and what of it is selected, from `start` up to `end`. */
export interface Selected {
  text: string;
  start: number;
  end: number;
}

const bold = '**';
const item = /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+/;
/** A line in three parts: the sign of its item, its text, and the blanks at its end. */
const parts = /^([ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(.*?)([ \t]*)$/;

/** Makes what is selected bold, each line for itself, or plain where all of it is bold already. Where nothing is, the marks stand around. */
export const toggledBold = (selected: Selected): Selected => {
  const { text, start, end } = selected;
  if (text.slice(start - bold.length, start) === bold && text.slice(end, end + bold.length) === bold)
    return replaced({ text, start: start - bold.length, end: end + bold.length }, text.slice(start, end));
  if (start === end) {
    const caret = start + bold.length;
    return { ...replaced(selected, bold + bold), start: caret, end: caret };
  }
  const lines = text.slice(start, end).split('\n');
  const isAll = lines.every((line) => isBlank(line) || isBold(contentOf(line)));
  const change = (content: string) =>
    isAll ? content.slice(bold.length, -bold.length) : `${bold}${content.replaceAll(bold, '')}${bold}`;
  return replaced(
    selected,
    lines
      .map((line) =>
        isBlank(line)
          ? line
          : line.replace(
              parts,
              (_line, sign: string, content: string, end: string) => sign + change(content) + end,
            ),
      )
      .join('\n'),
  );
};

/** Makes the lines that are selected, if only in part, items of a list, or plain where all of them are. */
export const toggledList = ({ text, start, end }: Selected): Selected => {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', end);
  const to = next < 0 ? text.length : next;
  const lines = text.slice(from, to).split('\n');
  const isList =
    lines.some((line) => !isBlank(line)) && lines.every((line) => isBlank(line) || item.test(line));
  const change = (line: string) => {
    if (isList) return line.replace(item, '');
    return item.test(line) || (isBlank(line) && lines.length > 1) ? line : `- ${line}`;
  };
  const made = replaced({ text, start: from, end: to }, lines.map(change).join('\n'));
  return start === end ? { ...made, start: made.end } : made;
};

const isBlank = (line: string): boolean => line.trim() === '';
const contentOf = (line: string): string => parts.exec(line)?.[2] ?? '';
const isBold = (content: string): boolean =>
  content.length > 2 * bold.length && content.startsWith(bold) && content.endsWith(bold);

/** The text with another in the place of what is selected; the other is selected then. */
const replaced = ({ text, start, end }: Selected, by: string): Selected => ({
  text: text.slice(0, start) + by + text.slice(end),
  start,
  end: start + by.length,
});
