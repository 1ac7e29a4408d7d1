import { problemCode, type ApiProblem } from '../../../browser/api-request.js';
import { lossOf, type Api, type Loss } from '../api/api.js';
import type { CommandAnswer, History, Ticket } from '../api/answers.js';
import { adviceOn } from '../../../../shared/advice.js';
import { formKey, type Store } from '../state.js';
import { sayIn } from '../words.js';
import { afterCommand, needsMatch, type AgentCommand } from './command.js';
import { afterApplied, newer, type Conflict, type Pending } from './pending.js';

const maxMeanwhile = 50;

/** Whoever may not read the ticket any more is answered with its revision alone. */
type Answered =
  CommandAnswer | (Pick<CommandAnswer, 'ticketId' | 'revision' | 'warnings'> & { title?: undefined });

/** The title and what to do about a problem, in words for people. */
export const troubleOf = (problem: ApiProblem, language: 'fr' | 'en'): { title: string; detail: string } => {
  const advice = adviceOn(problemCode(problem));
  const [error] = problem.errors ?? [];
  return {
    title: advice?.title?.[language] ?? problem.title,
    detail:
      error && !advice ? `${problem.detail} ${error.message}` : (advice?.detail[language] ?? problem.detail),
  };
};

/** How long to wait where the server does not say. */
export const retryMs = 1_000;

/** Whether a command may succeed when it is sent again: nothing is known against it. */
export const isTransient = (status: number): boolean => status === 429 || status >= 500;

/**
 * The commands that were given here, sent one after the other for each ticket. They show at once; a refused one is taken back, and one
 * that meets another agent's change is laid before whoever gave it.
 */
