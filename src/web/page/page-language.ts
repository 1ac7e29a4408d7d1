import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { contextOf } from '../../platform/http/request-context.js';
import { languages, type Language } from '../../shared/text/text.js';

const cookie = 'language';
const keptSeconds = 365 * 24 * 3600;
const languageSchema = z.enum(languages);

/** The query parameter for the language. Other parameters, which a shared link may carry, are ignored. */
export const languageQuery = z.object({ lang: languageSchema.optional() });
export type LanguageQuery = z.output<typeof languageQuery>;

/** The language of a page: that of `?lang`, else the one chosen earlier, else that of Accept-Language. */
export const pageLanguageOf = (request: FastifyRequest): Language => {
  const chosen = (request.query as { lang?: unknown } | undefined)?.lang;
  const kept = parseCookie(request.headers.cookie ?? '')[cookie];
  const [language] = [chosen, kept].flatMap((code) => languageSchema.safeParse(code).data ?? []);
  return language ?? contextOf(request).language;
};

/** Keeps a chosen language in a cookie for the following pages. */
export const keepLanguage = (reply: FastifyReply, { lang }: LanguageQuery): void => {
  if (lang === undefined) return;
  const attributes = { path: '/', httpOnly: true, sameSite: 'lax', maxAge: keptSeconds } as const;
  void reply.header('Set-Cookie', stringifySetCookie({ name: cookie, value: lang, ...attributes }));
};
