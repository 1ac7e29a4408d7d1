import { lossOf, type Api, type Loss } from '../api/api.js';
import type { Preferences } from '../api/answers.js';
import type { Store } from '../state.js';
import { troubleOf } from '../tickets/outbox.js';
import { sayIn } from '../words.js';

/** The teams that this person says are theirs, kept on the server: they are the same at any machine. */
export class OwnTeams {
  /** What was chosen counts, and not what was asked for before. */
  private choices = 0;

  constructor(
    private readonly store: Store,
    private readonly api: Api,
    private readonly onLost: (loss: Loss) => void,
  ) {}

  /** Where they can't be read they stay what they were, or unknown; whoever is about to choose them is told. */
  async read(): Promise<void> {
    const { choices } = this;
    const reply = await this.api.get<Preferences>('/v1/preferences');
    if (choices !== this.choices) return;
    const { panel, teams, desk } = this.store.state;
    if (reply.kind === 'answer')
      this.store.set({ teams: reply.body.teams, ...(teams ? {} : { teamsProblem: undefined }) });
    else if (panel === 'teams' && teams === undefined)
      this.store.set({ teamsProblem: sayIn(desk.language)('teamsUnread') });
  }

  /** Whether they are kept; where they are not, why stands beside what was chosen. */
  async choose(teams: readonly string[]): Promise<boolean> {
    // Those that are kept would be dropped by whoever can't see them.
    if (this.store.state.teams === undefined) return false;
    this.choices += 1;
    const reply = await this.api.put<Preferences>('/v1/preferences', { teams });
    if (reply.kind === 'answer') {
      this.store.set({ teams: reply.body.teams, teamsProblem: undefined });
      return true;
    }
    const loss = lossOf(reply);
    if (loss) this.onLost(loss);
    if (reply.kind === 'problem') {
      const { title, detail } = troubleOf(reply.problem, this.store.state.desk.language);
      this.store.set({ teamsProblem: `${title}. ${detail}` });
    }
    return false;
  }
}
