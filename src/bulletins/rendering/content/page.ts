import { behindIn, type Behind } from '../../../billets-quotidiens/index.js';
import { canonicalJson } from '../../../shared/canonical-json.js';
import type { Language } from '../../../shared/text/text.js';
import { figureLabels, type FigureName } from '../../../shared/vocabulary.js';
import { changesOf, textChanges, type Publication, type Withdrawal } from '../../domain/bulletin.js';
import {
  figureNames,
  type Contents,
  type HighlightText,
  type KnownFigures,
  type Releve,
} from '../../domain/bulletin.events.js';
import type { PublishedView } from '../../bulletin.view.js';
import { plain, type Block, type ChartBlock, type PageBlocks, type Section, type Span } from './blocks.js';
import { parseMarkdown } from '../parse-markdown.js';
import {
  capitalized,
  dateIn,
  dayIn,
  momentIn,
  numberIn,
  quantityIn,
  shortWeekdayIn,
  signedIn,
  weekdayIn,
} from '../../../calendar/formatting.js';
import type { PrintStyle } from '../print-style.js';
import { releveName } from './releve-names.js';
import { releveLines } from './releve-lines.js';
import { bulletinSummaryOf } from './summary.js';
import { signatureLine } from './signature-line.js';
import { labelled, sectionWords, printedWordsIn, type DocumentWord } from './words.js';

export interface BulletinDocument extends PublishedView {
  date: string;
  /** The publication that the shown revision corrects. */
  corrected: Publication | undefined;
  /** How far the figures of a draft are behind the log; undefined for a publication. */
  behind: Behind | undefined;
  /** The withdrawal that holds; undefined for a draft. */
  withdrawal: Withdrawal | undefined;
}

/** The bulletin in one language: the headings, lines and numbers that every format lays out. */
export const bulletinPage = (printed: BulletinDocument, style: PrintStyle): PageBlocks =>
  new PageWriter(printed, style).page();

class PageWriter {
  private readonly say: (word: DocumentWord) => string;
  private readonly language: Language;

  constructor(
    private readonly printed: BulletinDocument,
    private readonly style: PrintStyle,
  ) {
    this.language = style.language;
    this.say = printedWordsIn(style.language);
  }

  page(): PageBlocks {
    const { contents } = this.printed;
    const { bilan, faitsSaillants = [], objectif } = contents.sections;
    return {
      language: this.language,
      paper: this.style.paper,
      letterhead: this.letterhead(),
      title: this.say('title'),
      subtitle: this.say('subtitle'),
      date: capitalized(dateIn(this.language, this.printed.date)),
      summary: this.summary(),
      notice: this.notice(),
      sections: [
        ...this.correction(),
        ...this.text('bilan', ' – ', bilan),
        ...this.highlights(faitsSaillants),
        ...this.technology(contents),
        this.tickets(),
        ...this.week(),
        ...this.text('objectif', this.language === 'fr' ? ' : ' : ': ', objectif),
        ...this.annex(),
      ],
      footer: [...this.footer(), ...(this.style.foot === undefined ? [] : [this.style.foot])],
      foot: this.style.foot,
    };
  }

  private summary(): string {
    const { publication, contents, withdrawal } = this.printed;
    if (!publication || withdrawal) return this.notice() ?? '';
    return bulletinSummaryOf(contents.ticketDay, publication.figures, this.style);
  }

  private letterhead(): PageBlocks['letterhead'] {
    const { organisation, logo } = this.style;
    if (organisation === undefined && !logo) return undefined;
    return { organisation, logo, logoWords: this.say('logo') };
  }

  private notice(): string | undefined {
    const { publication, behind, withdrawal } = this.printed;
    if (withdrawal) return this.withdrawn(withdrawal);
    if (publication) return undefined;
    return behind ? `${this.say('draft')} ${behindIn(this.language, behind)}` : this.say('draft');
  }

  private withdrawn({ withdrawnAt, reason }: Withdrawal): string {
    const { figures } = this.printed;
    if (!figures) throw new Error('what was published has its figures');
    const at = momentIn(this.language, withdrawnAt, figures.timeZone);
    return labelled(this.language, `${this.say('withdrawn')} ${at}`, reason);
  }

  /** A text section. A heading that begins the text joins the section's name: «Bilan – Première semaine …». */
  private text(name: DocumentWord, separator: string, text: string | undefined): Section[] {
    if (text === undefined) return [];
    const written = parseMarkdown(text);
    const [first, ...rest] = written;
    const own = first?.kind === 'heading' ? first.spans : undefined;
    const spans = own ? [{ text: `${this.say(name)}${separator}` }, ...own] : plain(this.say(name));
    const blocks = own ? rest : written;
    return [{ role: 'text', blocks: [heading(2, spans), ...blocks] }];
  }

