import type { Text } from '../text/text.js';

/** What programs are told of a problem's code. */
export interface ProblemKind {
  /** The HTTP status of the answer. Only the code that answers requests reads it. */
  status: number;
  /** What is wrong, in a few words. */
  title: Text;
  /** What to do about it. */
  detail: Text;
}
