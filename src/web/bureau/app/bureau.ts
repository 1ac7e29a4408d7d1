import { render } from 'lit-html';
import { App } from './app.js';
import { focusOn, Keyboard } from './keys/keyboard.js';
import { formKey, type Desk, type State } from './state.js';
import { page, pageTitle } from './views/page.js';

/** Which content the dialog has. */
const contentOf = ({ panel, templating: { draft } }: State): string =>
  `${panel} ${panel === 'templates' ? draft?.id : ''}`;

const root = document.getElementById('app');

/** What had the focus before a dialog was opened. */
let focused: Element | null = null;

/** Moves the focus into what was just opened, and back where a dialog was left. */
const follow = (state: State, before: State | undefined): void => {
  document.title = pageTitle(state);
  if (before?.panel && !state.panel && focused instanceof HTMLElement) focused.focus();
  const dialog = root?.querySelector('dialog');
  if (dialog && !dialog.open) dialog.showModal();
  // Another content of the same dialog.
  else if (dialog && contentOf(state) !== (before && contentOf(before)))
    focusOn('dialog .first, dialog .new');
  // It was not saved: at what is wrong with it, or where that is tried again.
  if (before?.templating.isSaving && !state.templating.isSaving && state.templating.draft)
    if (!focusOn('form.template [aria-invalid=true]')) focusOn('form.template > .end button:last-child');
  if (before?.panel === 'choose-template' && !state.panel && state.form) focusOn('form.command textarea');
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
    const pane = document.activeElement?.closest('.ticket, .bulk, dialog');
    render(page({ state, acts: app }), root);
    follow(state, before);
    // A button that went with what it did leaves the focus where it stood.
    if (pane && document.activeElement === document.body)
      focusOn(
        pane.matches('dialog')
          ? 'dialog .first, dialog .new, #list'
          : pane.matches('.ticket')
            ? '.ticket h2'
            : '#list',
      );
  });
  new Keyboard(app).listen();
  void app.start();
}