export class Outbox {
  private readonly busy = new Set<string>();
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly store: Store,
    private readonly api: Api,
    /** The network is away, or the session is over. */
    private readonly onLost: (loss: Loss) => void,
    private readonly onApplied: (ticketId: string) => void,
  ) {}

  add(ticketId: string, command: AgentCommand, seen: number): void {
    const pending = { commandId: crypto.randomUUID(), ticketId, command, seen, isHeld: false };
    this.store.set({ pending: [...this.store.state.pending, pending] });
    void this.send(ticketId);
  }

  /** Sends what waits: the network is back. */
  resume(): void {
    const { pending } = this.store.state;
    this.store.set({ pending: pending.map((each) => ({ ...each, isHeld: false })) });
    for (const ticketId of new Set(pending.map((each) => each.ticketId))) void this.send(ticketId);
  }

  /** Sends a command of a conflict again, decided on what the ticket is now. */
  applyAgain(conflict: Conflict): void {
    this.drop(conflict);
    const pending = { ...conflict.pending, seen: conflict.revision };
    this.store.set({ pending: [...this.store.state.pending, pending] });
    void this.send(pending.ticketId);
  }

  drop(conflict: Conflict): void {
    this.store.set({ conflicts: this.store.state.conflicts.filter((each) => each !== conflict) });
  }

  private async send(ticketId: string): Promise<void> {
    if (this.busy.has(ticketId)) return;
    this.busy.add(ticketId);
    for (;;) {
      const next = this.store.state.pending.find((each) => each.ticketId === ticketId && !each.isHeld);
      if (!next || !(await this.sendOne(next))) break;
    }
    this.busy.delete(ticketId);
  }

  /** Whether the next one may be sent. */
  private async sendOne(pending: Pending): Promise<boolean> {
    const { ticketId, commandId, command, seen } = pending;
    const { type, ...fields } = command;
    const match: Record<string, string> = needsMatch(type) ? { 'If-Match': `"${seen}"` } : {};
    const reply = await this.api.post<Answered>(
      `/v1/tickets/${ticketId}/${type}`,
      { commandId, ...fields },
      match,
    );
    if (reply.kind === 'answer') {
      this.applied(pending, reply.body);
      return true;
    }
    const loss = lossOf(reply);
    if (loss || reply.kind === 'away') {
      this.hold(ticketId);
      this.onLost(loss ?? 'away');
      return false;
    }
    if (isTransient(reply.status)) {
      this.hold(ticketId);
      clearTimeout(this.retry);
      this.retry = setTimeout(() => this.resume(), reply.retryAfterMs ?? retryMs);
      return false;
    }
    if (reply.status === 412) await this.conflicted(pending);
    else this.refused(pending, reply.problem);
    return true;
  }

  private applied(pending: Pending, answer: Answered): void {
    const { state } = this.store;
    const known = new Map(state.known);
    const listed = known.get(pending.ticketId);
    // Whoever may not read the ticket any more is answered with its revision alone, and hears that it has left.
    if (isReadable(answer)) known.set(pending.ticketId, newer(listed, withMaskedTexts(answer, listed)));
    else if (listed)
      known.set(pending.ticketId, { ...afterCommand(listed, pending.command), revision: answer.revision });
    const form = formKey({ type: pending.command.type, ticketIds: [pending.ticketId] });
    const { [form]: written, ...others } = state.drafts;
    // The ticket was there already, so what was written with the command is nowhere: it stays in its form.
    const isLost =
      needsMatch(pending.command.type) && answer.revision === pending.seen && written !== undefined;
    this.store.set({
      known,
      drafts: isLost ? state.drafts : others,
      pending: afterApplied(state.pending, pending, answer.revision),
    });
    if (isLost) {
      const say = sayIn(state.desk.language);
      const { ticketId } = pending;
      this.store.trouble({ title: say('nothingChanged'), detail: say('textIsKept'), ticketId });
    }
    if (answer.warnings?.length) this.store.say(sayIn(state.desk.language)('warned'));
    this.onApplied(pending.ticketId);
  }

  private refused(pending: Pending, problem: ApiProblem): void {
    this.takeBack(pending);
    const { ticketId } = pending;
    this.store.trouble({ ...troubleOf(problem, this.store.state.desk.language), ticketId });
  }

  private takeBack({ commandId }: Pending): void {
    const pending = this.store.state.pending.filter((each) => each.commandId !== commandId);
    this.store.set({ pending });
  }

  /** Reads what happened meanwhile, so that the agent can decide again. */
  private async conflicted(pending: Pending): Promise<void> {
    const { ticketId, seen } = pending;
    const history = await this.api.get<History>(
      `/v1/tickets/${ticketId}/history?order=newest&limit=${maxMeanwhile}`,
    );
    this.takeBack(pending);
    if (history.kind !== 'answer') {
      if (history.kind === 'problem')
        this.store.trouble({ ...troubleOf(history.problem, this.store.state.desk.language), ticketId });
      return;
    }
    const { items } = history.body;
    const meanwhile = items.filter(({ revision }) => revision > seen).reverse();
    const revision = items[0]?.revision ?? seen;
    const conflicts = this.store.state.conflicts.filter(
      (each) => each.pending.commandId !== pending.commandId,
    );
    this.store.set({ conflicts: [...conflicts, { pending, meanwhile, revision }] });
    this.store.say(sayIn(this.store.state.desk.language)('conflict'));
  }

  /** The ticket's commands wait until they are sent again. */
  private hold(ticketId: string): void {
    const pending = this.store.state.pending.map((each) =>
      each.ticketId === ticketId ? { ...each, isHeld: true } : each,
    );
    this.store.set({ pending });
  }
}

/** The contract has one form of an answer; this one has the ticket in it. */
const isReadable = (answer: Answered): answer is CommandAnswer => answer.title !== undefined;

/** An answer has the texts as they were written; the list goes on masking them. */
const withMaskedTexts = (answer: Ticket, listed: Ticket | undefined): Ticket => {
  if (!listed) return answer;
  const { title, description, location, requester } = listed;
  return { ...answer, title, description, location, requester };
};
