import { lossOf, type Api, type Loss } from '../api/api.js';
import type { Preferences } from '../api/answers.js';
import type { Store } from '../state.js';
import { troubleOf } from '../tickets/outbox.js';

/** The teams that this person says are theirs, kept on the server: they are the same at any machine. */
export class OwnTeams {
  constructor(
    private readonly store: Store,
    private readonly api: Api,
    private readonly onLost: (loss: Loss) => void,
  ) {}

  async read(): Promise<void> {
    const reply = await this.api.get<Preferences>('/v1/preferences');
    if (reply.kind === 'answer') this.store.set({ teams: reply.body.teams });
  }

  /** Whether they are kept; where they are not, why stands beside what was chosen. */
  async choose(teams: readonly string[]): Promise<boolean> {
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
