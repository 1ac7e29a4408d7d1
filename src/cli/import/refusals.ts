import type { SyncResult } from './send-batch.js';

/** The most lines that are named for each code; the others are only counted. */
const maxNamed = 5;

/** The refused lines of an import, by the code of the problem. */
export class Refusals {
  private readonly byCode = new Map<string, { title: string; lines: number[] }>();

  add(line: number, { problem }: SyncResult): void {
    const code = problem?.type.split('/').at(-1) ?? 'unknown';
    const known = this.byCode.get(code) ?? { title: problem?.title ?? '', lines: [] };
    known.lines.push(line);
    this.byCode.set(code, known);
  }

  /** A line for each code, and where the refused commands are kept; empty where nothing was refused. */
  summary(total: number, keptIn: string | undefined): string {
    if (total === 0) return '';
    const lines = [...this.byCode].map(([code, { title, lines }]) => {
      const named = lines.slice(0, maxNamed).join(', ');
      const more = lines.length > maxNamed ? ` … (${lines.length})` : '';
      return `refused: ${code} (${title}): line ${named}${more}`;
    });
    const kept =
      keptIn === undefined
        ? []
        : [`the refused commands are kept, in UTF-8, in ${keptIn}: import that file to send them again`];
    return [...lines, ...kept].map((line) => `${line}\n`).join('');
  }
}
