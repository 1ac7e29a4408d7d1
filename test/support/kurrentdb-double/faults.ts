import { EventEmitter } from 'node:events';
import type { Metadata } from '@grpc/grpc-js';
import type google from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb.js';
import { notLeader, unauthenticated, type Refusal } from './refusals.js';

/** What goes wrong, until it is set back. */
export class Faults {
  /** Every call is refused so. */
  refusal: Refusal | undefined;
  /** Calls that want the leader are told where it is. */
  leaderElsewhere: { host: string; port: number } | undefined;
  /** Only these may call: the value of the authorization header. */
  authorization: string | undefined;
  /** Nothing is done, and nothing answered. */
  silent = false;
  /** Appends are done, and not answered. */
  answersKept = false;
  /** Called when an append is done, before it is answered; true to keep the answer. */
  beforeAnswer: (() => boolean) | undefined;
  /** Every append of a batch is answered so. */
  inBatch: google.Status | undefined;
  /** The server does not say what it can do. */
  featuresKept = false;
  /** Subscriptions are confirmed, and then nothing comes of them. */
  subscriptionsStall = false;
  /** Emits 'end' with a refusal to every call that goes on: subscriptions and batches of appends. */
  readonly endCalls = new EventEmitter().setMaxListeners(0);

  /** Why a call is refused, if it is. */
  against(headers: Metadata): Refusal | undefined {
    if (this.refusal) return this.refusal;
    if (this.authorization !== undefined && headers.get('authorization')[0] !== this.authorization) {
      return unauthenticated();
    }
    const { leaderElsewhere } = this;
    const wantsLeader = headers.get('requires-leader')[0] === 'true';
    return leaderElsewhere && wantsLeader ? notLeader(leaderElsewhere.host, leaderElsewhere.port) : undefined;
  }

  keepsAnswer(): boolean {
    return (this.beforeAnswer?.() ?? false) || this.answersKept;
  }
}
