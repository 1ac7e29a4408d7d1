/** More words than these say no more of what is looked for. */
const mostTerms = 12;

/** The words of what someone typed: runs of letters and digits. */
export const searchTerms = (typed: string): string[] =>
  [...new Set(typed.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])].slice(0, mostTerms);
