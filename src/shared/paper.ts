/** The sheets that people print on: Letter in North America, A4 elsewhere. */
export const paperNames = ['letter', 'a4'] as const;
export type Paper = (typeof paperNames)[number];
