import type { DatabaseHost, SessionKind } from '../../../config/database-url.js';
import { messageOf } from '../../../shared/message-of.js';

/** What a session tells of its server. */
export interface SessionState {
  takesWrites: boolean;
  isStandby: boolean;
}

/** None of the hosts can be used now; told as the network's trouble, since that is what it is to whoever waits. */
export class NoUsableHost extends Error {
  readonly code = 'EHOSTUNREACH';
}

const suiting: Record<SessionKind, (state: SessionState) => boolean> = {
  any: () => true,
  'read-write': ({ takesWrites }) => takesWrites,
  'read-only': ({ takesWrites }) => !takesWrites,
  primary: ({ isStandby }) => !isStandby,
  standby: ({ isStandby }) => isStandby,
  'prefer-standby': () => true,
};

/**
 * Which of several hosts connections go to: the first to answer that is of the kind looked for, until a connection to it fails or
 * finds it to be of another kind. After a failover, that is, the next connection goes to the new primary.
 */
export class HostChooser {
  private chosen: DatabaseHost | undefined;
  private choosing: Promise<DatabaseHost> | undefined;

  constructor(
    private readonly hosts: readonly [DatabaseHost, ...DatabaseHost[]],
    private readonly kind: SessionKind,
    /** Opens a session with a host, and tells what it is. */
    private readonly probe: (host: DatabaseHost) => Promise<SessionState>,
  ) {}

  /** Throws NoUsableHost with what is wrong with each. One host alone is not asked before. */
  async choose(): Promise<DatabaseHost> {
    if (this.hosts.length === 1) return this.hosts[0];
    if (this.chosen) return this.chosen;
    this.choosing ??= this.ask().finally(() => (this.choosing = undefined));
    return this.choosing;
  }

  forget(host: DatabaseHost): void {
    if (this.chosen === host) this.chosen = undefined;
  }

  suits(state: SessionState): boolean {
    return suiting[this.kind](state);
  }

  refusal(): NoUsableHost {
    return new NoUsableHost(`the server is not ${this.kind}, as target_session_attrs demands`);
  }

  private async ask(): Promise<DatabaseHost> {
    const asked = this.hosts.map((host) => this.askOne(host));
    const standbys = asked.map(async (one) => {
      const { host, state } = await one;
      if (!state.isStandby) throw new Error('no standby');
      return host;
    });
    // Whoever is not waited for any more may fail.
    for (const one of standbys) one.catch(() => undefined);
    try {
      if (this.kind === 'prefer-standby') {
        const standby = await Promise.any(standbys).catch(() => undefined);
        if (standby) return (this.chosen = standby);
      }
      return (this.chosen = (await Promise.any(asked)).host);
    } catch (error) {
      const reasons = (error as AggregateError).errors.map(messageOf).join(', ');
      throw new NoUsableHost(`none of the hosts can be used: ${reasons}`, { cause: error });
    }
  }

  private async askOne(host: DatabaseHost): Promise<{ host: DatabaseHost; state: SessionState }> {
    try {
      const state = await this.probe(host);
      if (!this.suits(state)) throw new Error(`not ${this.kind}`);
      return { host, state };
    } catch (error) {
      throw new Error(`${placeOf(host)}: ${messageOf(error)}`, { cause: error });
    }
  }
}

const placeOf = ({ host, address, port }: DatabaseHost): string =>
  [host ?? address ?? 'localhost', port].filter((part) => part !== undefined).join(':');
