/** How long a read may take: many times what it does take, and less than a client waits. */
export const readDeadlineMs = 10_000;

/**
 * A query that fails as unavailable when no answer has come after `timeoutMs`, and whose connection the pool then closes: a server
 * that has gone silent does not say so. The driver knows the option `query_timeout`, but its types do not.
 */
export const withReadDeadline = <Query extends object>(timeoutMs: number, query: Query): Query => ({
  ...query,
  query_timeout: timeoutMs,
});
