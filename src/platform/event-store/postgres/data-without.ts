/** Shorter JSON is returned as it is: parsing it would cost more than leaving fields out saves. */
const minBytes = 1_000;

/**
 * The SQL expression for an event's data without these fields. Only long data are parsed: PostgreSQL knows their size without
 * reading them. Data with \u0000, which json takes and jsonb does not, are returned as they are.
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
