/** The name of the same field in another row: in row 4, `/releves/2/day` is `/releves/4/day` and `releves-2-day` `releves-4-day`. */
export const nameInRow = (name: string, row: number): string =>
  name.replaceAll(/([/-])\d+([/-])/g, `$1${row}$2`);
