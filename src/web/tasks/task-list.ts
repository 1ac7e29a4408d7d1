import { behindIn } from '../../billets-quotidiens/index.js';
import { dateIn, numberIn, signedIn, weekdayIn } from '../../calendar/formatting.js';
import { html, type Html } from '../../platform/http/html.js';
import { speaking, type Language, type Text } from '../../shared/text/text.js';
import { figureLabels, withinSentence, type FigureName } from '../../shared/vocabulary.js';
import type { Task, Tasks } from './task.js';

const texts = {
  title: { fr: 'À faire', en: 'To do' },
  nothing: { fr: 'Rien ne vous attend.', en: 'Nothing waits for you.' },
  draft: { fr: 'Ébauche à publier: bulletin du', en: 'Draft to publish: bulletin of' },
  doesNotAddUp: { fr: 'Chiffres qui ne concordent pas:', en: 'Figures that do not add up:' },
  revision: { fr: 'Révision à faire: bulletin du', en: 'Revision to make: bulletin of' },
  textsChanged: { fr: 'textes modifiés', en: 'texts changed' },
  elsewhere: { fr: 'chiffres d’établissements', en: 'figures of establishments' },
} satisfies Record<string, Text>;
const wordsIn = speaking(texts);

/** Revisions that are named one by one; one late event can ask for one of each bulletin since. */
const namedRevisions = 5;

/** What waits for the reader, one line and one link each; nothing where nothing does. */
export const taskList = (tasks: readonly Task[], language: Language): Html | false => {
  const revisions = tasks.filter(({ kind }) => kind === 'revision');
  const named = tasks.filter((task) => task.kind !== 'revision' || revisions.indexOf(task) < namedRevisions);
  const more = tasks.length - named.length;
  return (
    tasks.length > 0 &&
    html`<section class="card tasks" aria-labelledby="tasks-title">
      <h2 id="tasks-title">${wordsIn(language)('title')}</h2>
      <ul>
        ${named.map((task) => html`<li data-task="${task.kind}"><a href="${addressOf(task)}">${inWords(task, language)}</a></li>`)}
        ${more > 0 && html`<li><a href="/bulletins">${moreRevisions(more, language)}</a></li>`}
      </ul>
    </section>`
  );
};

/** That nothing waits, where all of it is known; and what was compared to know it. */
export const comparedNote = (
  { compared, behind }: Tasks,
  { isEmpty, language }: { isEmpty: boolean; language: Language },
): Html =>
  html`<p class="hint compared">
    ${isEmpty && behind === undefined && wordsIn(language)('nothing')} ${comparison(compared, language)}
  </p>`;

const comparison = ({ bulletins, since }: Tasks['compared'], language: Language): string => {
  const [count, day] = [numberIn(language, bulletins), dateIn(language, since)];
  if (language === 'fr') {
    const published = bulletins === 1 ? 'bulletin publié, daté' : 'bulletins publiés, datés';
    return `Comparés à ce qui est connu maintenant: les chiffres de ${count} ${published} du ${day} ou d’après.`;
  }
  const published = bulletins === 1 ? 'bulletin' : 'bulletins';
  return `Compared with what is known now: the figures of ${count} published ${published} dated ${day} or later.`;
};

const moreRevisions = (count: number, language: Language): string => {
  const number = numberIn(language, count);
  return language === 'fr'
    ? `${number} ${count === 1 ? 'autre révision' : 'autres révisions'} à faire`
    : `${number} more ${count === 1 ? 'revision' : 'revisions'} to make`;
};

const addressOf = (task: Task): string => {
  switch (task.kind) {
    case 'figures-behind':
      return '/exploitation';
    case 'events-put-aside':
      return '/exploitation#put-aside-title';
    case 'draft':
      return `/bulletins/${task.bulletin}`;
    case 'does-not-add-up':
      return task.bulletin === undefined ? `/jours/${task.day}` : `/bulletins/${task.bulletin}`;
    case 'revision':
      return `/bulletins/${task.bulletin}/revise`;
  }
};

const inWords = (task: Task, language: Language): string => {
  const say = wordsIn(language);
  switch (task.kind) {
    case 'figures-behind':
      return behindIn(language, task.behind);
    case 'events-put-aside':
      return putAsideIn(language, task.events);
    case 'draft':
      return `${say('draft')} ${dateIn(language, task.bulletin)}`;
    case 'does-not-add-up':
      return `${say('doesNotAddUp')} ${weekdayIn(language, task.day)}`;
    case 'revision':
      return `${say('revision')} ${dateIn(language, task.bulletin)} (${changesIn(task, language)})`;
  }
};

/** «1 événement mis de côté attend d’être compté». */
const putAsideIn = (language: Language, events: number): string => {
  const count = numberIn(language, events);
  if (language === 'fr') {
    return events === 1
      ? '1 événement mis de côté attend d’être traité'
      : `${count} événements mis de côté attendent d’être traités`;
  }
  return events === 1
    ? '1 event put aside waits to be handled'
    : `${count} events put aside wait to be handled`;
};

/** «+3 ouverts, −1 actif à minuit»: what changed in total. */
const changesIn = (
  { changes, isDraftChanged }: Extract<Task, { kind: 'revision' }>,
  language: Language,
): string => {
  const say = wordsIn(language);
  const inTotal = changes.filter(({ establishment }) => establishment === undefined);
  const parts = inTotal.map(
    ({ figure, from, to }) =>
      `${signedIn(language, to - from, true)} ${counted(figure, to - from, language)}`,
  );
  return [
    ...parts,
    ...(changes.length > 0 && parts.length === 0 ? [say('elsewhere')] : []),
    ...(isDraftChanged ? [say('textsChanged')] : []),
  ].join(', ');
};

/** The label of a figure after a number; in French it is singular after one: «ouvert», «actif à minuit». */
const counted = (figure: FigureName, change: number, language: Language): string => {
  const label = withinSentence(figureLabels[figure][language]);
  return language === 'fr' && Math.abs(change) === 1 ? label.replace(/s(?= |$)/, '') : label;
};
