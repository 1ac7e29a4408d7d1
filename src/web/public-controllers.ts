import { AssetsController } from './page/files/assets.controller.js';
import { ProblemKindsController } from './problem-kinds/problem-kinds.controller.js';
import { SignInController } from './sign-in/sign-in.controller.js';

/** What needs no session. */
export const publicControllers = [SignInController, AssetsController, ProblemKindsController];
