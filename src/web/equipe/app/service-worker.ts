import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope & {
  /** Written before this script by the server, with the version of each file. */
  precached: { url: string; revision: string | null }[];
};

cleanupOutdatedCaches();
precacheAndRoute(self.precached);
// What is after the question mark leads to the same page.
registerRoute(new NavigationRoute(createHandlerBoundToURL('/equipe'), { allowlist: [/^\/equipe(\?|$)/] }));

// The page is one script, loaded whole: a new version may take over while an old page is open.
self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
