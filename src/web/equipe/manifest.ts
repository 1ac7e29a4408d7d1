import { versioned } from './page-files.js';

/** The web app manifest, with which a tablet installs the page. */
export const manifest = (): string =>
  JSON.stringify({
    id: '/equipe',
    name: 'Billets – équipe mobile',
    short_name: 'Équipe',
    description: 'Les billets des équipes mobiles, avec ou sans réseau.',
    lang: 'fr-CA',
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
    shortcuts: [{ name: 'Nouveau billet', url: '/equipe#nouveau' }],
  });
