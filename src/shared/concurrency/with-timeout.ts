/** Settles as the promise does, or rejects with `late()` when `timeoutMs` pass first; the promise then goes on unobserved. */
export const withTimeout = <Value>(
  timeoutMs: number,
  promise: Promise<Value>,
  late: () => Error,
): Promise<Value> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), timeoutMs);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
