/** A name of a field in another row: `/releves/2/day` in the fifth is `/releves/4/day`, `releves-2-day` is `releves-4-day`. */
export const nameInRow = (name: string, row: number): string =>
  name.replaceAll(/([/-])\d+([/-])/g, `$1${row}$2`);
