import type { IncomingHttpHeaders } from 'node:http2';

/** The codes with which gRPC says how a call ended, as far as they are told apart here. */
export const grpcCodes = {
  ok: 0,
  cancelled: 1,
  unknown: 2,
  deadlineExceeded: 4,
  permissionDenied: 7,
  aborted: 10,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  dataLoss: 15,
  unauthenticated: 16,
} as const;

/** A call that failed, on the way or at the server. */
export class GrpcError extends Error {
  constructor(
    readonly code: number,
    message: string,
    /** What the server says beyond code and message, such as `exception: not-leader`. */
    readonly trailers: IncomingHttpHeaders = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * The server has not looked at the call: it has as many of this connection as it takes, those included that it is still ending. So the
 * call can be made again, whatever it is.
 */
export class CallRefused extends GrpcError {
  constructor(options?: ErrorOptions) {
    super(grpcCodes.unavailable, 'the server takes no more calls at the moment', {}, options);
  }
}

/** Codes for answers that are not gRPC's, from a proxy, say; the gRPC specification gives this table. */
const codesByHttpStatus: Record<number, number> = {
  401: grpcCodes.unauthenticated,
  403: grpcCodes.permissionDenied,
  404: grpcCodes.unimplemented,
  429: grpcCodes.unavailable,
  502: grpcCodes.unavailable,
  503: grpcCodes.unavailable,
  504: grpcCodes.unavailable,
};

/** How a call ended, by the headers that say so: an error, or undefined where it succeeded. */
export const errorInTrailers = (trailers: IncomingHttpHeaders): GrpcError | undefined => {
  const code = Number(trailers['grpc-status']);
  if (code === grpcCodes.ok) return undefined;
  return new GrpcError(code, decoded(String(trailers['grpc-message'] ?? '')) || `code ${code}`, trailers);
};

/** An answer without gRPC's status, by its HTTP status. */
export const errorOfHttpStatus = (status: number | undefined): GrpcError =>
  new GrpcError(codesByHttpStatus[status ?? 0] ?? grpcCodes.unknown, `HTTP status ${status ?? 'missing'}`);

/** The message as it was before it was percent-encoded; left as it came where it was not encoded properly. */
const decoded = (message: string): string => {
  try {
    return decodeURIComponent(message);
  } catch {
    return message;
  }
};
