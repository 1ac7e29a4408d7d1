import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CallerLimits } from '../../../config/request-limits.js';
import { clientAddress } from '../connections/client-address.js';
import { isLive } from '../live-route.js';
import { Problem } from '../problems/problem.js';
import { ConcurrencyQuota, ByteQuota } from './quotas.js';

/** Who asks, as far as the request tells before its body: throws where it must say and does not. */
export type Identify = (request: FastifyRequest) => Promise<string | undefined>;

const windowSeconds = 10;
export interface RequestLimitSettings extends CallerLimits {
  /** A second, on average over ten; 0: nothing at all is limited. */
  requests: number;
}

type Check = (request: FastifyRequest) => Promise<{
  isAllowed: boolean;
  max?: number;
  remaining?: number;
  ttlInSeconds?: number;
  isExceeded?: boolean;
}>;

const callers = new WeakMap<FastifyRequest, string>();
/** The token's subject where it is known, else the address. */
export const callerOf = (request: FastifyRequest): string =>
  callers.get(request) ?? `address ${clientAddress(request)}`;

/** Looks at who asks, and how much they ask for, before anything of a body is read. Who asks is looked at without any limit, too. */
export const limitRequests = (
  fastify: FastifyInstance,
  settings: RequestLimitSettings,
  identify: Identify,
): void => {
  void fastify.register(rateLimit, { global: false });
  const limits = settings.requests > 0 ? new RequestLimits(fastify, settings) : undefined;
  fastify.addHook('onRequest', async (request, reply) => {
    await limits?.beforeIdentity(request, reply);
    try {
      const caller = await identify(request);
      if (caller !== undefined) callers.set(request, `person ${caller}`);
    } catch (error) {
      await limits?.refused(request, reply);
      throw error;
    }
    await limits?.admit(request, reply);
  });
};

type Limited = 'requests' | 'exports' | 'refusedTokens' | 'signIns';

class RequestLimits {
  private readonly live: ConcurrencyQuota;
  private readonly waiting: ConcurrencyQuota;
  private readonly sent: ByteQuota;
  private made: Record<Limited, Check> | undefined;

  constructor(
    private readonly fastify: FastifyInstance,
    private readonly settings: RequestLimitSettings,
  ) {
    this.live = new ConcurrencyQuota(settings.live || Infinity);
    this.waiting = new ConcurrencyQuota(settings.waiting || Infinity);
    this.sent = new ByteQuota((settings.bytes || Infinity) * windowSeconds, windowSeconds * 1_000);
  }

  async beforeIdentity(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (request.routeOptions.url?.startsWith('/sign-in') === true)
      await this.check('signIns', request, reply);
  }

  /** Tokens that are missing or refused are counted by address. */
  async refused(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await this.check('refusedTokens', request, reply);
  }

  async admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await this.check('requests', request, reply);
    if (isExport(request)) await this.check('exports', request, reply);
    const caller = callerOf(request);
    const waitMs = this.sent.add(caller, announcedBytes(request), performance.now());
    if (waitMs > 0) throw tooMany('bytes', Math.ceil(waitMs / 1_000));
    if (isLive(request)) enter(this.live, 'live', caller, reply);
    if (queryOf(request).minPosition !== undefined) enter(this.waiting, 'waiting', caller, reply);
  }

  /** Counts the request, and tells in the answer of what is left, also where that is nothing. */
  private async check(name: Limited, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (this.settings[name] === 0) return;
    const checked = await this.checks[name](request);
    if (checked.isAllowed) return;
    const { max = 0, remaining = 0, ttlInSeconds = windowSeconds } = checked;
    addItem(reply, 'RateLimit-Policy', `"${name}";q=${max};w=${windowSeconds}`);
    addItem(reply, 'RateLimit', `"${name}";r=${remaining};t=${ttlInSeconds}`);
    if (checked.isExceeded === true) throw tooMany(name, ttlInSeconds);
  }

  /** The plugin is there once the server is. Each keeps the newest 5 000 callers. */
  private get checks() {
    const limit = (name: Limited): Check =>
      this.fastify.createRateLimit({
        max: Math.max(1, Math.ceil(this.settings[name] * windowSeconds)),
        ...{ timeWindow: windowSeconds * 1_000, keyGenerator: callerOf },
      });
    return (this.made ??= {
      requests: limit('requests'),
      exports: limit('exports'),
      refusedTokens: limit('refusedTokens'),
      signIns: limit('signIns'),
    });
  }
}

/** A list of several limits is one header. */
const addItem = (reply: FastifyReply, name: string, item: string): void => {
  const before = reply.getHeader(name);
  void reply.header(name, before === undefined ? item : `${String(before)}, ${item}`);
};

const tooMany = (limit: string, seconds: number): Problem =>
  new Problem('too-many-requests', {
    members: { limit },
    headers: { 'Retry-After': String(Math.max(1, seconds)) },
  });

const enter = (atOnce: ConcurrencyQuota, name: string, caller: string, reply: FastifyReply): void => {
  if (!atOnce.enter(caller)) throw tooMany(name, 1);
  reply.raw.once('close', () => atOnce.leave(caller));
};

const queryOf = (request: FastifyRequest) => request.query as Partial<Record<string, string | string[]>>;

/** Forms that are made for the one who asks: tables and pages of paper. */
export const isExport = (request: FastifyRequest): boolean =>
  /^(?:csv|xlsx|pdf)$/.test(String(queryOf(request).format)) ||
  /text\/csv|spreadsheetml|application\/pdf/.test(request.headers.accept ?? '');

/** A body that does not say how long it is counts for what it may be at most. */
const announcedBytes = ({ headers, routeOptions }: FastifyRequest): number =>
  headers['transfer-encoding'] === undefined
    ? Number(headers['content-length'] ?? 0) || 0
    : routeOptions.bodyLimit;
