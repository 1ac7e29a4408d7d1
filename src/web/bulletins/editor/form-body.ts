import { z } from 'zod';
import type { IfMatch } from '../../../shared/if-match.js';
import type { FormConfig } from '../../../platform/http/create-http.js';

/** A bulletin's texts at their longest, as a form encodes them; more is refused before it is read. */
const maxBytes = 4 * 1024 * 1024;

/** For routes that take what a form of a page sends. */
export const formRoute: FormConfig & { bodyLimit: number } = { takesForms: true, bodyLimit: maxBytes };

const revision = z.coerce.number().int().min(0);

/** The fields of a form: text each, beside the revision that its page was made from. */
export const formBody = z.looseObject({ revision }).catchall(z.string());
export type FormBody = z.output<typeof formBody>;

/** A write is meant for the revision that whoever sends it saw. */
export const ifMatchOf = ({ revision: seen }: FormBody): IfMatch => new Set([seen]);
