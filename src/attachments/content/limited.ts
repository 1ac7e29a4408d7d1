import { DomainError } from '../../shared/problems/domain-error.js';

/** The largest file. */
export const maxFileBytes = 10 * 1024 * 1024;

/** The slowest that a file may come: a phone at the edge of a network sends ten megabytes in it. */
const maxUploadMs = 30 * 60_000;

/** The same bytes. Throws `attachment-too-large` as soon as there are more than a file may have, `request-timeout` where they take too long. */
export async function* limited(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const startedAt = performance.now();
  let received = 0;
  for await (const part of bytes) {
    received += part.length;
    if (received > maxFileBytes) throw new DomainError('attachment-too-large');
    if (performance.now() - startedAt > maxUploadMs) throw new DomainError('request-timeout');
    yield part;
  }
}
