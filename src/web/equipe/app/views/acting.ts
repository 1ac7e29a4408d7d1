import { html, type TemplateResult } from 'lit-html';
import type { QueuedCommand } from '../queue/command.js';
import type { Draft, Person } from '../device/person.js';
import { choices, form, textArea } from './forms.js';
import type { FormType } from './route.js';
import type { ViewState } from './view.js';
import { commandName, reasonName, resolutionName } from './words.js';

const maxReasonLength = 2_000;

/** The form of a command on a ticket. */
export const actingForm = (
  { view, acts }: ViewState,
  type: FormType,
  {
    person,
    cancel,
    done,
  }: { person: Person; cancel: string; done: (queued: QueuedCommand) => Promise<void> },
): TemplateResult =>
  form(fieldsOf(type, view.draft, person), {
    name: type,
    submit: commandName(type),
    cancel,
    kept: (draft) => acts.keepDraft(draft),
    done: (values) => done(commandFrom(type, values)),
  });

const fieldsOf = (type: FormType, draft: Draft, { reference }: Person): TemplateResult => {
  switch (type) {
    case 'note':
      return textArea('Note', { name: 'body', value: draft.body });
    case 'hold':
      return html`
        ${choices('Qui ou quoi attend-on?', { name: 'reason', options: named(reference?.holdReasons, reasonName), chosen: draft.reason })}
        ${textArea('Note', { name: 'note', value: draft.note, required: false })}
      `;
    case 'resolve':
      return html`
        ${choices('Comment?', { name: 'code', options: named(reference?.resolutionCodes, resolutionName), chosen: draft.code ?? 'fixed' })}
        ${textArea('Ce qui a été fait', { name: 'note', value: draft.note })}
      `;
    case 'reopen':
      return textArea('Pourquoi le rouvrir?', {
        name: 'reason',
        value: draft.reason,
        maxLength: maxReasonLength,
      });
    case 'cancel':
      return textArea('Pourquoi l’annuler?', {
        name: 'reason',
        value: draft.reason,
        maxLength: maxReasonLength,
      });
  }
};

const named = (codes: readonly string[] = [], nameOf: (code: string) => string) =>
  codes.map((value) => ({ value, label: nameOf(value) }));

const commandFrom = (
  type: FormType,
  { body = '', reason = '', note = '', code = '' }: Draft,
): QueuedCommand => {
  switch (type) {
    case 'note':
      return { type, body };
    case 'hold':
      return { type, reason, ...(note ? { note } : {}) };
    case 'resolve':
      return { type, resolution: { code, note } };
    case 'reopen':
    case 'cancel':
      return { type, reason };
  }
};
