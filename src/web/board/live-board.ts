import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Observable, Subject } from 'rxjs';
import { FiguresProgress } from '../../billets-quotidiens/index.js';
import type { Language } from '../../shared/text/text.js';
import { ReadTasks } from '../tasks/read-tasks.js';
import { tasksFor, type TaskAudience, type Task } from '../tasks/task.js';
import { summaryOf, type BoardLayout, type Regions } from './board-parts.js';
import { layouts } from './layouts.js';
import { ReadBoard, type Board } from './read-board.js';
import { isUpToDate, warningsOf } from './warnings.js';

/** The shortest time between two readings of the board. */
const minIntervalMs = 500;
/** The longest time between two messages: they show the page that the connection holds. */
const heartbeatMs = 4_000;
const afterFailureMs = 2_000;
/** Tasks are read again after so long: bulletins change seldom, and finding what waits costs more than the figures. */
const tasksEveryMs = 5_000;

/** A message to an open page; without regions, nothing has changed. */
export interface BoardMessage {
  upToDate: boolean;
  summary: string;
  regions?: Regions;
}

interface Watcher {
  language: Language;
  layout: BoardLayout;
  audience: TaskAudience;
  /** The state of the board that its page shows. */
  seen: string;
}

/** Reads the board while pages are open, once for all of them, as soon as new events are counted. */
@Injectable()
export class LiveBoard implements OnModuleDestroy {
  private readonly watchers = new Map<Subject<BoardMessage>, Watcher>();
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private newWatcher: () => void = () => undefined;
  private known: { tasks: readonly Task[]; readAt: number } | undefined;

  constructor(
    private readonly board: ReadBoard,
    private readonly tasks: ReadTasks,
    private readonly progress: FiguresProgress,
  ) {}

  /** The board at once and whenever it changes, and a message without regions at least every four seconds. */
  watch({ language, layout, audience }: Omit<Watcher, 'seen'>): Observable<BoardMessage> {
    return new Observable((subscriber) => {
      const news = new Subject<BoardMessage>();
      this.watchers.set(news, { language, layout, audience, seen: '' });
      // Whoever opens the board may have just done what waited.
      this.known = undefined;
      const subscription = news.subscribe(subscriber);
      this.newWatcher();
      this.running ??= this.run();
      return () => {
        subscription.unsubscribe();
        this.watchers.delete(news);
      };
    });
  }

  /** Ends all connections: open ones would keep the server from closing. */
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
        this.tell(board, await this.currentTasks());
        const position = BigInt(board.today.position);
        await sleep(minIntervalMs, undefined, { signal });
        await Promise.race([this.progress.beyond(position, heartbeatMs - minIntervalMs), joined]);
      } catch {
        // The pages get no message, and say by themselves that the connection is lost.
        await sleep(afterFailureMs, undefined, { signal }).catch(() => undefined);
      }
    }
    this.running = undefined;
  }

  private async currentTasks(): Promise<readonly Task[]> {
    const isFor = ({ audience }: Watcher) => audience.length > 0;
    if (![...this.watchers.values()].some(isFor)) return [];
    const readAt = performance.now();
    if (!this.known || readAt - this.known.readAt > tasksEveryMs)
      this.known = { tasks: (await this.tasks.readSoon())?.tasks ?? this.known?.tasks ?? [], readAt };
    return this.known.tasks;
  }

  private tell(board: Board, allTasks: readonly Task[]): void {
    const upToDate = isUpToDate(board);
    const watchers = [...this.watchers];
    for (const key of new Set(watchers.map(([, watcher]) => likenessOf(watcher)))) {
      const watching = watchers.filter(([, watcher]) => likenessOf(watcher) === key);
      const [[, { language, layout, audience }]] = watching as [(typeof watchers)[number]];
      const tasks = tasksFor(allTasks, audience);
      const { behind: _behind, ...figures } = board;
      const state = JSON.stringify([figures, warningsOf(board, language), tasks]);
      const heartbeat: BoardMessage = { upToDate, summary: summaryOf(board, language) };
      const whole = watching.some(([, { seen }]) => seen !== state)
        ? { ...heartbeat, regions: layouts[layout].regions(board, language, tasks) }
        : heartbeat;
      for (const [news, watcher] of watching) {
        news.next(watcher.seen === state ? heartbeat : whole);
        watcher.seen = state;
      }
    }
  }
}

/** Those for whom it is the same are shown the same. */
const likenessOf = ({ language, layout, audience }: Watcher): string =>
  `${language} ${layout} ${audience.join()}`;
