import { randomUUID } from 'node:crypto';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import type google from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb.js';
import streamsService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import { EventTooLarge, VersionConflict } from '../../event-store.js';
import type { GrpcCall } from '../transport/grpc-call.js';
import { GrpcError, grpcCodes } from '../transport/grpc-error.js';
import type { NodeSession } from '../transport/node-session.js';

const { BatchAppendReq } = streams;
/** An append goes in parts of about this size: a message beyond the server's limit would end the call, for all. */
const maxPartBytes = 2 ** 20;

export interface ProposedEvent {
  id: string;
  type: string;
  data: Buffer;
  metadata: Buffer;
}

export interface AppendRequest {
  stream: string;
  /** How many events the stream must hold, always exact: only then is a repeated append recognised by its event ids, for ever. */
  expectedRevision: number;
  events: readonly ProposedEvent[];
}

interface Pending {
  request: AppendRequest;
  resolve: (position: bigint | undefined) => void;
  reject: (error: unknown) => void;
}

/** All appends to a node go through one call, each in messages of its own, and are answered in any order. */
export class AppendCall {
  private call: GrpcCall<streams.BatchAppendReq, streams.BatchAppendResp> | undefined;
  private readonly pending = new Map<string, Pending>();
  private unansweredSince: number | undefined;

  constructor(private readonly session: NodeSession) {}

  /** For how long appends have waited without any of them being answered. */
  get silentMs(): number {
    return this.unansweredSince === undefined ? 0 : performance.now() - this.unansweredSince;
  }

  /**
   * Resolves once the events are written, with the position of the last one if the server says it. Throws VersionConflict,
   * EventTooLarge, AppendTimeout when the server gave up waiting for the append, which may still happen, and GrpcError for everything
   * else.
   */
  append(request: AppendRequest): Promise<bigint | undefined> {
    const id = randomUUID();
    return new Promise((resolve, reject) => {
      const call = (this.call ??= this.open());
      this.pending.set(id, { request, resolve, reject });
      this.unansweredSince ??= performance.now();
      for (const part of partsOf(request, id)) call.send(part);
    });
  }

  private open(): GrpcCall<streams.BatchAppendReq, streams.BatchAppendResp> {
    const call = this.session.call(streamsService.StreamsService.batchAppend);
    void this.answer(call);
    return call;
  }

  private async answer(call: GrpcCall<streams.BatchAppendReq, streams.BatchAppendResp>): Promise<void> {
    let failure: unknown = new GrpcError(grpcCodes.unavailable, 'the server ended the call for appends');
    try {
      for await (const response of call.responses()) this.settle(response);
    } catch (error) {
      failure = error;
    }
    this.call = undefined;
    const unanswered = [...this.pending.values()];
    this.pending.clear();
    this.unansweredSince = undefined;
    for (const { reject } of unanswered) reject(failure);
  }

  private settle(response: streams.BatchAppendResp): void {
    const id = idIn(response.getCorrelationId());
    const pending = this.pending.get(id);
    if (!pending) return;
    this.pending.delete(id);
    this.unansweredSince = this.pending.size > 0 ? performance.now() : undefined;
    const error = response.getError();
    if (error) pending.reject(refusalIn(error, pending.request));
    else pending.resolve(positionIn(response));
  }
}

/** The server gave up waiting for the append, which may still happen. */
export class AppendTimeout extends Error {}

function* partsOf({ stream, expectedRevision, events }: AppendRequest, id: string) {
  const correlationId = new shared.UUID().setString(id);
  const options = new BatchAppendReq.Options().setStreamIdentifier(
    new shared.StreamIdentifier().setStreamName(Buffer.from(stream)),
  );
  if (expectedRevision === 0) options.setNoStream(new shared.Empty());
  else options.setStreamPosition(String(expectedRevision - 1));
  let part = new BatchAppendReq().setCorrelationId(correlationId).setOptions(options);
  let bytes = 0;
  for (const event of events) {
    const size = event.data.length + event.metadata.length;
    if (bytes > 0 && bytes + size > maxPartBytes) {
      yield part;
      part = new BatchAppendReq().setCorrelationId(correlationId);
      bytes = 0;
    }
    bytes += size;
    part.addProposedMessages(proposed(event));
  }
  yield part.setIsFinal(true);
}

const proposed = ({ id, type, data, metadata }: ProposedEvent): streams.BatchAppendReq.ProposedMessage => {
  const message = new BatchAppendReq.ProposedMessage()
    .setId(new shared.UUID().setString(id))
    .setData(data)
    .setCustomMetadata(metadata);
  message.getMetadataMap().set('type', type).set('content-type', 'application/json');
  return message;
};

const positionIn = (response: streams.BatchAppendResp): bigint | undefined => {
  const position = response.getSuccess()?.getPosition()?.getCommitPosition();
  return position === undefined ? undefined : BigInt(position);
};

/** An id as text, though the server may send it as two numbers. */
const idIn = (id: shared.UUID | undefined): string => {
  const structured = id?.getStructured();
  if (!structured) return id?.getString() ?? '';
  const half = (bits: string) => BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0');
  const hex = half(structured.getMostSignificantBits()) + half(structured.getLeastSignificantBits());
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

/** The error for an append that was refused: what kind it is stands in the details, without a gRPC code. */
const refusalIn = (status: google.Status, { stream, expectedRevision, events }: AppendRequest): Error => {
  const details = status.getDetails();
  const type = details?.getTypeName() ?? '';
  const bytes = details?.getValue_asU8() ?? new Uint8Array();
  switch (type) {
    case 'event_store.client.WrongExpectedVersion': {
      const wrong = shared.WrongExpectedVersion.deserializeBinary(bytes);
      const actual = wrong.hasCurrentStreamRevision() ? Number(wrong.getCurrentStreamRevision()) + 1 : 0;
      return new VersionConflict(stream, expectedRevision, actual);
    }
    case 'event_store.client.MaximumAppendSizeExceeded': {
      const size = events.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);
      const limit = shared.MaximumAppendSizeExceeded.deserializeBinary(bytes).getMaxappendsize();
      return new EventTooLarge(size, limit);
    }
    case 'event_store.client.Timeout':
      return new AppendTimeout(status.getMessage());
    case 'event_store.client.AccessDenied':
      return new GrpcError(grpcCodes.permissionDenied, status.getMessage() || 'access denied');
    default:
      // A server that is busy, not ready or without a leader says so only in words.
      return new GrpcError(grpcCodes.unknown, status.getMessage() || type);
  }
};
