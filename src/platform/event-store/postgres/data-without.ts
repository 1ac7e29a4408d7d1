/** JSON that is shorter comes as it is: taking it apart would cost more than it spares. */
const minBytes = 1_000;

/**
 * The expression for an event's data without these fields, where it is long: PostgreSQL sees that without reading it. jsonb takes
 * no \u0000, which json does: what holds one comes as it is.
 */
export const dataWithout = (fields: readonly string[]): string => {
  if (fields.length === 0) return 'data';
  const less = fields.map((field) => ` #- '{${pathOf(field)}}'`).join('');
  return `CASE WHEN (pg_column_size(data) > ${minBytes} OR pg_column_compression(data) IS NOT NULL)
                AND strpos(data::text, '\\u0000') = 0
               THEN (data::jsonb${less})::json ELSE data END`;
};

const pathOf = (field: string): string => {
  if (!/^[A-Za-z]+(\.[A-Za-z]+)*$/.test(field)) throw new Error(`${field} is not the name of a field`);
  return field.replaceAll('.', ',');
};
