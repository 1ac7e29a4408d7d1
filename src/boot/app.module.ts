import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AccessModule, type AccessResources } from '../access/index.js';
import { AttachmentsModule } from '../attachments/index.js';
import { BilletsQuotidiensModule } from '../billets-quotidiens/index.js';
import { BulletinsModule } from '../bulletins/index.js';
import { SettingsModule } from '../config/settings.module.js';
import type { Settings } from '../config/settings.js';
import { DeskModule } from '../desk/index.js';
import { EstablishmentsModule, type Establishments } from '../establishments/index.js';
import { KeysModule, type KeysResources } from '../keys/index.js';
import { OperationsModule } from '../operations/index.js';
import { PlatformModule, type PlatformResources } from '../platform/platform.module.js';
import { ReportsModule } from '../reports/index.js';
import { ErasureModule, TicketsModule } from '../tickets/index.js';
import { unknownAddressProviders, WebModule, type Simulation } from '../web/index.js';

/** What exists before the application does: opened in server.ts, and closed there in the opposite order. */
export interface Resources extends PlatformResources, AccessResources, KeysResources {
  settings: Settings;
  establishments: Establishments;
  /** The demo's; no other server has one. */
  simulation?: Simulation | undefined;
}

@Module({})
export class AppModule {
  static with(resources: Resources): DynamicModule {
    const everywhere = [
      SettingsModule.with(resources.settings),
      CqrsModule.forRoot(),
      PlatformModule.with(resources),
      KeysModule.with(resources),
      EstablishmentsModule.with(resources.establishments),
      AccessModule.with(resources),
      OperationsModule,
    ];
    const { retention } = resources.settings;
    const erasure = ErasureModule.with(retention);
    const attachments = AttachmentsModule.with(resources.settings);
    const { simulation } = resources;
    const api = [
      ...[TicketsModule, attachments, erasure, DeskModule],
      ...[BilletsQuotidiensModule, ReportsModule, BulletinsModule, WebModule.with(simulation)],
    ];
    return {
      module: AppModule,
      imports: resources.settings.roles.has('api') ? [...everywhere, ...api] : everywhere,
      providers: unknownAddressProviders,
    };
  }
}
