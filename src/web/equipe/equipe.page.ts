import { html } from '../../platform/http/html.js';
import { versioned } from './page-files.js';

/** The page before its script has run; it is the same for everyone, so that a tablet can cache it. */
export const equipePage = (): string =>
  html`<!doctype html>
    <html lang="fr-CA">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="theme-color" content="#223654" />
        <title>Équipe mobile – Billets quotidiens</title>
        <link rel="manifest" href="/equipe/manifest.webmanifest" />
        <link rel="icon" href="${versioned('icon.svg')}" />
        <link rel="apple-touch-icon" href="${versioned('icon-180.png')}" />
        <link rel="stylesheet" href="${versioned('equipe.css')}" />
        <script src="${versioned('equipe.js')}" defer></script>
      </head>
      <body>
        <div id="app">
          <main class="opening">
            <h1>Équipe mobile</h1>
            <noscript><p>Cette page a besoin de JavaScript.</p></noscript>
          </main>
        </div>
      </body>
    </html> `.text;
