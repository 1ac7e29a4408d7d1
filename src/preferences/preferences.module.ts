import { Module } from '@nestjs/common';
import { OwnTeams } from './own-teams.js';
import { OwnTeamsController } from './own-teams.controller.js';
import { Preferences } from './preferences.js';

/** What people keep for themselves or share with their team, whatever it is: views, templates, and which teams are theirs. */
@Module({ controllers: [OwnTeamsController], providers: [Preferences, OwnTeams], exports: [Preferences] })
export class PreferencesModule {}
