import { html, type TemplateResult } from 'lit-html';
import type { QueuedCommand } from '../queue/command.js';
import type { Draft, Person } from '../device/store.js';
import { choices, form, textArea } from './forms.js';
import type { FormType } from './route.js';
import type { ViewState } from './view.js';
import { commandName, reasonName, resolutionName } from './words.js';

const maxReasonLength = 2_000;

/** The form of one thing to do to a ticket. */
export const actingForm = (
  { view, acts }: ViewState,
  type: FormType,
  person: Person,
  { cancel, done }: { cancel: string; done: (asked: QueuedCommand) => Promise<void> },
): TemplateResult =>
  form(
    { name: type, submit: commandName[type], cancel },
    fieldsOf(type, view.draft, person),
    (kept) => acts.keepDraft(kept),
    (values) => done(askedFrom(type, values)),
  );

const fieldsOf = (type: FormType, draft: Draft, { reference }: Person): TemplateResult => {
  switch (type) {
    case 'note':
      return textArea('Note', 'body', draft.body);
    case 'hold':
      return html`
        ${choices('Qui ou quoi attend-on?', 'reason', named(reference?.holdReasons, reasonName), draft.reason)}
        ${textArea('Note', 'note', draft.note, { required: false })}
      `;
    case 'resolve':
      return html`
        ${choices('Comment?', 'code', named(reference?.resolutionCodes, resolutionName), draft.code ?? 'fixed')}
        ${textArea('Ce qui a été fait', 'note', draft.note)}
      `;
    case 'reopen':
      return textArea('Pourquoi le rouvrir?', 'reason', draft.reason, { most: maxReasonLength });
    case 'cancel':
      return textArea('Pourquoi l’annuler?', 'reason', draft.reason, { most: maxReasonLength });
  }
};

const named = (codes: readonly string[] = [], nameOf: (code: string) => string) =>
  codes.map((value) => ({ value, label: nameOf(value) }));

const askedFrom = (
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
