import type { QueryConfig } from 'pg';
import sql, { empty, join, raw, type Sql } from 'sql-template-tag';

/**
 * The one way to write a statement: what stands between `${` and `}` is another part of it, or a value, which is sent beside the
 * text and never in it. `raw` is for names that the code itself has made.
 */
export { empty, join, raw, sql, type Sql };

/** A value that stands in several places of a statement, and is sent once. */
class SharedValue {
  constructor(readonly value: unknown) {}
}

/** A value for several places of a statement: PostgreSQL gets one parameter for all of them. */
export const shared = (value: unknown): unknown => new SharedValue(value);

/** A statement as the driver takes it. With a name each connection plans it once: for statements that are asked for again and again. */
export const statement = ({ strings, values }: Sql, name?: string): QueryConfig & { values: unknown[] } => {
  const numbers = new Map<SharedValue, number>();
  const sent: unknown[] = [];
  const numberOf = (value: unknown): number => {
    if (!(value instanceof SharedValue)) return sent.push(value);
    const number = numbers.get(value) ?? sent.push(value.value);
    numbers.set(value, number);
    return number;
  };
  let text = strings[0] ?? '';
  values.forEach((value, index) => (text += `$${numberOf(value)}${strings[index + 1] ?? ''}`));
  return { ...(name === undefined ? {} : { name }), text, values: sent };
};
