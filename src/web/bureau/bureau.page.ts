import { html } from '../../platform/http/html.js';
import { locales, type Language, type Text } from '../../shared/text/text.js';
import { assetPath } from '../page/files/assets.controller.js';
import { bureauFiles } from './bureau.files.js';

/** What the page's script has to know before it asks for anything. */
export interface DeskData {
  person: string;
  language: Language;
  /** Whether they may read reports. */
  reports: boolean;
  /** All of the network: a ticket may be transferred to any of them. */
  establishments: { code: string; name: string; isOwn: boolean; sites: { code: string; name: string }[] }[];
}

const title: Text = { fr: 'Bureau', en: 'Desk' };
const needsScript: Text = { fr: 'Cette page a besoin de JavaScript.', en: 'This page needs JavaScript.' };

/** The page before its script has run. */
export const bureauPage = (data: DeskData): string =>
  html`<!doctype html>
    <html lang="${locales[data.language]}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title[data.language]} – Billets quotidiens</title>
        <link rel="icon" href="${assetPath('icon.svg')}" />
        <link rel="stylesheet" href="${assetPath('tokens.css')}" />
        <link rel="stylesheet" href="${assetPath('banner.css')}" />
        <link rel="stylesheet" href="${bureauFiles.address('bureau.css')}" />
        <script src="${bureauFiles.address('bureau.js')}" defer></script>
      </head>
      <body>
        <div id="app" data-desk="${JSON.stringify(data)}">
          <main class="opening">
            <h1>${title[data.language]}</h1>
            <noscript><p>${needsScript[data.language]}</p></noscript>
          </main>
        </div>
      </body>
    </html> `.text;