  /** The highlights. Establishments with the same text share a heading: «Mauricie-Centre-du-Québec et Nord-de-l'Île-de-Montréal». */
  private highlights(highlights: readonly HighlightText[]): Section[] {
    if (highlights.length === 0) return [];
    const namesByText = new Map<string, string[]>();
    for (const { establishment, text } of highlights) {
      namesByText.set(text, [
        ...(namesByText.get(text) ?? []),
        ...(establishment ? [establishment.name] : []),
      ]);
    }
    const blocks = [...namesByText].flatMap(([text, names]) => [
      ...(names.length === 0 ? [] : [heading(3, plain(this.listed(names)))]),
      ...parseMarkdown(text),
    ]);
    return [{ role: 'text', blocks: [heading(2, plain(this.say('highlights'))), ...blocks] }];
  }

  private listed(names: readonly string[]): string {
    const last = names.at(-1) ?? '';
    return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${this.say('and')} ${last}`;
  }

  /** The relevés by day, newest day first. */
  private technology({ releves }: Contents): Section[] {
    if (releves.length === 0) return [];
    const days = [...new Set(releves.map(({ day }) => day))].sort().reverse();
    const blocks = days.flatMap((day) => [
      heading(4, plain(this.dayInItsYear(day))),
      list(releves.filter((releve) => releve.day === day).flatMap((releve) => this.releve(releve, releves))),
    ]);
    const headings = [heading(2, plain(this.say('technology'))), heading(3, plain(this.say('highlights')))];
    return [{ role: 'technology', blocks: [...headings, ...blocks] }];
  }

  private releve(releve: Releve, among: readonly Releve[]): Span[][] {
    const [first = [], ...others] = releveLines(this.language, releve, among);
    const { source } = releve;
    const from: Span[] =
      source === undefined
        ? []
        : [{ text: ` (${labelled(this.language, this.say('source'), source)})`, italic: true }];
    return [[...first, ...from], ...others];
  }

  /** The lines on tickets, in the exact words of the real bulletin. */
  private tickets(): Section {
    const { figures, contents } = this.printed;
    const day = weekdayIn(this.language, contents.ticketDay);
    const separator = this.language === 'fr' ? ' ' : ', ';
    const line = (word: DocumentWord, count: number) =>
      plain(labelled(this.language, this.say(word), this.count(count)));
    return {
      role: 'tickets',
      blocks: [
        heading(
          2,
          plain(
            `${this.say('tickets')} – ${day}${this.yearIfAnother(contents.ticketDay)}${separator}${this.say('wholeDay')}`,
          ),
        ),
        ...(figures
          ? [
              paragraph(line('opened', figures.total.opened)),
              list([line('resolvedSameDay', figures.total.resolvedSameDay)]),
            ]
          : [paragraph(plain(this.say('notBegun')))]),
      ],
    };
  }

  /** The days up to the ticket day, as they were frozen with the figures. */
  private week(): Section[] {
    const week = this.printed.figures?.week ?? [];
    const [first, last] = [week[0], week.at(-1)];
    if (!first || !last) return [];
    const { language } = this;
    const series = (['opened', 'resolved'] as const).map((figure) => figureLabels[figure][language]);
    const [opened = '', resolved = ''] = series;
    const days = week.map((day) => ({
      short: shortWeekdayIn(language, day.date),
      name: capitalized(weekdayIn(language, day.date)),
      values: [day.opened, day.resolved] as const,
      shown: [this.count(day.opened), this.count(day.resolved)] as const,
    }));
    const told = days.map(({ name, shown }) =>
      labelled(language, name, `${opened.toLowerCase()} ${shown[0]}, ${resolved.toLowerCase()} ${shown[1]}.`),
    );
    const [from, to] = [first, last].map(({ date }) => this.dayInItsYear(date));
    const range = language === 'fr' ? `du ${from} au ${to}` : `${from} to ${to}`;
    const title = `${this.say('weekChart')} – ${range}`;
    const chart: ChartBlock = {
      kind: 'chart',
      words: [`${title}.`, ...told].join(' '),
      ...{ series: [opened, resolved], days, axis: this.say('day') },
    };
    return [{ role: 'week', blocks: [heading(2, plain(title)), chart] }];
  }

  /** How the chart differs from the one of the publication before. */
  private weekCorrection(before: KnownFigures, now: KnownFigures): string[] {
    if (canonicalJson(before.week ?? []) === canonicalJson(now.week ?? [])) return [];
    const how = !before.week ? 'chartAdded' : !now.week ? 'chartRemoved' : 'chartChanged';
    return [labelled(this.language, this.say('weekChart'), this.say(how))];
  }

  private correction(): Section[] {
    const { publication, corrected } = this.printed;
    if (!publication || !corrected) return [];
    const { sections, releves } = textChanges(corrected.contents, publication.contents);
    const events = new Set(publication.causes.map(({ position }) => position)).size;
    const lines = [
      ...changesOf(corrected.figures.total, publication.figures.total).map(({ figure, from, to }) =>
        labelled(
          this.language,
          this.nameOf(figure),
          `${this.count(to)} ${this.say('insteadOf')} ${this.count(from)} (${signedIn(this.language, to - from, this.style.groupFourDigits)})`,
        ),
      ),
      ...(events === 0 ? [] : [labelled(this.language, this.say('events'), this.count(events))]),
      ...this.weekCorrection(corrected.figures, publication.figures),
      ...(sections.length === 0
        ? []
        : [
            labelled(
              this.language,
              this.say('texts'),
              sections.map((name) => this.say(sectionWords[name])).join(', '),
            ),
          ]),
      ...(releves.length === 0
        ? []
        : [
            labelled(
              this.language,
              this.say('releves'),
              releves.map((change) => this.releveChange(change)).join('; '),
            ),
          ]),
    ];
    const title = `${this.say('correction')} – ${this.say('revision')} ${publication.revision}`;
    return [{ role: 'correction', blocks: [heading(2, plain(title)), list(lines.map(plain))] }];
  }

  /** A relevé that changed, and how: «Utilisateurs connectés (16 mai), 23 500 au lieu de 23 431». */
  private releveChange({ day, from, to, code }: ReturnType<typeof textChanges>['releves'][number]): string {
    const { language } = this;
    const name = `${releveName(to ?? from ?? { code }, language)} (${dayIn(language, day)})`;
    if (!from) return `${name}, ${this.say('releveAdded')}`;
    if (!to) return `${name}, ${this.say('releveRemoved')}`;
    const [before, now] = [from, to].map(({ value, unit }) => quantityIn(language, value, unit));
    return before === now ? name : `${name}, ${now} ${this.say('insteadOf')} ${before}`;
  }

  /** The name of a figure, in the words of the bulletin's own line where it has one. */
  private nameOf(figure: FigureName): string {
    if (figure === 'opened' || figure === 'resolvedSameDay') return this.say(figure);
    return figureLabels[figure][this.language];
  }

  private annex(): Section[] {
    const { figures: known } = this.printed;
    if (!known) return [];
    const { total, establishments } = known;
    const row = (name: string, figures: KnownFigures['total']): string[] => [
      name,
      ...figureNames.map((figure) => this.count(figures[figure])),
    ];
    const ticketDay = weekdayIn(this.language, this.printed.contents.ticketDay);
    const annex: Section = {
      role: 'annex',
      blocks: [
        heading(2, plain(`${this.say('annex')} – ${ticketDay}`)),
        {
          kind: 'table',
          columns: [
            this.say('establishment'),
            ...figureNames.map((figure) => figureLabels[figure][this.language]),
          ],
          rows: [
            ...establishments.map((figures) => row(figures.name, figures)),
            row(this.say('total'), total),
          ],
        },
      ],
    };
    return [annex];
  }

  private footer(): string[] {
    const { publication, figures } = this.printed;
    if (!figures) return [];
    const { timeZone, knownAt, position, definitionsVersion } = figures;
    const at = momentIn(this.language, knownAt, timeZone);
    const known = `${this.say('known')} ${at} (${timeZone}) · ${this.say('position')} ${position} · ${this.say('definitions')} ${definitionsVersion}`;
    if (!publication) return [known];
    const published = `${this.say('published')} ${momentIn(this.language, publication.publishedAt, timeZone)}`;
    return [published, known, signatureLine(this.language, publication, this.printed.proof)];
  }

  private count(value: number): string {
    return numberIn(this.language, value, this.style.groupFourDigits);
  }

  private dayInItsYear(day: string): string {
    return `${dayIn(this.language, day)}${this.yearIfAnother(day)}`;
  }

  /** The year of a day that is not in the bulletin's year, as of December in a bulletin of January. */
  private yearIfAnother(day: string): string {
    const year = day.slice(0, 4);
    if (year === this.printed.date.slice(0, 4)) return '';
    return `${this.language === 'fr' ? '' : ','} ${year}`;
  }
}

const heading = (level: 2 | 3 | 4, spans: readonly Span[]): Block => ({ kind: 'heading', level, spans });

const paragraph = (spans: readonly Span[]): Block => ({ kind: 'paragraph', spans });

const list = (lines: readonly (readonly Span[])[]): Block => ({
  kind: 'list',
  items: lines.map((spans) => [paragraph(spans)]),
});
