import { problemCode, type Reply } from '../../../browser/api-request.js';
import { lossOf, type Api, type Loss } from '../api/api.js';
import type { Template, TemplateList, TemplatePreview } from '../api/answers.js';
import { formKey, type Store } from '../state.js';
import type { BulkSender } from '../tickets/bulk-sender.js';
import { troubleOf } from '../tickets/outbox.js';
import { sayIn } from '../words.js';
import {
  bodyOf,
  commandsShown,
  draftOf,
  faultsOf,
  filledValues,
  keysOf,
  newTemplate,
  withoutActions,
  type TemplateDraft,
} from './template-draft.js';
import type { TemplateActions, Templating } from './templating.js';

/** Uses templates for tickets, and keeps those that agents write. */
export class TemplateKeeper implements TemplateActions {
  constructor(
    private readonly store: Store,
    private readonly api: Api,
    private readonly bulks: BulkSender,
    private readonly onLost: (loss: Loss) => void,
  ) {}

  private async read(): Promise<void> {
    const templates: Template[] = [];
    let cursor: string | null = null;
    do {
      const query: URLSearchParams = new URLSearchParams({
        ...{ limit: '500', ...(cursor === null ? {} : { cursor }) },
      });
      const reply: Reply<TemplateList> = await this.api.get(`/v1/templates?${query.toString()}`);
      if (reply.kind !== 'answer') return;
      templates.push(...reply.body.items);
      cursor = reply.body.nextCursor;
    } while (cursor !== null);
    this.set({ templates });
  }

  /** Has one chosen, for the form that is open or for tickets. */
  choose(purpose: Templating['purpose'], targets: readonly string[]): void {
    // Each time a list of its own, by which an answer knows whether this is still what is asked for.
    this.set({ purpose, targets: [...targets], typed: '' });
    this.store.set({ panel: 'choose-template' });
    void this.read();
  }

  narrow(typed: string): void {
    this.set({ typed });
  }

  /** The one that was chosen: its words go into the form, or all that it does to the tickets. */
  async use(template: Template): Promise<void> {
    const { purpose, targets } = this.store.state.templating;
    if (targets.length === 0) return;
    if (purpose === 'fill') await this.fill(template, targets);
    else await this.apply(template, targets);
  }

  /** Shows those that there are, to be changed. */
  manage(): void {
    this.set({ problem: undefined, deleting: undefined });
    this.store.set({ panel: 'templates' });
    void this.read();
  }

  begin(template?: Template): void {
    this.edit(template ? draftOf(template) : newTemplate());
    this.set({ faults: {}, problem: undefined, deleting: undefined });
  }

  /** What is wrong with actions is known by their places: once these are others, it would stand at the wrong ones. */
  edit(draft: TemplateDraft): void {
    const { draft: before, faults } = this.store.state.templating;
    const isInPlace = before === undefined || keysOf(before) === keysOf(draft);
    this.set({ draft, faults: isInPlace ? faults : withoutActions(faults) });
  }

  drop(): void {
    this.set({ draft: undefined, faults: {}, problem: undefined, isSaving: false });
  }

  /** Saves what is written; where that is refused it stays, with the reason at each field. */
  async save(): Promise<void> {
    const { draft, isSaving } = this.store.state.templating;
    if (!draft || isSaving) return;
    this.set({ isSaving: true });
    const reply = await this.api.put<Template>(
      `/v1/templates/${draft.id}`,
      bodyOf(draft),
      matching(draft.revision),
    );
    if (reply.kind === 'answer') {
      this.drop();
      this.store.say(this.say('templateSaved'));
      await this.read();
      return;
    }
    const faults = reply.kind === 'problem' ? faultsOf(reply.problem.errors ?? [], reply.problem.title) : {};
    this.set({ faults, problem: this.reasonOf(reply), isSaving: false });
    if (reply.kind === 'problem' && problemCode(reply.problem) === 'version-mismatch')
      await this.rebase(draft);
  }

