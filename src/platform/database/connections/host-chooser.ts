import type { DatabaseHost, TargetSession } from '../../../config/database-url.js';
import { messageOf } from '../../../shared/message-of.js';

/** What a session reports of its server. */
export interface SessionState {
  takesWrites: boolean;
  isStandby: boolean;
}

/** None of the hosts can be used now. It has a network error's code, so that it counts as a failure that may pass. */
export class NoUsableHost extends Error {
  readonly code = 'EHOSTUNREACH';
}

const suiting: Record<TargetSession, (state: SessionState) => boolean> = {
  any: () => true,
  'read-write': ({ takesWrites }) => takesWrites,
  'read-only': ({ takesWrites }) => !takesWrites,
  primary: ({ isStandby }) => !isStandby,
  standby: ({ isStandby }) => isStandby,
  'prefer-standby': () => true,
};

/**
 * Chooses which of several hosts connections go to: the first to answer that is of the kind that target_session_attrs names, until
 * a connection to it fails or finds it to be of another kind. So after a failover the next connection goes to the new primary.
 */
export class HostChooser {
  private chosen: DatabaseHost | undefined;
  private choosing: Promise<DatabaseHost> | undefined;

  constructor(
    private readonly hosts: readonly [DatabaseHost, ...DatabaseHost[]],
    private readonly kind: TargetSession,
    /** Opens a session with a host, and resolves to the state of its server. */
    private readonly probe: (host: DatabaseHost) => Promise<SessionState>,
  ) {}

  /** Throws NoUsableHost with what is wrong with each host. A single host is returned without being probed. */
  async choose(): Promise<DatabaseHost> {
    if (this.hosts.length === 1) return this.hosts[0];
    if (this.chosen) return this.chosen;
    this.choosing ??= this.probeAll().finally(() => (this.choosing = undefined));
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

  private async probeAll(): Promise<DatabaseHost> {
    const probes = this.hosts.map((host) => this.probeHost(host));
    const standbys = probes.map(async (probe) => {
      const { host, state } = await probe;
      if (!state.isStandby) throw new Error('no standby');
      return host;
    });
    // The probes that nobody waits for any more may fail.
    for (const standby of standbys) standby.catch(() => undefined);
    try {
      if (this.kind === 'prefer-standby') {
        const standby = await Promise.any(standbys).catch(() => undefined);
        if (standby) return (this.chosen = standby);
      }
      return (this.chosen = (await Promise.any(probes)).host);
    } catch (error) {
      const reasons = (error as AggregateError).errors.map(messageOf).join(', ');
      throw new NoUsableHost(`none of the hosts can be used: ${reasons}`, { cause: error });
    }
  }

  private async probeHost(host: DatabaseHost): Promise<{ host: DatabaseHost; state: SessionState }> {
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
