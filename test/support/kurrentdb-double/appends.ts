import type { ServerDuplexStream } from '@grpc/grpc-js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import type { Faults } from './faults.js';
import { noStream, type Log, type Proposed, type Stored } from './log.js';
import { nameOf, proposed, streamIdentifier, unsigned } from './messages.js';
import { inBatch, type Refusal } from './refusals.js';

/** The method BatchAppend: one call for all appends of a client, each in parts with one correlation id; errors are in the answers. */
export const batchAppend =
  (log: Log, faults: Faults) =>
  (call: ServerDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>): void => {
    const pending = new Map<string, { options: streams.BatchAppendReq.Options; events: Proposed[] }>();
    call.on('data', (request: streams.BatchAppendReq) => {
      const refusal = faults.against(call.metadata);
      // As in KurrentDB, an append that goes to the wrong node ends the whole call, but only if that node knows the right one.
      if (refusal && faults.leaderElsewhere !== 'unknown') return void call.emit('error', refusal);
      const id = request.getCorrelationId()!.getString();
      const options = request.getOptions();
      if (options) pending.set(id, { options, events: [] });
      const batched = pending.get(id)!;
      batched.events.push(...request.getProposedMessagesList().map(proposed));
      if (!request.getIsFinal() || faults.silent) return;
      pending.delete(id);
      const name = nameOf(batched.options.getStreamIdentifier());
      const response = new streams.BatchAppendResp()
        .setCorrelationId(request.getCorrelationId())
        .setStreamIdentifier(streamIdentifier(name));
      if (refusal) return void call.write(response.setError(inBatch.noLeaderKnown()));
      if (faults.inBatch) return void call.write(response.setError(faults.inBatch));
      const expected = batched.options.hasNoStream() ? noStream : Number(batched.options.getStreamPosition());
      const outcome = log.append(name, expected, batched.events);
      if (faults.keepsAnswer()) return;
      if ('written' in outcome && outcome.isRepetition && faults.repetitionsTimeOut > 0) {
        faults.repetitionsTimeOut -= 1;
        return void call.write(response.setError(inBatch.timedOut()));
      }
      if ('written' in outcome) call.write(response.setSuccess(success(outcome.written, faults)));
      else call.write(response.setError(inBatch.wrongVersion(outcome.wrongVersion.current, expected)));
    });
    const stop = (refusal: Refusal) => call.emit('error', refusal);
    faults.endCalls.once('end', stop);
    call.on('close', () => faults.endCalls.off('end', stop));
    call.on('end', () => call.end());
  };

const success = ({ revision, position }: Stored, { positions }: Faults): streams.BatchAppendResp.Success => {
  const answer = new streams.BatchAppendResp.Success().setCurrentRevision(unsigned(revision));
  if (positions === 'kept') return answer.setNoPosition(new empty.Empty());
  const at = unsigned(positions === 'wrong' ? 0 : position);
  return answer.setPosition(new shared.AllStreamPosition().setCommitPosition(at).setPreparePosition(at));
};
