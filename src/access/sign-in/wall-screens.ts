import { randomInt } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Pool } from 'pg';
import { queryWithDeadline } from '../../platform/database/query-with-deadline.js';
import { idOf } from './session-store.js';
import type { Sessions } from './sessions.js';
import {
  claimScreen,
  deleteScreen,
  insertScreen,
  selectScreens,
  type ScreenRow,
} from './wall-screen-statements.js';

/** Without letters and digits that are read for one another; ten of them are guessed once in 10^14. */
const alphabet = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const codeLength = 10;

/** As long as it takes to walk to a screen. */
export const claimableMinutes = 15;

export interface WallScreen {
  /** Of the row, in hexadecimal: nothing can be opened with it. */
  id: string;
  label: string;
  madeBy: string;
  beganAt: Date;
  endsAt: Date;
  /** Its code was typed at a screen, which shows the board since. */
  isShowing: boolean;
}

/** Screens on walls, which show the board and nothing else for months, without anybody's account. */
export class WallScreens {
  constructor(
    private readonly pool: Pool,
    private readonly sessions: Sessions,
    private readonly lifetimeSeconds: number,
  ) {}

  /** Gives the code that lets one screen in, once, within the next minutes. */
  async make({ label, by }: { label: string; by: string }): Promise<string> {
    const code = Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)]).join('');
    const { lifetimeSeconds } = this;
    await queryWithDeadline(
      this.pool,
      insertScreen(idOfCode(code), { label, by, lifetimeSeconds, claimableMinutes }),
    );
    return code;
  }

  /** Lets the browser in that the code was typed at; false where there is no such code, any more. */
  async claim(code: string, request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    return this.sessions.beginWith(request, reply, {
      lifetimeSeconds: this.lifetimeSeconds,
      keep: async (secret) => {
        const claimed = await queryWithDeadline(this.pool, claimScreen(idOfCode(code), idOf(secret)));
        return claimed.length > 0;
      },
    });
  }

  /** Those that show the board, and those whose code can still be typed, newest first. */
  async list(): Promise<WallScreen[]> {
    const rows = await queryWithDeadline<ScreenRow>(this.pool, selectScreens());
    return rows.map((row) => ({
      ...{ id: row.id.toString('hex'), label: row.label, madeBy: row.made_by },
      ...{ beganAt: row.began_at, endsAt: row.ends_at, isShowing: row.is_showing },
    }));
  }

  /** It shows nothing from then on; again: nothing happens. */
  async end(id: string): Promise<void> {
    await queryWithDeadline(this.pool, deleteScreen(Buffer.from(id, 'hex')));
  }
}

/** However it was typed: small letters, spaces and dashes are nothing to fail by. */
const idOfCode = (code: string): Buffer => idOf(`code:${code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')}`);
