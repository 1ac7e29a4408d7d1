import { Module } from '@nestjs/common';
import { Preferences } from './preferences.js';

/** What people keep for themselves or share with their team, whatever it is: views, templates. */
@Module({ providers: [Preferences], exports: [Preferences] })
export class PreferencesModule {}
