import { Injectable } from '@nestjs/common';
import { canAccess, isAllowed, type Principal } from '../../access/index.js';
import { Establishments, unknownPlace } from '../../establishments/index.js';
import { type Kept, Preferences, teamOf } from '../../preferences/index.js';
import { refuseHealthNumbers } from '../../shared/identifiers/health-numbers-refused.js';
import type { IfMatch } from '../../shared/if-match.js';
import { DomainError } from '../../shared/problems/domain-error.js';
import { ticketCommands } from '../commands/index.js';
import { Places } from '../execution/places.js';
import type { SavedTemplate, TemplateBody, TemplateCommand } from './template.schema.js';

export type Template = Kept<SavedTemplate>;

/** Texts and commands that agents prepare for their teams. */
@Injectable()
export class Templates {
  constructor(
    private readonly preferences: Preferences,
    private readonly establishments: Establishments,
    private readonly places: Places,
  ) {}

  /** Throws `template-not-found`. */
  find(id: string, principal: Principal): Promise<Template> {
    return this.preferences.find<SavedTemplate>('template', id, principal);
  }

  /**
   * Throws `not-the-author`, `template-not-found`, `too-many-templates`, `version-mismatch`, `health-number-refused`, `role-not-allowed`,
   * `unknown-establishment`, `unknown-site`, `establishment-not-yours`.
   */
  async write(
    id: string,
    { shared, ...body }: TemplateBody,
    { principal, ifMatch }: { principal: Principal; ifMatch: IfMatch },
  ): Promise<{ template: Template; isNew: boolean }> {
    refuseHealthNumbers(body);
    body.commands.forEach((command, at) => this.assertSendable(command, `/commands/${at}`, principal));
    const content = { ...body, ...this.placeOf(body, principal) };
    const { establishments } = teamOf(principal, content.establishment);
    // Agents write for mobile teams too: what is shared is for the two roles that work tickets.
    const audience = { shared: shared === 'team', roles: ['mobile-team', 'agent'] as const, establishments };
    const { kept, isNew } = await this.preferences.write(
      'template',
      id,
      { content, audience, ifMatch },
      principal,
    );
    return { template: kept, isNew };
  }

  /** A template holds no command that its author could not send, and none that nobody's could succeed. */
  private assertSendable(command: TemplateCommand, pointer: string, principal: Principal): void {
    const isInternal = command.type === 'note' && command.internal === true;
    if (
      !isAllowed(principal, ticketCommands[command.type].permission) ||
      (isInternal && !isAllowed(principal, 'tickets:internal-notes'))
    )
      throw new DomainError('role-not-allowed', { errors: [{ pointer }] });
    if (command.type === 'transfer') this.assertIsPlace(command, pointer);
  }

  private assertIsPlace(
    { establishment, site }: { establishment: string; site?: string | undefined },
    at: string,
  ): void {
    try {
      this.places.find(establishment, site);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const errors = error.details.errors?.map(({ pointer }) => ({ pointer: at + pointer }));
      throw new DomainError(error.code, { ...error.details, ...(errors ? { errors } : {}) });
    }
  }

  private placeOf({ establishment: name }: SavedTemplate, principal: Principal): { establishment?: string } {
    if (name === undefined) return {};
    const pointer = '/establishment';
    const establishment = this.establishments.find(name);
    if (!establishment) throw unknownPlace('unknown-establishment', pointer);
    if (!canAccess(principal, establishment.code, 'tickets:read'))
      throw new DomainError('establishment-not-yours', { errors: [{ pointer }] });
    return { establishment: establishment.code };
  }
}
