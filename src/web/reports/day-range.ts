import { countDays, type Day } from '../../calendar/local-days.js';
import { localized } from '../../platform/request-context.js';

const maxDays = 366;

/** Whether the days that a form asks for can be read at once; where one is left out, the page chooses it. */
export const isDayRange = ({ from, to }: { from?: Day | undefined; to?: Day | undefined }): boolean =>
  !from || !to || (from <= to && countDays(from, to) <= maxDays);

export const noDayRange = {
  path: ['to'],
  error: () =>
    localized({ fr: `de 1 à ${maxDays} jours dès «from»`, en: `1 to ${maxDays} days from «from» on` }),
};
