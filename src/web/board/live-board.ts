import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Observable, Subject } from 'rxjs';
import { FiguresProgress } from '../../billets-quotidiens/index.js';
import { languages, type Language } from '../../shared/text.js';
import { regionsOf, summaryOf, type Regions } from './board.page.js';
import { ReadBoard, type Board } from './read-board.js';
import { isUpToDate, warningsOf } from './warnings.js';

/** The figures are read anew this often at most … */
const shortestMs = 500;
/** … and at least: whoever watches knows by it that the connection holds. */
const heartbeatMs = 4_000;
const afterFailureMs = 2_000;

/** What a page that is open is told; without regions: all is as it was. */
export interface BoardMessage {
  upToDate: boolean;
  summary: string;
  regions?: Regions;
}

/** Reads the board while someone watches it, once for all of them, as soon as there is something new. */
@Injectable()
export class LiveBoard implements OnModuleDestroy {
  private readonly watchers = new Map<Subject<BoardMessage>, { language: Language; seen: string }>();
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private newWatcher: () => void = () => undefined;

  constructor(
    private readonly board: ReadBoard,
    private readonly progress: FiguresProgress,
  ) {}

  /** The board at once, and then whenever it changes. */
  watch(language: Language): Observable<BoardMessage> {
    return new Observable((subscriber) => {
      const news = new Subject<BoardMessage>();
      this.watchers.set(news, { language, seen: '' });
      const subscription = news.subscribe(subscriber);
      this.newWatcher();
      this.running ??= this.run();
      return () => {
        subscription.unsubscribe();
        this.watchers.delete(news);
      };
    });
  }

  /** Open connections would keep the server from closing. */
  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    this.newWatcher();
    for (const news of this.watchers.keys()) news.complete();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (this.watchers.size > 0 && !signal.aborted) {
      const joined = new Promise<void>((resolve) => (this.newWatcher = resolve));
      try {
        const board = await this.board.read();
        await this.tell(board);
        const position = BigInt(board.today.position);
        await sleep(shortestMs, undefined, { signal });
        await Promise.race([this.progress.beyond(position, heartbeatMs - shortestMs), joined]);
      } catch {
        // Whoever watches hears nothing, and is told so by the page itself.
        await sleep(afterFailureMs, undefined, { signal }).catch(() => undefined);
      }
    }
    this.running = undefined;
  }

  private async tell(board: Board): Promise<void> {
    const upToDate = isUpToDate(board);
    for (const language of languages) {
      const those = [...this.watchers].filter(([, watcher]) => watcher.language === language);
      if (those.length === 0) continue;
      const { behind: _behind, ...figures } = board;
      const state = JSON.stringify([figures, warningsOf(board, language)]);
      const heartbeat: BoardMessage = { upToDate, summary: summaryOf(board, language) };
      const whole = those.some(([, { seen }]) => seen !== state)
        ? { ...heartbeat, regions: await regionsOf(board, language) }
        : heartbeat;
      for (const [news, watcher] of those) {
        news.next(watcher.seen === state ? heartbeat : whole);
        watcher.seen = state;
      }
    }
  }
}
