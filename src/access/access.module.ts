import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { Identity } from './identity.js';
import { AccessLog } from './log/access-log.js';
import { AccessRecorder } from './log/access-recorder.js';
import { AccessesController } from './log/reading/accesses.controller.js';
import { ReadAccesses } from './log/reading/read-accesses.js';
import { Sessions } from './sign-in/sessions.js';
import { SignIn } from './sign-in/sign-in.js';
import { WallScreens } from './sign-in/wall-screens.js';
import { TokenVerifier } from './token-verifier.js';

export interface AccessResources {
  tokens: TokenVerifier;
  sessions: Sessions;
  signIn: SignIn;
  wallScreens: WallScreens;
  accessLog: AccessLog;
  accesses: AccessRecorder;
}

/** Who asks, and what they may: every route of every module is guarded by it. */
@Global()
@Module({})
export class AccessModule {
  static with({
    tokens,
    sessions,
    signIn,
    wallScreens,
    accessLog,
    accesses,
  }: AccessResources): DynamicModule {
    return {
      module: AccessModule,
      controllers: [AccessesController],
      providers: [
        { provide: TokenVerifier, useValue: tokens },
        Identity,
        { provide: Sessions, useValue: sessions },
        { provide: SignIn, useValue: signIn },
        { provide: WallScreens, useValue: wallScreens },
        { provide: AccessLog, useValue: accessLog },
        { provide: AccessRecorder, useValue: accesses },
        ReadAccesses,
        { provide: APP_GUARD, useClass: AccessGuard },
      ],
      exports: [Identity, Sessions, SignIn, WallScreens, AccessLog, AccessRecorder, ReadAccesses],
    };
  }
}
