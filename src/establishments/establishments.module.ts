import { Global, Module, type DynamicModule } from '@nestjs/common';
import { BegunDays } from './begun-days.js';
import { Establishments } from './establishments.js';

/** The list of establishments, and which days have begun at each. */
@Global()
@Module({})
export class EstablishmentsModule {
  static with(establishments: Establishments): DynamicModule {
    return {
      module: EstablishmentsModule,
      providers: [{ provide: Establishments, useValue: establishments }, BegunDays],
      exports: [Establishments, BegunDays],
    };
  }
}
