import type { z } from 'zod';
import type { Merges } from '../merges/merges.js';
import type { Children } from '../relations/children.js';
import type { CommandPayload, TicketCommandType } from '../domain/ticket.js';
import type { CommandMetadata } from '../repository/command-metadata.js';
import type { CommandOutcome } from '../repository/command-outcome.js';
import type { TicketRepository } from '../repository/ticket-repository.js';
import type { CommandBody } from './command-body.js';
import type { Places } from './places.js';
import type { TitlePolicy } from './title-policy.js';

/** What a command may look at, or use, before it is decided. */
export interface CommandServices {
  metadata: CommandMetadata;
  tickets: TicketRepository;
  places: Places;
  titles: TitlePolicy;
  merges: Merges;
  children: Children;
}

/** The fields the decider needs besides the type. */
type Fields<Type extends TicketCommandType> = Omit<CommandPayload<Type>, 'type'>;

/** Carries a command out where that takes more than one append. */
export type Sequence = (services: CommandServices) => Promise<CommandOutcome>;

/** Everything about one command: what it looks like on the wire, who may send it, and what is to be done before it is decided. */
export interface TicketCommandDefinition<Type extends TicketCommandType = TicketCommandType> {
  readonly type: Type;
  readonly permission: `tickets:${Type}`;
  readonly body: z.ZodType<CommandBody>;
  /** `body` has passed this definition's schema. Throws DomainError. */
  prepare(body: CommandBody, services: CommandServices): Promise<CommandPayload>;
  /** Undefined where one append is enough. A command with a sequence is never decided ahead of its turn. */
  sequence(body: CommandBody): Sequence | undefined;
}

interface Definition<Type extends TicketCommandType, Schema extends z.ZodType<CommandBody>> {
  type: Type;
  permission: `tickets:${Type}`;
  body: Schema;
  sequence?: (body: z.output<Schema>) => Sequence | undefined;
}

/** `prepare` may be left out where the body holds all that the decider needs; elsewhere the compiler demands it. */
type Preparation<Type extends TicketCommandType, Body> =
  Body extends Fields<Type> ? { prepare?: Prepare<Type, Body> } : { prepare: Prepare<Type, Body> };
type Prepare<Type extends TicketCommandType, Body> = (
  body: Body,
  services: CommandServices,
) => Fields<Type> | Promise<Fields<Type>>;

/** Defines a command; see docs/decisions/0050-one-way-for-a-command.md for how one is added. */
export const ticketCommand = <
  const Type extends TicketCommandType,
  Schema extends z.ZodType<CommandBody & { type?: Type | undefined }>,
>(
  definition: Definition<Type, Schema> & Preparation<Type, z.output<Schema>>,
): TicketCommandDefinition<Type> & { readonly body: Schema } => {
  const { type, permission, body, sequence = () => undefined } = definition;
  // The signature checks the fields against the type; the compiler can't follow that while `Type` is not known yet.
  const prepare = (definition.prepare ?? fieldsOf) as Prepare<Type, z.output<Schema>>;
  return {
    type,
    permission,
    body,
    async prepare(parsed: z.output<Schema>, services: CommandServices) {
      return { ...(await prepare(parsed, services)), type } as CommandPayload;
    },
    sequence,
  };
};

const fieldsOf = ({
  commandId: _commandId,
  ticketId: _ticketId,
  type: _type,
  occurredAt: _occurredAt,
  ...fields
}: CommandBody): object => fields;
