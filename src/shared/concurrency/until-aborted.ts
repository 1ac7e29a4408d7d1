/** Settles as the work does, or resolves with `otherwise` once the signal is aborted; the work then goes on unobserved. */
export const untilAborted = async <Value>(
  signal: AbortSignal,
  work: Promise<Value>,
  otherwise: Value,
): Promise<Value> => {
  const settled = new AbortController();
  const aborted = signal.aborted
    ? Promise.resolve(otherwise)
    : new Promise<Value>((resolve) => {
        signal.addEventListener('abort', () => resolve(otherwise), { once: true, signal: settled.signal });
      });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    settled.abort();
  }
};
