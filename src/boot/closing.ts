export type Close = () => Promise<unknown>;

/** What was opened, and is closed in the opposite order. */
export class Closing {
  readonly opened: Close[] = [];
  private closed: Promise<void> | undefined;

  /** May be called more than once. Throws the first failure, once all the others are closed. */
  close(): Promise<void> {
    return (this.closed ??= this.closeAll());
  }

  private async closeAll(): Promise<void> {
    const failures: unknown[] = [];
    // A resource that fails to close must not keep the database from being stopped.
    for (const closeOne of this.opened.splice(0).reverse())
      await closeOne().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0] as Error;
  }
}
