import { html, type TemplateResult } from 'lit-html';
import type { QueuedCommand } from '../queue/command.js';
import type { Draft, Person } from '../device/person.js';
import { choices, form, textArea } from './forms.js';
import type { FormType } from './route.js';
import type { ViewState } from './view.js';
import type { Words } from './words/words.js';

const maxReasonLength = 2_000;

/** The form of a command on a ticket. */
export const actingForm = (
  { view, acts, words }: ViewState,
  type: FormType,
  {
    person,
    cancel,
    done,
  }: { person: Person; cancel: string; done: (queued: QueuedCommand) => Promise<void> },
): TemplateResult =>
  form(fieldsOf(type, { draft: view.draft, person, words }), {
    name: type,
    submit: words.commandName(type),
    words,
    cancel,
    kept: (draft) => acts.keepDraft(draft),
    done: (values) => done(commandFrom(type, values)),
  });

const fieldsOf = (
  type: FormType,
  { draft, person: { reference }, words }: { draft: Draft; person: Person; words: Words },
): TemplateResult => {
  const { say, reasonName, resolutionName } = words;
  switch (type) {
    case 'note':
      return textArea(say('note'), { words, name: 'body', value: draft.body });
    case 'hold':
      return html`
        ${choices(say('waitingFor'), { name: 'reason', options: named(reference?.holdReasons, reasonName), chosen: draft.reason })}
        ${textArea(say('note'), { words, name: 'note', value: draft.note, required: false })}
      `;
    case 'resolve':
      return html`
        ${choices(say('how'), { name: 'code', options: named(reference?.resolutionCodes, resolutionName), chosen: draft.code ?? 'fixed' })}
        ${textArea(say('whatWasDone'), { words, name: 'note', value: draft.note })}
      `;
    case 'reopen':
      return textArea(say('whyReopen'), {
        words,
        name: 'reason',
        value: draft.reason,
        maxLength: maxReasonLength,
      });
    case 'cancel':
      return textArea(say('whyCancel'), {
        words,
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
