import { App } from './app.js';
import { ServerClient } from './device/server.js';
import { Store } from './device/store.js';
import { languageIn, TabletLanguage } from './device/tablet-language.js';
import { wordsIn } from './views/words/words.js';

/** The language of the page as it was sent; a page out of the cache has the one of when it was stored. */
const servedLanguage = () => (document.documentElement.lang.startsWith('en') ? 'en' : 'fr');

const boot = async (root: HTMLElement): Promise<void> => {
  const language = new TabletLanguage(localStorage, servedLanguage());
  const asked = languageIn(location.search);
  if (asked) {
    language.choose(asked);
    // A page that is loaded anew later must not undo what is chosen until then.
    history.replaceState(null, '', `${location.pathname}${location.hash}`);
  }
  const store = await Store.open(() => crypto.randomUUID());
  root.replaceChildren();
  await new App(root, { store, server: new ServerClient(language), language }).start();
  // If this fails, the page still works while there is a network.
  await navigator.serviceWorker.register('/equipe/service-worker.js', { scope: '/equipe' });
};

const root = document.getElementById('app');
if (root) {
  boot(root).catch((error: unknown) => {
    console.error(error);
    const warning = document.createElement('p');
    warning.className = 'warning';
    warning.textContent = wordsIn(languageIn(location.search) ?? servedLanguage()).say('cannotKeep');
    root.prepend(warning);
  });
}
