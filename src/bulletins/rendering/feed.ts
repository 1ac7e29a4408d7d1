import { dateIn } from '../../calendar/formatting.js';
import { html, type Html } from '../../platform/http/html.js';
import { feedAddress, newestAddress } from '../../shared/bulletin-addresses.js';
import type { Instant } from '../../shared/instant.js';
import { locales, type Language } from '../../shared/text/text.js';
import type { Publication, Withdrawal, WrittenBulletin } from '../domain/bulletin.js';
import type { PrintStyle } from './print-style.js';
import { bulletinSummaryOf } from './content/summary.js';
import { printedWordsIn } from './content/words.js';

export const feedType = 'application/atom+xml';

const maxEntries = 50;

interface BulletinFeed {
  bulletins: readonly { date: string; bulletin: WrittenBulletin }[];
  style: PrintStyle;
  /** Whether it says who published; else the organisation did, or nobody is named. */
  namesPeople: boolean;
  /** Where readers find the pages, e.g. `https://billets.example`. */
  origin: string;
  /** A URN of something that is named by these words, the same each time. */
  urnOf: (...names: readonly string[]) => string;
}

interface Entry {
  urn: string;
  at: Instant;
  by: string;
  title: string;
  summary: string;
  date: string;
  revision: number;
}

/** Bulletins, their revisions and withdrawals as an Atom feed (RFC 4287) in one language: the newest of them first, fifty at most. */
export const feedOf = (feed: BulletinFeed): string => {
  const { origin, urnOf, bulletins } = feed;
  const { language } = feed.style;
  const say = printedWordsIn(language);
  const entries = bulletins
    .flatMap(({ date, bulletin }) => [
      ...bulletin.publications.map((publication) => published(feed, date, publication)),
      ...bulletin.withdrawals.map((withdrawal, index) => withdrawn(feed, date, { ...withdrawal, index })),
    ])
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, maxEntries);
  const self = `${origin}${feedAddress(language)}`;
  const { text } = html`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${locales[language]}">
    <id>${urnOf('feed', language)}</id>
    <title>${say('title')} – ${say('subtitle')}</title>
    <updated>${entries[0]?.at ?? '1970-01-01T00:00:00.000Z'}</updated>
    <link rel="self" type="${feedType}" href="${self}" />
    <link
      rel="alternate"
      type="text/html"
      hreflang="${locales[language]}"
      href="${origin}${newestAddress(language)}"
    />
    ${entries.map((entry) => entryOf(entry, feed))}</feed
  > `;
  return `<?xml version="1.0" encoding="utf-8"?>\n${text}`;
};

const titleOf = (date: string, language: Language): string =>
  `${printedWordsIn(language)('title')} – ${dateIn(language, date)}`;

const published = ({ style, urnOf }: BulletinFeed, date: string, publication: Publication): Entry => {
  const { language } = style;
  const say = printedWordsIn(language);
  const { revision, publishedAt, publishedBy, figures, contents } = publication;
  return {
    ...{ urn: urnOf('publication', date, String(revision), language), at: publishedAt, by: publishedBy },
    ...{ date, revision },
    title: `${titleOf(date, language)}${revision > 1 ? ` – ${say('revision')} ${revision}` : ''}`,
    summary: bulletinSummaryOf(contents.ticketDay, figures, style),
  };
};

const withdrawn = (
  { style: { language }, urnOf }: BulletinFeed,
  date: string,
  { revision, reason, withdrawnAt, withdrawnBy, index }: Withdrawal & { index: number },
): Entry => ({
  ...{ urn: urnOf('withdrawal', date, String(index), language), at: withdrawnAt, by: withdrawnBy },
  ...{ date, revision },
  title: `${titleOf(date, language)} – ${printedWordsIn(language)('retired')}`,
  summary: reason,
});

const entryOf = (
  { urn, at, by, title, summary, date, revision }: Entry,
  { origin, style, namesPeople }: BulletinFeed,
): Html => {
  const { language, organisation } = style;
  const author = namesPeople ? by : (organisation ?? printedWordsIn(language)('title'));
  const page = `${origin}/bulletins/${date}?lang=${language}`;
  const pdf = `${origin}/v1/bulletins/${date}?format=pdf&revision=${revision}&lang=${language}`;
  return html`
    <entry>
      <id>${urn}</id>
      <title>${title}</title>
      <published>${at}</published>
      <updated>${at}</updated>
      <author><name>${author}</name></author>
      <link rel="alternate" type="text/html" hreflang="${locales[language]}" href="${page}" />
      <link rel="enclosure" type="application/pdf" href="${pdf}" />
      <summary>${summary}</summary>
    </entry>
  `;
};
