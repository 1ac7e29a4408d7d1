import type { QueryConfig } from 'pg';
import sql, { empty, join, raw, type Sql } from 'sql-template-tag';

/**
 * The tag with which every statement is written. What stands between `${` and `}` is either another part of the statement or a value,
 * which is sent as a parameter and never in the text. `raw` is for names that the code itself has made.
 */
export { empty, join, raw, sql, type Sql };

class SharedValue {
  constructor(readonly value: unknown) {}
}

/** A value that stands in several places of a statement: PostgreSQL gets one parameter for all of them. */
export const shared = (value: unknown): unknown => new SharedValue(value);

/** A statement as the driver takes it. With a name, each connection prepares it once: for statements that are run again and again. */
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
