import type { ServerDuplexStream, ServerReadableStream, sendUnaryData } from '@grpc/grpc-js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { Faults } from './faults.js';
import { noStream, type Log, type Outcome, type Proposed, type Stored } from './log.js';
import { nameOf, proposed, streamIdentifier, unsigned } from './messages.js';
import { inBatch, type Refusal } from './refusals.js';

/** The method Append: one call for each append; a wrong version is reported in the answer. */
export const append =
  (log: Log, faults: Faults) =>
  (
    call: ServerReadableStream<streams.AppendReq, streams.AppendResp>,
    answer: sendUnaryData<streams.AppendResp>,
  ): void => {
    const refusal = faults.against(call.metadata);
    if (refusal) {
      answer(refusal);
      return;
    }
    let options: streams.AppendReq.Options | undefined;
    const events: Proposed[] = [];
    call.on('data', (request: streams.AppendReq) => {
      options ??= request.getOptions();
      const message = request.getProposedMessage();
      if (message) events.push(proposed(message));
    });
    call.on('end', () => {
      if (faults.silent) return;
      const expected = options!.hasNoStream() ? noStream : Number(options!.getRevision());
      const outcome = log.append(nameOf(options!.getStreamIdentifier()), expected, events);
      if (!faults.keepsAnswer()) answer(null, appendAnswer(outcome, expected));
    });
  };

const appendAnswer = (outcome: Outcome, expected: number): streams.AppendResp => {
  if ('written' in outcome) {
    const { revision, position } = outcome.written;
    const at = new streams.AppendResp.Position()
      .setCommitPosition(unsigned(position))
      .setPreparePosition(unsigned(position));
    const success = new streams.AppendResp.Success().setCurrentRevision(unsigned(revision)).setPosition(at);
    return new streams.AppendResp().setSuccess(success);
  }
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  const { current } = outcome.wrongVersion;
  if (current === noStream) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(unsigned(current));
  if (expected === noStream) wrong.setExpectedNoStream(new shared.Empty());
  else wrong.setExpectedRevision(unsigned(expected));
  return new streams.AppendResp().setWrongExpectedVersion(wrong);
};

/** The method BatchAppend: one call for all appends of a client, each in parts with one correlation id; errors are in the answers. */
export const batchAppend =
  (log: Log, faults: Faults) =>
  (call: ServerDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>): void => {
    const pending = new Map<string, { options: streams.BatchAppendReq.Options; events: Proposed[] }>();
    call.on('data', (request: streams.BatchAppendReq) => {
      const refusal = faults.against(call.metadata);
      // As in KurrentDB, an append that goes to the wrong node ends the whole call.
      if (refusal) return void call.emit('error', refusal);
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
      if (faults.inBatch) return void call.write(response.setError(faults.inBatch));
      const expected = batched.options.hasNoStream() ? noStream : Number(batched.options.getStreamPosition());
      const outcome = log.append(name, expected, batched.events);
      if (faults.keepsAnswer()) return;
      if ('written' in outcome) call.write(response.setSuccess(success(outcome.written)));
      else call.write(response.setError(inBatch.wrongVersion(outcome.wrongVersion.current, expected)));
    });
    const stop = (refusal: Refusal) => call.emit('error', refusal);
    faults.endCalls.once('end', stop);
    call.on('close', () => faults.endCalls.off('end', stop));
    call.on('end', () => call.end());
  };

const success = ({ revision, position }: Stored): streams.BatchAppendResp.Success =>
  new streams.BatchAppendResp.Success()
    .setCurrentRevision(unsigned(revision))
    .setPosition(
      new shared.AllStreamPosition()
        .setCommitPosition(unsigned(position))
        .setPreparePosition(unsigned(position)),
    );
