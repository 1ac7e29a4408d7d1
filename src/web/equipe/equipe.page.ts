import { html } from '../../platform/http/html.js';
import { locales, type Language, type Text } from '../../shared/text/text.js';
import { manifestPath } from './manifest.js';
import { versioned } from './page-files.js';

const heading: Text = { fr: 'Équipe mobile', en: 'Mobile team' };
const needsScript: Text = { fr: 'Cette page a besoin de JavaScript.', en: 'This page needs JavaScript.' };

/** The page before its script has run; it has no data of anyone, so that a tablet can cache it. */
export const equipePage = (language: Language): string =>
  html`<!doctype html>
    <html lang="${locales[language]}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="theme-color" content="#223654" />
        <title>${heading[language]} – Billets quotidiens</title>
        <link rel="manifest" href="${manifestPath(language)}" />
        <link rel="icon" href="${versioned('icon.svg')}" />
        <link rel="apple-touch-icon" href="${versioned('icon-180.png')}" />
        <link rel="stylesheet" href="${versioned('tokens.css')}" />
        <link rel="stylesheet" href="${versioned('equipe.css')}" />
        <script src="${versioned('equipe.js')}" defer></script>
      </head>
      <body>
        <div id="app">
          <main class="opening">
            <h1>${heading[language]}</h1>
            <noscript><p>${needsScript[language]}</p></noscript>
          </main>
        </div>
      </body>
    </html> `.text;
