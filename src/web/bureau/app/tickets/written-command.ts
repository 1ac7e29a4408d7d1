import type { Category, HoldReason, Priority, ResolutionCode } from '../../../../shared/vocabulary.js';
import type { AgentCommand, CommandType } from './command.js';

type Values = Readonly<Record<string, string>>;

/** An empty field takes the ticket from whoever has it. */
const orNone = (name: string | undefined): string | null => (name === undefined || name === '' ? null : name);

/** What somebody wrote into the form of a command, as the command; the other ticket of a merge or a link is chosen beside the form. */
export const commandOf = (
  type: CommandType,
  values: Values,
  other: string | undefined,
): AgentCommand | undefined => {
  const { note = '', reason = '' } = values;
  switch (type) {
    case 'assign':
      return { type, team: orNone(values.team), assignee: orNone(values.assignee) };
    case 'hold':
      return { type, reason: reason as HoldReason, ...(note === '' ? {} : { note }) };
    case 'note':
      return { type, body: values.body ?? '', internal: values.internal === 'on' };
    case 'resolve':
      return {
        type,
        resolution: { code: values.code as ResolutionCode, note },
        ...(values.cascade === 'on' ? { cascade: true } : {}),
      };
    case 'reopen':
    case 'cancel':
      return { type, reason };
    case 'merge':
      return other === undefined
        ? undefined
        : { type, into: other, ...(values.reopenTarget === 'on' ? { reopenTarget: true } : {}) };
    case 'transfer': {
      const [establishment = '', site] = (values.place ?? '').split('/');
      return { type, establishment, ...(site ? { site } : {}) };
    }
    case 'link':
      return other === undefined
        ? undefined
        : { type, to: other, relation: values.relation as 'parent' | 'duplicate' | 'related' };
    case 'recategorize':
      return { type, category: values.category as Category };
    case 'reprioritize':
      return { type, priority: values.priority as Priority };
    case 'requester': {
      const { name = '', contact = '' } = values;
      return { type, requester: name === '' ? null : { name, ...(contact === '' ? {} : { contact }) } };
    }
    case 'start':
    case 'close':
    case 'watch':
    case 'unwatch':
      return { type };
  }
};
