import type { FastifyReply, FastifyRequest } from 'fastify';
import { clientAddress } from '../../platform/http/connections/client-address.js';
import { callerOf } from '../../platform/http/limits/request-limits.js';
import type { SecurityLog } from '../../platform/observability/security-log.js';
import type { Principal } from '../permissions.js';
import { type Access, type Accessor, type ShownTicket, withTickets } from './access.js';
import type { AccessAlerts } from './access-alerts.js';
import type { AccessLog } from './access-log.js';
import type { AccessRule } from './access-rule.js';
import { type Disclosure, firstDisclosedTo } from './broadcast-disclosures.js';
import { clientName } from './client-name.js';
import { purposeOf } from './purpose.js';
import { SeenTickets } from './seen-tickets.js';
import { shownTickets, ticketIdPattern } from './shown-tickets.js';

/** An IPv6 address with an embedded IPv4 one is as long as this; what a proxy says may be anything. */
const maxAddressLength = 45;
const ticketIdOnly = new RegExp(`^${ticketIdPattern}$`, 'i');

/** A request that is to be in the access log. */
interface Begun {
  accessor: Accessor;
  rule: AccessRule;
  /** Those that the handler says; others may have been given the same list. */
  tickets: readonly ShownTicket[];
  isNoted: boolean;
}

type Accessing = FastifyRequest & { access?: Begun };

/** For a handler whose rule is that it says its tickets: they are not found in its answer, or are known already. */
export const showTickets = (request: Accessing, tickets: readonly ShownTicket[]): void => {
  const { access } = request;
  if (access) access.tickets = access.tickets.length === 0 ? tickets : [...access.tickets, ...tickets];
};

interface AlertMetrics {
  accessAlert(kind: string): void;
}

/** A connection that goes on, and shows more tickets as it does. */
export interface GoingOn {
  /** To be called before they are shown, and after `caughtUp`. */
  show: (tickets: readonly ShownTicket[]) => void;
  /** The same for what is sent to many alike: every disclosure of those broadcasts, from the first that the connection is sent. */
  showBroadcast: (disclosure: Disclosure) => void;
}

export interface RecorderParts {
  log: AccessLog;
  alerts: AccessAlerts;
  security: SecurityLog;
  metrics: AlertMetrics;
  /** Only benchmarks do without, to see what it costs. */
  isOn: boolean;
}

/** Makes a row of the access log of each request that shows tickets, or was refused them. */
export class AccessRecorder {
  constructor(private readonly parts: RecorderParts) {}

  /** Who it is for the access log. Throws `malformed` for a bad purpose. */
  begin(
    request: Accessing,
    rule: AccessRule,
    { principal, client }: { principal: Principal; client: string | undefined },
  ): void {
    const purpose = purposeOf(request.headers['x-purpose']);
    if (!this.parts.isOn) return;
    const accessor = {
      ...{ person: principal.id, roles: principal.roles, purpose },
      client: clientName(client, request.headers['user-agent']),
      address: clientAddress(request).slice(0, maxAddressLength),
    };
    request.access = { accessor, rule, tickets: [], isNoted: false };
  }

  /** To be awaited before anything is shown. Throws `unavailable` while what was shown before can't be written down. */
  admit(): Promise<void> | undefined {
    return this.parts.log.admit();
  }

  /**
   * To be awaited before a connection that goes on shows more. It resolves once what was shown before is written down, however long
   * that takes: cutting connections off would make their clients read everything anew just when the database is slow.
   */
  caughtUp(): Promise<void> | undefined {
    return this.parts.log.caughtUp();
  }

  /** Once the answer is known, and before any of it is sent. */
  note(request: Accessing, { statusCode }: FastifyReply, answer: unknown): void {
    const { access } = request;
    if (!access || access.isNoted) return;
    const refused = statusCode === 403 || statusCode === 404;
    const tickets = ticketsOf(request, access, answer);
    if (statusCode >= 400 && !refused && tickets.length === 0) return;
    access.isNoted = true;
    this.add(request, accessOf(request, access, { tickets: refused ? targetOf(request) : tickets, refused }));
  }

  /** The same for an answer that goes on: its beginning, and then what it shows. */
  begun(request: Accessing): GoingOn {
    const { access } = request;
    if (!access) return { show: () => undefined, showBroadcast: () => undefined };
    const { log } = this.parts;
    access.isNoted = true;
    const shown = new SeenTickets();
    let firstTurn: number | undefined;
    let current = accessOf(request, access, { tickets: access.tickets, refused: false });
    let number = this.add(request, current);
    const write = (tickets: readonly ShownTicket[]): void => {
      if (tickets.length === 0) return;
      if (log.isOpen(number)) current.tickets = withTickets(current.tickets, tickets);
      else {
        current = accessOf(request, access, { tickets, refused: false });
        number = log.add(current);
      }
    };
    return {
      show: (tickets) => write(shown.see(tickets)),
      showBroadcast: (disclosure) => {
        firstTurn ??= disclosure.turn;
        write(shown.unseen(firstDisclosedTo(firstTurn, disclosure)));
      },
    };
  }

  private add(request: FastifyRequest, access: Access): number {
    const { log, alerts, security, metrics } = this.parts;
    const number = log.add(access);
    const alert = alerts.note(access, performance.now());
    if (!alert) return number;
    log.add({ ...access, action: alert.kind, tickets: [], count: alert.count, refused: false });
    security.note(
      alert.kind === 'many-tickets' ? 'sensitive_read_excess' : 'malicious_excess_404',
      request,
      callerOf(request),
    );
    metrics.accessAlert(alert.kind);
    return number;
  }
}

const accessOf = (
  request: FastifyRequest,
  { accessor, rule }: Begun,
  { tickets, refused }: Pick<Access, 'tickets' | 'refused'>,
): Access => {
  const action = typeof rule.action === 'string' ? rule.action : rule.action(request);
  return { ...accessor, at: now(), action, tickets, refused };
};

let latest = new Date(0);
/** The same object for all of one millisecond: thousands of accesses wait to be written, each with its time. */
const now = (): Date => {
  const ms = Date.now();
  if (latest.getTime() !== ms) latest = new Date(ms);
  return latest;
};

const ticketsOf = (
  request: FastifyRequest,
  { rule, tickets }: Begun,
  answer: unknown,
): readonly ShownTicket[] => {
  if (rule.tickets === 'said') return tickets;
  const shown = typeof answer === 'string' ? shownTickets(answer, rule.tickets) : [];
  // A HEAD says of the ticket that it is there, and at which revision.
  return shown.length === 0 && request.method === 'HEAD' ? targetOf(request) : shown;
};

/** The ticket that the path names. */
const targetOf = ({ params }: FastifyRequest): ShownTicket[] => {
  const { ticketId } = (params ?? {}) as { ticketId?: unknown };
  return typeof ticketId === 'string' && ticketIdOnly.test(ticketId)
    ? [{ ticketId: ticketId.toLowerCase() }]
    : [];
};
