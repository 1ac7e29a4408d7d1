import type { Type } from '@nestjs/common';
import { PublishBulletinHandler } from './publish-bulletin.js';
import { ReviseBulletinHandler } from './revise-bulletin.js';
import { WriteDraftHandler } from './write-draft.js';

export const bulletinCommandHandlers: Type[] = [
  WriteDraftHandler,
  PublishBulletinHandler,
  ReviseBulletinHandler,
];
