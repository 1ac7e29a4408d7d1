import {
  changesOf,
  textChanges,
  type KnownFigures,
  type Publication,
  type PublicationProof,
  type Withdrawal,
  sectionWords,
  signatureLine,
  printedWordsIn,
  releveName,
} from '../../../bulletins/index.js';
import { html, type Html } from '../../../platform/http/html.js';
import { dayIn, momentIn, numberIn, signedIn } from '../../../calendar/formatting.js';
import type { Language } from '../../../shared/text/text.js';
import { figureLabels } from '../../../shared/vocabulary.js';
import { figureAddress } from '../../day/addresses.js';
import { figureColumns, type Figure } from '../../day/columns.js';
import { figuresTable } from '../../page/figures-table.js';
import type { PageReader } from '../../page/page-frame.js';
import { bulletinWordsIn } from '../bulletin-words.js';
import type { BulletinState } from './bulletin-state.js';
import { causesTable } from './causes-table.js';
import { printAddress } from './printed-card.js';

/** All publications, newest first, each with its changes and the events that caused them. */
export const revisionsCard = ({ snapshot, proofs }: BulletinState, reader: PageReader): Html => {
  const { date, bulletin } = snapshot;
  const { publications, withdrawals } = bulletin;
  if (publications.length === 0) return html``;
  const items = publications.map((publication, index) =>
    revisionItem(publication, {
      ...{ before: publications[index - 1], date, reader },
      proof: proofs.get(publication.revision),
      withdrawal: withdrawals.find(({ revision }) => revision === publication.revision),
    }),
  );
  return html`<section class="card" aria-labelledby="revisions-title">
    <h2 id="revisions-title">${bulletinWordsIn(reader.language)('revisions')}</h2>
    <ol class="revisions" reversed>
      ${items.reverse()}
    </ol>
  </section>`;
};

interface RevisionContext {
  before: Publication | undefined;
  date: string;
  reader: PageReader;
  proof: PublicationProof | undefined;
  withdrawal: Withdrawal | undefined;
}

const revisionItem = (
  publication: Publication,
  { before, date, reader, proof, withdrawal }: RevisionContext,
): Html => {
  const { language } = reader;
  const say = bulletinWordsIn(language);
  const { revision, publishedAt, publishedBy, figures } = publication;
  const { ticketDay } = publication.contents;
  return html`<li>
    <h3>${before ? `${say('revised')} ${revision}` : say('firstPublication')}</h3>
    <p class="hint">
      ${momentIn(language, publishedAt, figures.timeZone)}, ${say('by')} ${publishedBy}, ${say('position')}
      ${figures.position}
    </p>
    ${
      withdrawal &&
      html`<p>
        ${say('withdrawnOn')} ${momentIn(language, withdrawal.withdrawnAt, figures.timeZone)}, ${say('by')}
        ${withdrawal.withdrawnBy}: ${withdrawal.reason}
      </p>`
    }
    <p class="hint signature">${signatureLine(language, publication, proof)}</p>
    ${before && whatChanged(publication, before, reader)}
    <p><a href="${printAddress(date, language, revision)}">${say('printedThen')}</a></p>
    <details>
      <summary>${say('asKnownThen')}</summary>
      ${figuresThen(ticketDay, figures, language)}
    </details>
  </li>`;
};

/** The figures that were published, each a link to the tickets that it counted. */
const figuresThen = (date: string, figures: KnownFigures, language: Language): Html => {
  const linked = (figure: Figure, establishment: string | undefined) =>
    figureAddress({ date, figure, establishment, asOfPosition: figures.position });
  return figuresTable(figures, { columns: figureColumns, language, linked });
};

const whatChanged = (publication: Publication, before: Publication, reader: PageReader): Html => {
  const { language } = reader;
  const say = bulletinWordsIn(language);
  const { contents, causes, figures } = publication;
  const lines = changesOf(before.figures.total, figures.total).map(
    ({ figure, from, to }) =>
      html`<li>
        ${figureLabels[figure][language]}: ${numberIn(language, to)} ${say('insteadOf')}
        ${numberIn(language, from)} (<strong>${signedIn(language, to - from, true)}</strong>)
      </li>`,
  );
  return html`<ul>
      ${lines} ${textLines(textChanges(before.contents, contents), language)}
    </ul>
    ${
      causes.length > 0 &&
      html`<details>
        <summary>${say('eventsBehind')} (${numberIn(language, causes.length)})</summary>
        ${causesTable(contents.ticketDay, { causes, timeZone: figures.timeZone, language })}
      </details>`
    }`;
};

/** One line for the changed texts and one for the changed relevés. */
export const textLines = (
  { sections, releves }: ReturnType<typeof textChanges>,
  language: Language,
): Html[] => {
  const [say, printed] = [bulletinWordsIn(language), printedWordsIn(language)];
  const named = sections.map((name) => printed(sectionWords[name])).join(', ');
  const changed = releves
    .map(
      ({ code, day, from, to }) =>
        `${releveName(to ?? from ?? { code }, language)} (${dayIn(language, day)})`,
    )
    .join(', ');
  return [
    ...(named === '' ? [] : [html`<li>${say('textsChanged')}: ${named}</li>`]),
    ...(changed === '' ? [] : [html`<li>${say('relevesChanged')}: ${changed}</li>`]),
  ];
};
