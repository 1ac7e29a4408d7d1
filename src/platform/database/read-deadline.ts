/** Many times what a read takes, and less than whoever asks waits. */
export const readDeadlineMs = 10_000;

/**
 * A query that fails as unavailable when no answer has come after so long, and whose connection the pool then closes: a server
 * that has gone silent does not say so. The driver knows the option, its types do not.
 */
export const withReadDeadline = <Query extends object>(timeoutMs: number, query: Query): Query => ({
  ...query,
  query_timeout: timeoutMs,
});
