import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope & {
  /** The files to keep for offline use and their versions; the server writes this list before the script. */
  precached: { url: string; revision: string | null }[];
};

cleanupOutdatedCaches();
precacheAndRoute(self.precached);
// Every query string leads to the same cached page.
registerRoute(new NavigationRoute(createHandlerBoundToURL('/equipe'), { allowlist: [/^\/equipe(\?|$)/] }));

// The page is a single script, loaded as a whole, so a new version may take over while an old page is open.
self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
