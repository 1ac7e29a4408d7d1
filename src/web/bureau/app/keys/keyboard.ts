import type { App } from '../app.js';
import { moved } from '../queue/rows.js';
import { actionOf, type KeyAction, type Press } from './keymap.js';

const pressOf = (event: KeyboardEvent): Press => {
  const target = event.target instanceof Element ? event.target : document.body;
  const isCheckbox = target.matches('input[type=checkbox], input[type=radio], input[type=file]');
  return {
    key: event.key,
    isModified: event.ctrlKey || event.metaKey || event.altKey,
    isInField: target.matches('input, textarea, select, [contenteditable]') && !isCheckbox,
    isOnControl: target.matches('a, button, summary') || isCheckbox,
  };
};

/** Focuses an element of the page once it is shown; false where there is none. */
export const focusOn = (selector: string): boolean => {
  const element = document.querySelector<HTMLElement>(selector);
  element?.focus();
  return element !== null;
};

/** The current row, or the list where it is empty: no field keeps the focus. */
const focusCurrent = (): boolean => focusOn('[role=row][aria-current=true]') || focusOn('#list');

/** Browsers that know no popover know no such selector either, and show the menu as a part of the page. */
const isPageMenuOpen = (): boolean =>
  CSS.supports('selector(:popover-open)') && document.querySelector('#menu:popover-open') !== null;

/** The page by keyboard only. */
export class Keyboard {
  constructor(private readonly app: App) {}

  listen(): void {
    document.addEventListener('keydown', (event) => {
      const action = actionOf(pressOf(event), this.app.store.state.hasCharacterKeys);
      if (action && this.do(action)) event.preventDefault();
    });
  }

  /** The tickets that a command is for: the selected ones; else the open one, or the current one while the focus is in the list. */
  private targets(): string[] {
    const { selected, open, current } = this.app.store.state;
    if (selected.size > 0) return [...selected];
    const isInList = document.activeElement?.closest('[role=grid]') !== null;
    const only = isInList ? (current ?? open?.ticketId) : (open?.ticketId ?? current);
    return only === undefined ? [] : [only];
  }

  /** Whether something was done. */
  private do(action: KeyAction): boolean {
    const { app } = this;
    const { current, panel, desk } = app.store.state;
    // A dialog is left before anything else is done.
    if (panel !== undefined && action.do !== 'back' && action.do !== 'help') return false;
    switch (action.do) {
      case 'move':
        return this.move(action.by);
      case 'open':
        if (current === undefined) return false;
        app.open(current);
        focusOn('.ticket h2');
        return true;
      case 'back':
        return this.back();
      case 'select':
      case 'selectTo':
        if (current === undefined) return false;
        app.toggle(current, action.do === 'selectTo');
        return true;
      case 'selectAll':
        app.toggleAll();
        return true;
      case 'search':
        focusOn('#search');
        return true;
      case 'filters':
      case 'help':
      case 'notifications':
        app.showPanel(panel === action.do ? undefined : action.do);
        return true;
      case 'refresh':
        app.refresh();
        return true;
      case 'undo':
        app.undoBulk();
        return true;
      case 'take':
        app.give({ type: 'assign', assignee: desk.person }, this.targets());
        return true;
      case 'template':
        return this.template();
      case 'templates':
        app.templates.manage();
        return true;
      case 'command':
        return this.command(action.type);
    }
  }

  private command(type: Extract<KeyAction, { do: 'command' }>['type']): boolean {
    const targets = this.targets();
    const [only] = targets;
    if (only === undefined) return false;
    const needsTicket = targets.length === 1 && type !== 'start' && type !== 'close';
    // Its form stands beside the list, in the ticket.
    if (needsTicket && this.app.store.state.open?.ticketId !== only) this.app.open(only);
    this.app.giveOrAsk(type, targets);
    return true;
  }

  private template(): boolean {
    const targets = this.targets();
    if (targets.length === 0) return false;
    this.app.templates.choose('apply', targets);
    return true;
  }

  private move(by: 1 | -1): boolean {
    const { app } = this;
    const { rows, current } = app.store.state;
    const next = moved(rows, current, by);
    if (next === undefined) return false;
    app.makeCurrent(next);
    focusCurrent();
    if (next === rows.ids.at(-1)) app.readMore();
    return true;
  }

  /** Leaves what was entered last: a dialog, a form, the ticket, the search, the selection. */
  private back(): boolean {
    const { app } = this;
    const { panel, form, open, selected } = app.store.state;
    if (panel !== undefined) {
      app.showPanel(undefined);
      return true;
    }
    // The browser closes it.
    if (isPageMenuOpen()) return false;
    const menu = document.querySelector('details[open]');
    if (menu) {
      menu.removeAttribute('open');
      return focusOn('.more > summary');
    }
    if (form) {
      app.leaveForm();
      focusOn('.ticket h2');
      return true;
    } else if (document.activeElement?.id === 'search') focusCurrent();
    else if (open) app.close();
    else if (selected.size > 0) app.toggleNone();
    else return false;
    focusCurrent();
    return true;
  }
}
