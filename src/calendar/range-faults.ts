import { bilingual } from '../shared/text/bilingual.js';

/** What a schema says of a range «from» … «to» that ends before it begins. */
export const notInOrder = {
  path: ['to'],
  error: () => bilingual({ fr: 'avant «from»', en: 'before «from»' }),
};

/** What a schema says of a range «from» … «to» of more days than may be read at once. */
export const tooManyDays = (maxDays: number) => ({
  path: ['to'],
  error: () =>
    bilingual({ fr: `au plus ${maxDays} jours à la fois`, en: `at most ${maxDays} days at a time` }),
});
