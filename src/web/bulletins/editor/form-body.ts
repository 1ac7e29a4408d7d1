import { z } from 'zod';
import type { IfMatch } from '../../../shared/if-match.js';
import type { FormConfig } from '../../../platform/http/forms/form-route.js';

/** The most bytes of a form: a bulletin's longest texts as a form encodes them. A larger body is refused unread. */
const maxBytes = 4 * 1024 * 1024;

/** The configuration of routes that take the form of a page. */
export const formRoute: FormConfig & { bodyLimit: number } = { takesForms: true, bodyLimit: maxBytes };

const revision = z.coerce.number().int().min(0);

/** The fields of a form: texts, and the revision of the bulletin that its page was made from. */
export const formBody = z.looseObject({ revision }).catchall(z.string());
export type FormBody = z.output<typeof formBody>;

/** The If-Match of a form: the revision that its page showed. */
export const ifMatchOf = ({ revision: seen }: FormBody): IfMatch => new Set([seen]);
