import { render } from 'lit-html';
import { App } from './app.js';
import { focusOn, Keyboard } from './keys/keyboard.js';
import { formKey, type Desk, type State } from './state.js';
import { page, pageTitle } from './views/page.js';

const root = document.getElementById('app');

/** What had the focus before a dialog was opened. */
let focused: Element | null = null;

/** Moves the focus into what was just opened, and back where a dialog was left. */
const follow = (state: State, before: State | undefined): void => {
  document.title = pageTitle(state);
  if (before?.panel && !state.panel && focused instanceof HTMLElement) focused.focus();
  const dialog = root?.querySelector('dialog');
  if (dialog && !dialog.open) dialog.showModal();
  const form = state.form && formKey(state.form);
  if (form !== undefined && form !== (before?.form && formKey(before.form))) focusOn('form[name] .first');
};

if (root) {
  const desk = JSON.parse(root.dataset.desk ?? '') as Desk;
  root.replaceChildren();
  let shown: State | undefined;
  const app = new App(desk, (state) => {
    const before = shown;
    shown = state;
    if (state.panel && !before?.panel) focused = document.activeElement;
    const pane = document.activeElement?.closest('.ticket, .bulk');
    render(page({ state, acts: app }), root);
    follow(state, before);
    // A button that went with what it did leaves the focus where it stood.
    if (pane && document.activeElement === document.body)
      focusOn(pane.matches('.ticket') ? '.ticket h2' : '#list');
  });
  new Keyboard(app).listen();
  void app.start();
}
