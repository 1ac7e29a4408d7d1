import { dayIn, weekdayIn } from '../calendar/formatting.js';

interface Figures {
  opened: number;
  resolved: number;
  resolvedSameDay: number;
  backlog: number;
}

export interface DemoDay {
  date: string;
  total: Figures;
  establishments: (Figures & { code: string })[];
}

/**
 * The figures of days, read through the API once it has counted everything up to `minPosition`. Throws where the API
 * refuses.
 */
export const readWeek = async (
  url: string,
  token: string,
  range: { from: string; to: string; minPosition: string },
): Promise<DemoDay[]> => {
  const query = new URLSearchParams(range);
  const response = await fetch(`${url}/v1/billets-quotidiens?${query.toString()}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  if (!response.ok)
    throw new Error(`the figures could not be read: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { items: DemoDay[] }).items;
};

/** «15 mai 2026», «1er mai 2026». */
export const withYear = (date: string): string => `${dayIn('fr', date)} ${date.slice(0, 4)}`;

/**
 * The ticket lines of a day's bulletin, in its own words: the real day's, and the day that it is here. Throws where that is not in the
 * sample.
 */
export const bulletinLines = (
  days: readonly DemoDay[],
  { real, here }: { real: string; here: string },
): string => {
  const day = days.find((candidate) => candidate.date === here);
  if (!day) throw new Error(`${here} is not in the sample`);
  return [
    `Billets quotidiens – ${weekdayIn('fr', real)} 00h00 à 23h59`,
    ...(real === here ? [] : [`(le ${withYear(real)}, ici le ${withYear(here)})`]),
    '',
    `Nombre de billets quotidiens : ${day.total.opened}`,
    '',
    `- Nombre de billets quotidiens résolus au cours de cette même période : ${day.total.resolvedSameDay}`,
  ].join('\n');
};

const columns = ['opened', 'resolved', 'same day', 'backlog'] as const;
const widths = { date: 12, code: 8, figure: 14 };

/** The week as a table: a row for each day and establishment, and one for each day's sum. */
export const weekTable = (days: readonly DemoDay[]): string => {
  const row = (date: string, code: string, figures: readonly (string | number)[]) =>
    [
      date.padEnd(widths.date),
      code.padEnd(widths.code),
      ...figures.map((figure) => String(figure).padStart(widths.figure)),
    ].join('');
  const figuresOf = ({ opened, resolved, resolvedSameDay, backlog }: Figures) => [
    opened,
    resolved,
    resolvedSameDay,
    backlog,
  ];
  const head = row('day', '', columns);
  const rule = '─'.repeat(head.length);
  const body = days.flatMap((day) => [
    ...day.establishments.map((figures, index) =>
      row(index === 0 ? day.date : '', figures.code, figuresOf(figures)),
    ),
    row('', 'total', figuresOf(day.total)),
  ]);
  return [head, rule, ...body].join('\n');
};
