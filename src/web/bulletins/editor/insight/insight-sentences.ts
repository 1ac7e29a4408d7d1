import { numberIn, percentIn, weekdayIn } from '../../../../calendar/formatting.js';
import type { Language } from '../../../../shared/text/text.js';
import { categoryLabels, withinSentence } from '../../../../shared/vocabulary.js';
import { percentChange, type Insight, type InsightFigure } from './insight.js';

/** How a bulletin prints: its language, and whether it prints «1 107» instead of «1107». */
export interface SentenceStyle {
  language: Language;
  groupFourDigits: boolean;
}

const names: Record<Language, Record<InsightFigure, string>> = {
  fr: {
    opened: 'nombre de billets',
    resolved: 'nombre de billets résolus',
    backlog: 'nombre de billets actifs à minuit',
  },
  en: {
    opened: 'number of tickets',
    resolved: 'number of resolved tickets',
    backlog: 'number of active tickets at midnight',
  },
};

const category: Record<Language, string> = { fr: 'catégorie', en: 'category' };

/**
 * «Le nombre de billets a baissé de 6 % par rapport au jeudi 14 mai (1107 au lieu de 1172).» It becomes part of a bulletin, and has its
 * numbers as the bulletin prints them.
 */
export const sentenceOf = (insight: Insight, { language, groupFourDigits }: SentenceStyle): string => {
  const { value, reference } = insight;
  const [now, then] = [value, reference.value].map((count) => numberIn(language, count, groupFourDigits));
  const name = names[language][insight.figure];
  const place =
    insight.category === undefined
      ? insight.establishment?.name
      : `${category[language]} ${withinSentence(categoryLabels[insight.category][language])}`;
  const where = place === undefined ? '' : ` (${place})`;
  const isMore = value > reference.value;
  if (reference.kind === 'usual') {
    return language === 'fr'
      ? `Le ${name}${where} est nettement ${isMore ? 'plus élevé' : 'plus bas'} que d’habitude: ${now}, et ${then} au milieu de ${reference.days} jours comparables.`
      : `The ${name}${where} is clearly ${isMore ? 'higher' : 'lower'} than usual: ${now}, and ${then} in the middle of ${reference.days} comparable days.`;
  }
  const percent = percentIn(language, Math.abs(percentChange(value, reference.value)));
  if (language === 'fr') {
    const against =
      reference.kind === 'mean-of-seven-days'
        ? 'à la moyenne des sept jours d’avant'
        : `au ${weekdayIn('fr', reference.day)}`;
    return `Le ${name}${where} a ${isMore ? 'augmenté' : 'baissé'} de ${percent} par rapport ${against} (${now} au lieu de ${then}).`;
  }
  const against =
    reference.kind === 'mean-of-seven-days'
      ? 'the mean of the seven days before'
      : weekdayIn('en', reference.day);
  return `The ${name}${where} has ${isMore ? 'risen' : 'fallen'} by ${percent} compared with ${against} (${now} instead of ${then}).`;
};

/** A text with a sentence as the last item of its list, or of a list of its own. */
export const withSentence = (text: string, sentence: string): string => {
  // A name may hold what Markdown would take for marks.
  const item = `- ${sentence.replace(/[\\`*_[\]<>]/g, '\\$&')}`;
  const last = text.trimEnd().split('\n').at(-1) ?? '';
  if (last === '') return item;
  return `${text.trimEnd()}${/^\s*[-+*]\s/.test(last) ? '\n' : '\n\n'}${item}`;
};
