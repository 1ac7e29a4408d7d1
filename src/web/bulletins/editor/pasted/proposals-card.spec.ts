import { expect, it } from '@jest/globals';
import { html } from '../../../../platform/http/html.js';
import { differences } from './proposals-card.js';

it.each([
  [9, 'fr', 'et 1 autre'],
  [10, 'fr', 'et 2 autres'],
  [9, 'en', 'and 1 more'],
] as const)('of %d changed words in %s the list ends with «%s»', (count, language, end) => {
  const words = Array.from({ length: count }, () => ({ from: "l'un", to: 'l’un' }));
  const { text } = html`${differences(words, language)}`;
  expect(/([^>]*)<\/li>\s*<\/ul>/.exec(text)?.[1]).toBe(end);
});
