import type { Line } from './read-lines.js';

export interface CommandLine extends Line {
  /**
   * The JSON that is sent: the line itself or, where it isn't JSON, its text as a JSON string, which the server refuses like any
   * malformed command.
   */
  json: string;
  /** The ids, in lower case, of the tickets the command names. */
  tickets: readonly string[];
}

/** The most bytes of a batch, well below the 8 MiB the server takes a request. */
const maxBytes = 4 * 1024 * 1024;

/**
 * Lines in batches of at most `batchSize` commands. Two commands about the same ticket never share a batch, except its opening and one
 * command after it. A command may come to nothing because the ticket does not exist yet, or is already what the command asks for, and the
 * next command may change that. If the answer to a batch with both were lost and the batch sent again, the first command would now be
 * applied, and the file would lead to other figures than a run without the accident. Where a line can't be read, the lines before it come
 * as a last batch before the error is thrown: so what was sent ends exactly at that line, whatever the batch size.
 */
export async function* batches(lines: AsyncIterable<Line>, batchSize: number): AsyncIterable<CommandLine[]> {
  let batch: CommandLine[] = [];
  let bytes = 0;
  let touched = new Set<string>();
  let broken: { error: unknown } | undefined;
  for await (const line of untilBroken(lines, (error) => (broken = { error }))) {
    const { json, opens, names } = parseCommand(line.text);
    const length = Buffer.byteLength(json);
    const full = batch.length === batchSize || bytes + length > maxBytes;
    const late = names.some((name) => touched.has(name));
    if (batch.length > 0 && (full || late)) {
      yield batch;
      batch = [];
      bytes = 0;
      touched = new Set();
    }
    batch.push({ ...line, json, tickets: names });
    bytes += length;
    // An opening that is sent again comes to the same, whatever its answer was: its ticket does not count as touched.
    for (const name of names) if (name !== opens) touched.add(name);
  }
  if (batch.length > 0) yield batch;
  if (broken) throw broken.error;
}

/** The lines up to the first that can't be read; its error is passed to `onBroken` and not thrown. */
async function* untilBroken(
  lines: AsyncIterable<Line>,
  onBroken: (error: unknown) => void,
): AsyncIterable<Line> {
  try {
    yield* lines;
  } catch (error) {
    onBroken(error);
  }
}

interface ParsedCommand {
  json: string;
  /** The ticket this line opens. */
  opens?: string | undefined;
  /** The tickets this line is about. */
  names: string[];
}

const parseCommand = (text: string): ParsedCommand => {
  try {
    const { type, ticketId, into, to } = (JSON.parse(text) ?? {}) as Record<string, unknown>;
    const names = [ticketId, into, to].flatMap(nameOf);
    return { json: text, opens: type === 'open' ? nameOf(ticketId)[0] : undefined, names };
  } catch {
    return { json: JSON.stringify(text), names: [] };
  }
};

/** An id in lower case, since the server takes ids in any case; empty where there is none. */
const nameOf = (id: unknown): string[] => (typeof id === 'string' ? [id.toLowerCase()] : []);
