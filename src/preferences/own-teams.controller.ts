import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentPrincipal, type Principal, Requires, ShowsNoTicket } from '../access/index.js';
import { ApiAnswers } from '../platform/http/openapi.js';
import { line } from '../platform/text-schema.js';
import { OwnTeams } from './own-teams.js';

const maxTeams = 20;

const preferencesShape = {
  teams: z
    .array(line(100))
    .max(maxTeams)
    .describe('The teams that are yours, as tickets name them; they give no right'),
};
const preferencesBody = z.strictObject(preferencesShape);
const preferencesSchema = z.object(preferencesShape).meta({ id: 'Preferences' });
type PreferencesAnswer = z.output<typeof preferencesSchema>;

/** What a person says of themselves, at whatever machine they work. */
@ApiTags('views')
@ApiBearerAuth()
@Requires('tickets:read')
@ShowsNoTicket('what its person says of themselves')
@Controller('v1/preferences')
export class OwnTeamsController {
  constructor(private readonly ownTeams: OwnTeams) {}

  @Get()
  @ApiAnswers('Your preferences', preferencesSchema)
  async read(@CurrentPrincipal() principal: Principal): Promise<PreferencesAnswer> {
    return { teams: await this.ownTeams.of(principal) };
  }

  @Put()
  @ApiAnswers('Replace your preferences', preferencesSchema)
  async write(
    @Body({ schema: preferencesBody }) { teams }: z.output<typeof preferencesBody>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<PreferencesAnswer> {
    return { teams: await this.ownTeams.choose(principal, teams) };
  }
}
