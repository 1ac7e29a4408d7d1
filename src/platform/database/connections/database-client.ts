import pg from 'pg';
import type { DatabaseHost } from '../../../config/database-url.js';
import type { HostChooser } from './host-chooser.js';

/** What a pool is given beside the driver's own settings, and hands on to each of its clients. */
export interface DatabaseClientConfig extends pg.ClientConfig {
  hosts: HostChooser;
}

/** A session that takes no writes is taken anew after so long, since the server, or what is set for it, may have changed. */
const mostReadOnlyMs = 1_000;

/**
 * A connection to the host that is chosen at the time it is made. It knows whether it may write: PostgreSQL reports that at the
 * start of a session and at each change.
 */
export class DatabaseClient extends pg.Client {
  private readonly hosts: HostChooser;
  private readonly reported = new Map<string, string>();
  private connectedAt = Infinity;

  constructor(config: DatabaseClientConfig) {
    super(config);
    this.hosts = config.hosts;
    this.connection.on('parameterStatus', ({ parameterName, parameterValue }: ParameterStatus) =>
      this.reported.set(parameterName, parameterValue),
    );
  }

  /** A standby, which will write when it is promoted. */
  get isStandby(): boolean {
    return this.reported.get('in_hot_standby') === 'on';
  }

  get takesWrites(): boolean {
    return !this.isStandby && this.reported.get('default_transaction_read_only') !== 'on';
  }

  /** Whether another connection would be a better one by now. */
  get isOutdated(): boolean {
    return !this.takesWrites && performance.now() > this.connectedAt + mostReadOnlyMs;
  }

  override connect(): Promise<this>;
  override connect(callback: (error: Error | null, client?: this) => void): void;
  override connect(callback?: (error: Error | null, client?: this) => void): Promise<this> | void {
    const connected = this.connectToChosen();
    if (!callback) return connected;
    connected.then(
      () => callback(null, this),
      (error: unknown) => callback(error as Error),
    );
  }

  /** To this host, whichever is chosen. */
  async connectTo(host: DatabaseHost): Promise<this> {
    this.lookFor(host);
    // Whoever waited for it has given up meanwhile.
    if (this.connection.stream.destroyed) throw new Error('Connection terminated');
    await super.connect();
    this.connectedAt = performance.now();
    return this;
  }

  private async connectToChosen(): Promise<this> {
    const host = await this.hosts.choose();
    try {
      await this.connectTo(host);
    } catch (error) {
      this.hosts.forget(host);
      throw error;
    }
    if (this.hosts.suits(this)) return this;
    this.hosts.forget(host);
    await this.end();
    throw this.hosts.refusal();
  }

  private lookFor({ host, address, port }: DatabaseHost): void {
    const place = address ?? host;
    if (place !== undefined) this.host = place;
    if (port !== undefined) this.port = port;
    const insides = this as unknown as Insides;
    const { connection } = insides;
    // libpq takes no heed of sslmode there, and PostgreSQL speaks no TLS.
    if (place?.startsWith('/')) insides.ssl = connection.ssl = false;
    // The certificate is the name's, wherever that is looked up.
    if (address !== undefined && host !== undefined && connection.ssl) {
      connection.ssl = { ...(connection.ssl === true ? {} : connection.ssl), host, servername: host };
    }
  }
}

interface ParameterStatus {
  parameterName: string;
  parameterValue: string;
}

interface Insides {
  ssl: boolean | object;
  connection: { ssl: boolean | object };
}
