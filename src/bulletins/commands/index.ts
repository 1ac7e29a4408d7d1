import type { Type } from '@nestjs/common';
import { DeleteDraftHandler } from './delete-draft.js';
import { PublishBulletinHandler } from './publish-bulletin.js';
import { ReviseBulletinHandler } from './revise-bulletin.js';
import { WithdrawBulletinHandler } from './withdraw-bulletin.js';
import { WriteDraftHandler } from './write-draft.js';

export const bulletinCommandHandlers: Type[] = [
  WriteDraftHandler,
  PublishBulletinHandler,
  ReviseBulletinHandler,
  DeleteDraftHandler,
  WithdrawBulletinHandler,
];
