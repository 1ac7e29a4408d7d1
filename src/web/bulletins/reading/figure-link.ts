import { html, type Html } from '../../../platform/http/html.js';
import type { FigureName } from '../../../shared/vocabulary.js';
import { figureAddress } from '../../day/addresses.js';

/** A link from a figure of a day, of one establishment or of all, to the tickets and events that it counts. */
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
