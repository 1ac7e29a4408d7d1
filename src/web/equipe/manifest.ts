import { locales, type Language, type Text } from '../../shared/text/text.js';
import { commandVerbs } from '../../shared/vocabulary.js';
import { versioned } from './page-files.js';

const name: Text = { fr: 'Billets – équipe mobile', en: 'Tickets – mobile team' };
const shortName: Text = { fr: 'Équipe', en: 'Team' };
const description: Text = {
  fr: 'Les billets des équipes mobiles, avec ou sans réseau.',
  en: 'The mobile teams’ tickets, with or without a network.',
};

/** The name of each language's manifest below /equipe/. The id in both is one: it is the same page, installed once. */
export const manifestNames: Readonly<Record<Language, string>> = {
  fr: 'manifest.webmanifest',
  en: 'manifest.en.webmanifest',
};
export const manifestPath = (language: Language): string => `/equipe/${manifestNames[language]}`;

/** The web app manifest, with which a tablet installs the page. */
export const manifest = (language: Language): string =>
  JSON.stringify({
    id: '/equipe',
    name: name[language],
    short_name: shortName[language],
    description: description[language],
    lang: locales[language],
    start_url: '/equipe',
    scope: '/equipe',
    display: 'standalone',
    background_color: '#eef2f6',
    theme_color: '#223654',
    icons: [
      { src: versioned('icon-192.png'), sizes: '192x192', type: 'image/png' },
      { src: versioned('icon-512.png'), sizes: '512x512', type: 'image/png' },
      { src: versioned('icon-maskable-512.png'), sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
    shortcuts: [{ name: commandVerbs.open[language], url: '/equipe#nouveau' }],
  });
