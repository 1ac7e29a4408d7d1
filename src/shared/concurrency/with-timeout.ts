/** Settles as the promise does, or rejects with `late()` when `timeoutMs` pass first; the promise then goes on unobserved. */
export const withTimeout = <Value>(
  timeoutMs: number,
  promise: Promise<Value>,
  late: () => Error,
): Promise<Value> =>
  new Promise((resolve, reject) => {
    // A timer cuts off what is less than a millisecond, and would be early by that.
    const timer = setTimeout(() => reject(late()), Math.ceil(timeoutMs));
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
