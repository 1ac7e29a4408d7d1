import type { FastifyRequest } from 'fastify';
import { html, type Html } from '../../../platform/http/html.js';
import type { Problem } from '../../../platform/http/problems/problem.js';
import type { Language, Text } from '../../../shared/text/text.js';
import { pageWordsIn } from '../words.js';

/** The names of the parameters in the pages' addresses. */
const names: Readonly<Record<string, Text>> = {
  date: { fr: 'Jour', en: 'Day' },
  from: { fr: 'Premier jour', en: 'First day' },
  to: { fr: 'Dernier jour', en: 'Last day' },
  report: { fr: 'Rapport', en: 'Report' },
  category: { fr: 'Catégorie', en: 'Category' },
  figure: { fr: 'Chiffre', en: 'Figure' },
  establishment: { fr: 'Établissement', en: 'Establishment' },
  cursor: { fr: 'Suite de la liste', en: 'Place in the list' },
  lang: { fr: 'Langue', en: 'Language' },
};

/** The parameters of an address that can't be read, each with its name and its value. */
export const mistakesOf = (
  { details: { errors = [] } }: Problem,
  request: FastifyRequest,
  language: Language,
): Html | false => {
  const given = { ...(request.query as object), ...(request.params as object) } as Record<string, unknown>;
  const mistakes = errors.flatMap(({ pointer }) => {
    const parameter = pointer.replace(/^\?/, '');
    const name = Object.hasOwn(names, parameter) ? names[parameter] : undefined;
    return name ? [mistake(name[language], given[parameter], language)] : [];
  });
  return (
    mistakes.length > 0 &&
    html`<ul>
      ${mistakes.map((text) => html`<li>${text}</li>`)}
    </ul>`
  );
};

const mistake = (name: string, value: unknown, language: Language): string => {
  const say = pageWordsIn(language);
  const isThere = typeof value === 'string' && value !== '';
  return isThere ? `${name}: «${value}» ${say('notUnderstood')}` : `${name}: ${say('isMissing')}`;
};
