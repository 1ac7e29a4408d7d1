import type { FastifyReply } from 'fastify';
import { html, type Html } from '../../platform/http/html.js';
import type { Paper } from '../../shared/paper.js';
import { locales, type Language } from '../../shared/text/text.js';
import { assetPath } from './files/assets.controller.js';
import type { Menu, MenuPage } from './menu.js';
import { formActions, sendPageHeaders } from './page-headers.js';
import { pageWordsIn } from './words.js';

/**
 * The content security policy: everything from this host. Inline styles are allowed because bars in tables have their widths in style
 * attributes.
 */
const policyOf = (signsOutAt: string | undefined, hasPreview: boolean): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    // A preview is held to the policy of the page that it is in; a bulletin has its logo in itself.
    `img-src 'self'${hasPreview ? ' data:' : ''}`,
    "connect-src 'self'",
    "frame-src 'self'",
    formActions(signsOutAt),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

export interface PageParts {
  language: Language;
  title: string;
  /** The signed-in person, the pages that they may read, and the origin that signing out leads to; undefined where nobody is. */
  signedIn?:
    | {
        person: string;
        menu: Menu;
        signsOutAt: string | undefined;
      }
    | undefined;
  /** The entry of the menu that is the shown page. */
  here?: MenuPage | undefined;
  /** The address to show in the other language; the shown one where it is left out. */
  languageAt?: string | undefined;
  /** What this page was asked by. */
  query?: string | undefined;
  script?: 'board.js' | 'home.js' | 'bulletin.js' | undefined;
  /** A further style besides that of all pages. */
  style?: 'bulletins.css' | 'wall.css' | undefined;
  /** What it is printed on; what the printer has where it is left out. */
  paper?: Paper | undefined;
  /** Without what people use to go elsewhere: for a screen that nobody touches. */
  isBare?: boolean;
  /** A bulletin is shown within it. */
  hasPreview?: boolean;
  main: Html;
}

/** A whole page, with the parts that all pages share. */
const layout = (parts: PageParts): string => {
  const { language, title, script, style, paper, isBare = false, main } = parts;
  const say = pageWordsIn(language);
  return html`<!doctype html>
    <html lang="${locales[language]}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – ${say('name')}</title>
        <link rel="icon" href="${assetPath('icon.svg')}" />
        <link rel="stylesheet" href="${assetPath('tokens.css')}" />
        <link rel="stylesheet" href="${assetPath('banner.css')}" />
        <link rel="stylesheet" href="${assetPath('board.css')}" />
        ${style && html`<link rel="stylesheet" href="${assetPath(style)}" />`}
        ${paper && html`<link rel="stylesheet" href="${assetPath(`${paper}.css`)}" media="print" />`}
        ${script && html`<script src="${assetPath(script)}" defer></script>`}
      </head>
      <body>
        ${!isBare && html`<a class="skip" href="#main">${say('skip')}</a> ${banner(parts)}`}
        <main id="main" tabindex="-1">${main}</main>
      </body>
    </html> `.text;
};

/** The same query, in another language. */
const inLanguage = (query: string, language: Language): string => {
  const parameters = new URLSearchParams(query);
  parameters.set('lang', language);
  return parameters.toString();
};

const banner = ({ language, signedIn, here, languageAt = '', query = '' }: PageParts): Html => {
  const say = pageWordsIn(language);
  const otherLanguage = language === 'fr' ? 'en' : 'fr';
  const entries = (signedIn?.menu ?? []).map(
    ({ page, address }) =>
      html`<li><a href="${address}" ${here === page && html` aria-current="page"`}>${say(page)}</a></li>`,
  );
  // On a phone the menu opens over the page, by a button that needs no script; else it stands in the banner's row.
  return html`<header class="banner">
    <a class="name" href="/">${say('name')}</a>
    <button type="button" class="menu-button" popovertarget="menu">${say('menu')}</button>
    <div class="menu" id="menu" popover>
      <nav aria-label="${say('navigation')}">
        <ul>
          ${entries}
          <li>
            <a
              href="${languageAt}?${inLanguage(query, otherLanguage)}"
              lang="${otherLanguage}"
              hreflang="${otherLanguage}"
              >${say('otherLanguage')}</a
            >
          </li>
        </ul>
      </nav>
      ${signedIn && html`<form method="post" action="/sign-out"><span class="person" title="${signedIn.person}">${signedIn.person}</span> <button>${say('signOut')}</button></form>`}
    </div>
  </header>`;
};

/** Answers with a page. Figures are only for signed-in people, so no cache may keep a copy. */
export const sendPage = (reply: FastifyReply, parts: PageParts): string => {
  const { language, signedIn, hasPreview = false } = parts;
  sendPageHeaders(reply, { policy: policyOf(signedIn?.signsOutAt, hasPreview), language });
  const { method, url } = reply.request;
  // What was chosen on the page stays chosen; a form's address is asked for by nothing but the form.
  const query = method === 'GET' && url.includes('?') ? url.slice(url.indexOf('?') + 1) : '';
  return layout({ ...parts, query });
};
