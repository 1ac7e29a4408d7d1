import { EventEmitter } from 'node:events';
import type { Metadata } from '@grpc/grpc-js';
import type google from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb.js';
import { handlerThrew, noLeaderKnown, notLeader, unauthenticated, type Refusal } from './refusals.js';

/** The faults of the double; each lasts until it is set back. */
export class Faults {
  /** Every call is refused with this. */
  refusal: Refusal | undefined;
  /** Calls that require the leader are refused, with its address if the node knows of one. */
  leaderElsewhere: { host: string; port: number } | 'unknown' | undefined;
  /** Only calls with this value of the authorization header are accepted. */
  authorization: string | undefined;
  /** Calls do nothing, and are not answered. */
  silent = false;
  /** Appends are recorded, but not answered. */
  answersKept = false;
  /** Called when an append is recorded, before it is answered; returns true to withhold the answer. */
  beforeAnswer: (() => boolean) | undefined;
  /** Appends are answered without the position at which they were written, or with another event's. */
  positions: 'kept' | 'wrong' | undefined;
  /** Every append of a batch is answered with this status. */
  inBatch: google.Status | undefined;
  /** So many repetitions of an append are answered with the server's own time-out, as where the first one is not replicated yet. */
  repetitionsTimeOut = 0;
  /** The question for the server's features is not answered. */
  featuresKept = false;
  /** The version that the server says it has. */
  version = '26.1.0';
  /** A subscription's checkpoint at the log's end names the place where the next event will stand, as before 24.10.5 and in 25.0.0. */
  checkpointAtEnd = false;
  /** Subscriptions are confirmed, and then send nothing. */
  subscriptionsStall = false;
  /** Emits 'end' with a refusal, which ends every call in progress: subscriptions and batches of appends. */
  readonly endCalls = new EventEmitter().setMaxListeners(0);

  /** Ends every call in progress, as where the server's own code fails. */
  handlerThrows(): void {
    this.endCalls.emit('end', handlerThrew());
  }

  /** The refusal of a call, if it is refused. */
  against(headers: Metadata): Refusal | undefined {
    if (this.refusal) return this.refusal;
    if (this.authorization !== undefined && headers.get('authorization')[0] !== this.authorization) {
      return unauthenticated();
    }
    const { leaderElsewhere } = this;
    const wantsLeader = headers.get('requires-leader')[0] === 'true';
    if (!leaderElsewhere || !wantsLeader) return undefined;
    return leaderElsewhere === 'unknown'
      ? noLeaderKnown()
      : notLeader(leaderElsewhere.host, leaderElsewhere.port);
  }

  keepsAnswer(): boolean {
    return (this.beforeAnswer?.() ?? false) || this.answersKept;
  }
}
