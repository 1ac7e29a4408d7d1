import { constants, type ClientHttp2Stream, type IncomingHttpHeaders } from 'node:http2';
import { frameOf, FrameReader } from './frames.js';
import { CallRefused, errorInTrailers, errorOfHttpStatus, GrpcError, grpcCodes } from './grpc-error.js';

type ResponseHeaders = IncomingHttpHeaders & { ':status'?: number };

/** A method of a generated service definition. */
export interface GrpcMethod<Request, Response> {
  path: string;
  requestSerialize(request: Request): Buffer;
  responseDeserialize(message: Buffer): Response;
}

/**
 * A gRPC call in progress. Its responses are pulled, never pushed: what is not taken stays in the stream's buffer, and when that is
 * full, the server is not allowed to send more.
 */
export class GrpcCall<Request, Response> {
  /** How many bytes of responses have arrived. */
  bytes = 0;
  private readonly frames = new FrameReader();
  private failure: Error | undefined;
  private trailers: IncomingHttpHeaders | undefined;
  private httpStatus: number | undefined;
  private ended = false;
  private wake: () => void = () => undefined;
  private readonly timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly stream: ClientHttp2Stream,
    private readonly method: GrpcMethod<Request, Response>,
    deadlineMs?: number,
  ) {
    stream.on('response', (headers: ResponseHeaders) => this.begun(headers));
    stream.on('trailers', (trailers: IncomingHttpHeaders) => (this.trailers = trailers));
    stream.on('readable', () => this.wake());
    stream.on('end', () => this.finish(this.outcome()));
    stream.on('error', (error: Error) => this.finish(this.failureOf(error)));
    stream.on('close', () => this.finish(this.trailers ? this.outcome() : lost()));
    if (deadlineMs !== undefined) {
      const late = () => new GrpcError(grpcCodes.deadlineExceeded, `no answer within ${deadlineMs} ms`);
      this.timer = setTimeout(() => this.abort(late()), deadlineMs);
    }
  }

  /** Whether the server has ended the call without an error, and all its responses are taken. */
  get isEnded(): boolean {
    return this.ended && this.failure === undefined;
  }

  /** Requests that are sent in one turn of the event loop go out in one write. */
  send(request: Request): void {
    if (!this.stream.writable) return;
    if (this.stream.writableCorked === 0) {
      this.stream.cork();
      setImmediate(() => this.stream.uncork());
    }
    this.stream.write(frameOf(this.method.requestSerialize(request)));
  }

  endRequests(): void {
    this.stream.end();
  }

  /** Ends the call; whoever waits for a response gets an error. */
  cancel(): void {
    this.abort(new GrpcError(grpcCodes.cancelled, 'the call was cancelled'));
  }

  /** The next response that has arrived; undefined when there is none. Throws when all are taken and the call has failed. */
  take(): Response | undefined {
    for (;;) {
      // What has arrived is taken first, also when the call has ended since.
      const response = this.nextResponse();
      if (response !== undefined) return response;
      const chunk = this.ended ? null : (this.stream.read() as Buffer | null);
      if (chunk === null) break;
      this.bytes += chunk.length;
      this.frames.push(chunk);
    }
    if (this.failure) throw this.failure;
    return undefined;
  }

  /** Resolves when something arrives, when nothing more can arrive, or after `ms`. */
  wait(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(() => this.wake(), ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (this.ended) this.wake();
    });
  }

  async *responses(): AsyncGenerator<Response> {
    for (;;) {
      const response = this.take();
      if (response) yield response;
      else if (this.isEnded) return;
      else await this.wait();
    }
  }

  private nextResponse(): Response | undefined {
    try {
      const message = this.frames.next();
      return message && this.method.responseDeserialize(message);
    } catch (error) {
      this.abort(error as Error);
      return undefined;
    }
  }

  private begun(headers: ResponseHeaders): void {
    this.httpStatus = headers[':status'];
    // A call that fails at once is answered with headers that are its trailers as well.
    if (headers['grpc-status'] !== undefined) this.trailers = headers;
  }

  private outcome(): Error | undefined {
    if (this.trailers?.['grpc-status'] !== undefined) return errorInTrailers(this.trailers);
    return errorOfHttpStatus(this.httpStatus);
  }

  private failureOf(error: Error): GrpcError {
    const isRefused = this.stream.rstCode === constants.NGHTTP2_REFUSED_STREAM;
    return isRefused ? new CallRefused({ cause: error }) : unavailable(error);
  }

  private abort(reason: Error): void {
    this.finish(reason);
    this.frames.clear();
    if (!this.stream.closed) this.stream.close(constants.NGHTTP2_CANCEL);
  }

  /** The first reason counts: what follows of a failure, such as the stream's closing, says less. */
  private finish(failure: Error | undefined): void {
    if (this.ended) return;
    this.ended = true;
    this.failure = failure;
    clearTimeout(this.timer);
    this.wake();
  }
}

const lost = (): GrpcError => new GrpcError(grpcCodes.unavailable, 'the connection was lost');

/** Node reports a lost connection as a cancelled stream, with the reason in brackets at the end. */
const causedBy = /\(caused by: (.*)\)$/s;

const unavailable = (error: Error): GrpcError => {
  if (error instanceof GrpcError) return error;
  const reason = causedBy.exec(error.message)?.[1] ?? error.message;
  return new GrpcError(grpcCodes.unavailable, reason, {}, { cause: error });
};
