/** What the promise comes to, or `late()` thrown when `timeoutMs` pass first: the promise is then left to itself. */
export const withTimeout = <Value>(
  timeoutMs: number,
  promise: Promise<Value>,
  late: () => Error,
): Promise<Value> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), timeoutMs);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
