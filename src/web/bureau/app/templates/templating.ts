import type { Template } from '../api/answers.js';
import type { Faults, TemplateDraft } from './template-draft.js';

/** Templates as the page has them: those that can be used, and what is being done with them. */
export interface Templating {
  templates: readonly Template[];
  /** What one is chosen for: words for the form that is open, or all that it does. */
  purpose: 'fill' | 'apply';
  /** The tickets that it is chosen for. */
  targets: readonly string[];
  /** By what the list of templates is narrowed. */
  typed: string;
  /** The one that is being written; it stays while the panel is left. */
  draft: TemplateDraft | undefined;
  faults: Faults;
  /** Why it was not saved, or not deleted. */
  problem: string | undefined;
  isSaving: boolean;
  /** The one that is deleted once that is said again. */
  deleting: string | undefined;
}

/** What people do with templates. */
export interface TemplateActions {
  choose(purpose: Templating['purpose'], targets: readonly string[]): void;
  narrow(typed: string): void;
  use(template: Template): Promise<void>;
  manage(): void;
  begin(template?: Template): void;
  edit(draft: TemplateDraft): void;
  drop(): void;
  save(): Promise<void>;
  delete(template: Template): Promise<void>;
  keep(): void;
}

export const noTemplating: Templating = {
  ...{ templates: [], purpose: 'apply', targets: [], typed: '', draft: undefined },
  ...{ faults: {}, problem: undefined, isSaving: false, deleting: undefined },
};
