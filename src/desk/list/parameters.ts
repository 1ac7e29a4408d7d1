/** The values of a statement that is put together from parts, each written where it is used. */
export class Parameters {
  readonly values: unknown[] = [];

  /** The placeholder of a value, as the given type of PostgreSQL. */
  add(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}
