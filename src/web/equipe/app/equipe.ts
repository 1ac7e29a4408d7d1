import { App } from './app.js';
import { ServerClient } from './device/server.js';
import { Store } from './device/store.js';

const boot = async (root: HTMLElement): Promise<void> => {
  const store = await Store.open(() => crypto.randomUUID());
  root.replaceChildren();
  await new App(root, store, new ServerClient()).start();
  // If this fails, the page still works while there is a network.
  await navigator.serviceWorker.register('/equipe/service-worker.js', { scope: '/equipe' });
};

const root = document.getElementById('app');
if (root) {
  boot(root).catch((error: unknown) => {
    console.error(error);
    const warning = document.createElement('p');
    warning.className = 'warning';
    warning.textContent =
      'Cette page ne peut rien garder ici. Ouvrez-la par son adresse https, hors de la navigation privée.';
    root.prepend(warning);
  });
}