  /** Asks once more before it does it. */
  async delete({ id, revision }: Template): Promise<void> {
    if (this.store.state.templating.deleting !== id) {
      this.set({ deleting: id });
      return;
    }
    const reply = await this.api.delete(`/v1/templates/${id}`, matching(revision));
    this.set({ deleting: undefined, problem: reply.kind === 'answer' ? undefined : this.reasonOf(reply) });
    if (reply.kind === 'answer') this.store.say(this.say('templateDeleted'));
    await this.read();
  }

  keep(): void {
    this.set({ deleting: undefined });
  }

  /** The server fills in what is of the ticket: its words are for this ticket's form alone. */
  private async fill({ id }: Template, targets: readonly string[]): Promise<void> {
    const preview = await this.preview(id, targets);
    const { form, drafts } = this.store.state;
    if (!preview || (form?.type !== 'note' && form?.type !== 'resolve')) return;
    if (form.ticketIds[0] !== targets[0]) return;
    this.store.set({ panel: undefined });
    this.store.draft(filledValues(preview, form.type, drafts[formKey(form)] ?? {}));
  }

  /** What it does to one ticket is shown as the server fills it in; to many, as far as the page can tell. */
  private async apply(template: Template, ticketIds: readonly string[]): Promise<void> {
    const shown = ticketIds.length === 1 ? await this.preview(template.id, ticketIds) : template;
    if (!shown) return;
    this.store.set({ panel: undefined });
    const work = {
      name: template.name,
      commands: commandsShown(shown, this.store.state.desk.person),
      path: `/v1/templates/${template.id}/apply`,
      body: {},
    };
    this.bulks.begin(work, ticketIds);
  }

  /** The template filled in for the first of the tickets; undefined where whoever asked has gone on to something else meanwhile. */
  private async preview(id: string, targets: readonly string[]): Promise<TemplatePreview | undefined> {
    const [ticketId = ''] = targets;
    const query = new URLSearchParams({ ticketId });
    const reply = await this.api.get<TemplatePreview>(`/v1/templates/${id}/preview?${query.toString()}`);
    const { panel, templating, desk } = this.store.state;
    const isStillAsked = panel === 'choose-template' && templating.targets === targets;
    if (reply.kind === 'answer') return isStillAsked ? reply.body : undefined;
    this.reasonOf(reply);
    if (!isStillAsked) return undefined;
    this.store.set({ panel: undefined });
    if (reply.kind === 'problem')
      this.store.trouble({ ...troubleOf(reply.problem, desk.language), ticketId });
    return undefined;
  }

  /** What is written goes on from what is there by now: saved again, it takes the place of that. */
  private async rebase(draft: TemplateDraft): Promise<void> {
    const reply = await this.api.get<Template>(`/v1/templates/${draft.id}`);
    const revision = reply.kind === 'answer' ? reply.body.revision : undefined;
    this.edit({ ...(this.store.state.templating.draft ?? draft), revision });
    this.set({ problem: this.say('templateChanged') });
  }

  /** Why something was not done, in words for people. */
  private reasonOf(reply: Exclude<Reply<unknown>, { kind: 'answer' }>): string {
    const loss = lossOf(reply);
    if (loss) this.onLost(loss);
    if (reply.kind === 'away') return this.say('templateAway');
    const { title, detail } = troubleOf(reply.problem, this.store.state.desk.language);
    return `${title}. ${detail}`;
  }

  private say(name: Parameters<ReturnType<typeof sayIn>>[0]): string {
    return sayIn(this.store.state.desk.language)(name);
  }

  private set(change: Partial<Templating>): void {
    this.store.set({ templating: { ...this.store.state.templating, ...change } });
  }
}

/** A template that is new must be new on the server, too: its id is its own. */
const matching = (revision: number | undefined): Record<string, string> =>
  revision === undefined ? {} : { 'If-Match': `"${revision}"` };
