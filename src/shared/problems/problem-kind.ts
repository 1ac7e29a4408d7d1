import type { Text } from '../text.js';

/** What a code of a problem stands for, as programs are told. */
export interface ProblemKind {
  /** The status of the answer. Only what answers requests reads it. */
  status: number;
  /** What is wrong, in a few words. */
  title: Text;
  /** What to do about it. */
  detail: Text;
}
