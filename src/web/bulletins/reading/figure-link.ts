import { html, type Html } from '../../../platform/http/html.js';
import type { FigureName } from '../../../shared/vocabulary.js';
import { figureAddress } from '../../day/addresses.js';

/** A figure of a day, leading to the tickets and events that it counts; of one establishment or of all. */
export const figureLink = ({
  date,
  figure,
  establishment,
  text,
}: {
  date: string;
  figure: FigureName;
  establishment: string | undefined;
  text: string;
}): Html => html`<a href="${figureAddress({ date, figure, establishment })}">${text}</a>`;
