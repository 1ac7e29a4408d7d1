const fence = /^[ \t>]*(`{3,}|~{3,})/;

/** Tells which lines of a Markdown text are code between fences, or a fence; it is given one line after the other. */
export class Fences {
  private open: string | undefined;

  hold(line: string): boolean {
    const marks = fence.exec(line)?.[1];
    const isHeld = this.open !== undefined || marks !== undefined;
    if (this.open === undefined) this.open = marks;
    else if (marks?.startsWith(this.open)) this.open = undefined;
    return isHeld;
  }
}
