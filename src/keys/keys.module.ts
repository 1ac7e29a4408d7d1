import { Global, Module, type DynamicModule } from '@nestjs/common';
import { DataKeys } from './data-keys.js';

export interface KeysResources {
  /** Absent where texts are kept in plain, which only benchmarks do. */
  keys: DataKeys | undefined;
}

/** The keys of confidential texts, for whoever has to destroy some. */
@Global()
@Module({})
export class KeysModule {
  static with({ keys }: KeysResources): DynamicModule {
    return {
      module: KeysModule,
      providers: [{ provide: DataKeys, useValue: keys }],
      exports: [DataKeys],
    };
  }
}
