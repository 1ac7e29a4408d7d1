import type { Html } from '../../platform/http/html.js';
import type { Language } from '../../shared/text/text.js';
import { boardMain, deskRegions } from './board.page.js';
import type { BoardLayout, Regions } from './board-parts.js';
import type { Board } from './read-board.js';
import type { Task } from '../tasks/task.js';
import { wallMain, wallRegions } from './wall.page.js';

/** The board, its language, and what waits for its reader. */
type Shown = readonly [board: Board, language: Language, tasks: readonly Task[]];

/** How each layout shows the board: its page, and the parts of the page that change. A wall has no reader for whom anything waits. */
export const layouts: Record<
  BoardLayout,
  { main: (...shown: Shown) => Html; regions: (...shown: Shown) => Regions }
> = {
  desk: { main: boardMain, regions: deskRegions },
  wall: { main: wallMain, regions: wallRegions },
};
