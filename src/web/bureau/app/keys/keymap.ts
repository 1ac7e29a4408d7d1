import type { Text } from '../../../../shared/text/text.js';
import { commandVerbs } from '../../../../shared/vocabulary.js';
import type { CommandType } from '../tickets/command.js';

/** What a key does. */
export type KeyAction =
  | { do: 'move'; by: 1 | -1 }
  | { do: 'open' | 'back' | 'select' | 'selectTo' | 'selectAll' | 'search' | 'filters' | 'help' }
  | { do: 'refresh' | 'undo' | 'take' | 'notifications' | 'template' | 'templates' }
  | { do: 'command'; type: CommandType };

interface Binding {
  keys: readonly string[];
  action: KeyAction;
  label: Text;
}

const command = (key: string, type: CommandType): Binding => ({
  keys: [key],
  action: { do: 'command', type },
  label: commandVerbs[type],
});

/** Every key with what it does, in the order of the help. */
export const bindings: readonly Binding[] = [
  {
    keys: ['j', 'ArrowDown'],
    action: { do: 'move', by: 1 },
    label: { fr: 'Billet suivant', en: 'Next ticket' },
  },
  {
    keys: ['k', 'ArrowUp'],
    action: { do: 'move', by: -1 },
    label: { fr: 'Billet précédent', en: 'Previous ticket' },
  },
  { keys: ['Enter'], action: { do: 'open' }, label: { fr: 'Ouvrir le billet', en: 'Open the ticket' } },
  {
    keys: ['Escape'],
    action: { do: 'back' },
    label: { fr: 'Quitter, revenir à la liste', en: 'Leave, back to the list' },
  },
  { keys: ['x'], action: { do: 'select' }, label: { fr: 'Choisir le billet', en: 'Select the ticket' } },
  { keys: ['X'], action: { do: 'selectTo' }, label: { fr: 'Choisir jusqu’ici', en: 'Select up to here' } },
  {
    keys: ['*'],
    action: { do: 'selectAll' },
    label: { fr: 'Choisir toute la liste', en: 'Select the list' },
  },
  { keys: ['/'], action: { do: 'search' }, label: { fr: 'Chercher', en: 'Search' } },
  { keys: ['f'], action: { do: 'filters' }, label: { fr: 'Filtrer', en: 'Filter' } },
  { keys: ['t'], action: { do: 'take' }, label: { fr: 'Prendre le billet', en: 'Take the ticket' } },
  command('a', 'assign'),
  command('s', 'start'),
  command('h', 'hold'),
  command('n', 'note'),
  command('r', 'resolve'),
  command('c', 'close'),
  command('o', 'reopen'),
  command('m', 'merge'),
  command('v', 'transfer'),
  command('l', 'link'),
  {
    keys: ['p'],
    action: { do: 'template' },
    label: { fr: 'Appliquer un modèle', en: 'Apply a template' },
  },
  {
    keys: ['P'],
    action: { do: 'templates' },
    label: { fr: 'Gérer les modèles', en: 'Manage the templates' },
  },
  {
    keys: ['z'],
    action: { do: 'undo' },
    label: { fr: 'Reprendre l’envoi groupé ou le modèle', en: 'Take the bulk or the template back' },
  },
  { keys: ['u'], action: { do: 'refresh' }, label: { fr: 'Relire la liste', en: 'Read the list again' } },
  {
    keys: ['g'],
    action: { do: 'notifications' },
    label: { fr: 'Ce qui vous concerne', en: 'What concerns you' },
  },
  { keys: ['?'], action: { do: 'help' }, label: { fr: 'Cette aide', en: 'This help' } },
];

/** What was pressed, and where. */
export interface Press {
  key: string;
  /** With Ctrl, Alt or Meta: the browser's own, or a screen reader's. */
  isModified: boolean;
  /** Where a key is written, or moves something already. */
  isInField: boolean;
  /** On a button or a link, which Enter presses. */
  isOnControl: boolean;
}

/** The action of a key; undefined where it is none of ours. Single characters can be switched off (WCAG 2.1.4). */
export const actionOf = (press: Press, hasCharacters: boolean): KeyAction | undefined => {
  const { key, isModified, isInField, isOnControl } = press;
  if (isModified) return undefined;
  if (isInField && key !== 'Escape') return undefined;
  if (isOnControl && (key === 'Enter' || key.startsWith('Arrow'))) return undefined;
  if (key.length === 1 && !hasCharacters) return undefined;
  return bindings.find(({ keys }) => keys.includes(key))?.action;
};
