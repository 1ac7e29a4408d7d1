import { html, type Html } from '../../platform/http/html.js';
import type { FigureName } from '../../bulletins/bulletin.events.js';

/** A figure of a day, leading to the tickets and events that it counts; of one establishment or of all. */
export const figureLink = (
  day: string,
  figure: FigureName,
  establishment: string | undefined,
  text: string,
): Html => {
  const query = new URLSearchParams({ figure, ...(establishment === undefined ? {} : { establishment }) });
  return html`<a href="/v1/billets-quotidiens/${day}/tickets?${query.toString()}">${text}</a>`;
};
