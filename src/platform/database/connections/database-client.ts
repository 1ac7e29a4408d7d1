import pg from 'pg';
import type { DatabaseHost } from '../../../config/database-url.js';
import type { HostChooser } from './host-chooser.js';

/** The configuration of a pool, which the pool passes to each of its clients: the driver's settings and the choice of host. */
export interface DatabaseClientConfig extends pg.ClientConfig {
  hosts: HostChooser;
}

/** A read-only session is replaced once it is this old, since the server may have been promoted, or its settings changed. */
const maxReadOnlyMs = 1_000;

/**
 * A connection to the host that is chosen when the connection is made. The client knows whether its session may write: PostgreSQL
 * reports that at the start of a session and at each change.
 */
export class DatabaseClient extends pg.Client {
  private readonly hosts: HostChooser;
  private readonly reported = new Map<string, string>();
  private connectedAt = Infinity;

  constructor(config: DatabaseClientConfig) {
    super(config);
    this.hosts = config.hosts;
    // A connection that breaks emits an error beside failing its query, and an error that nobody listens to ends the process. The pool
    // listens only from when it was told of the connection on: too late where PostgreSQL ends it in the packet that makes it ready.
    this.on('error', () => undefined);
    this.connection.on('parameterStatus', ({ parameterName, parameterValue }: ParameterStatus) =>
      this.reported.set(parameterName, parameterValue),
    );
  }

  /** Whether the server is a standby, which takes writes once it is promoted. */
  get isStandby(): boolean {
    return this.reported.get('in_hot_standby') === 'on';
  }

  get takesWrites(): boolean {
    return !this.isStandby && this.reported.get('default_transaction_read_only') !== 'on';
  }

  /** Whether the session is read-only and old enough that a new connection may find a server that takes writes. */
  get isOutdated(): boolean {
    return !this.takesWrites && performance.now() > this.connectedAt + maxReadOnlyMs;
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

  /** Connects to the given host, whichever host the chooser has chosen. */
  async connectTo(host: DatabaseHost): Promise<this> {
    this.lookFor(host);
    // Whoever waited for this connection has given up while the host was being chosen.
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
    // On a unix socket libpq ignores sslmode, and PostgreSQL speaks no TLS.
    if (place?.startsWith('/')) insides.ssl = connection.ssl = false;
    // The certificate is issued for the host's name, whatever address the name is given (hostaddr).
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
