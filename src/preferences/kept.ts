import { z } from 'zod';
import { cursorPositionSchema } from '../platform/positions.js';

export type PreferenceKind = 'view' | 'template';

/** What somebody keeps, as somebody sees it. */
export interface Kept<Content> {
  id: string;
  content: Content;
  author: string;
  isMine: boolean;
  shared: boolean;
  revision: number;
  updatedAt: Date;
}

/** Where a page begins: after what has this number, among one's own or those of others. */
export const keptCursorSchema = z.strictObject({
  others: z.enum(['true', 'false']),
  number: cursorPositionSchema,
});
export type KeptPlace = z.output<typeof keptCursorSchema>;

export interface KeptRow {
  id: string;
  number: string;
  author: string;
  is_mine: boolean;
  is_visible: boolean;
  shared: boolean;
  roles: string[];
  establishments: string[] | null;
  revision: number;
  content: unknown;
  updated_at: Date;
}
