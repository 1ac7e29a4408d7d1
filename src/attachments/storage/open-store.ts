import { join, resolve } from 'node:path';
import type { Settings } from '../../config/settings.js';
import type { AttachmentStore } from './attachment-store.js';
import { FolderStore } from './folder-store.js';

/** Where the settings say that files are. It is not looked at before it is used. */
export const openStore = async (
  settings: Pick<Settings, 'attachmentsUrl' | 'dataDir'>,
): Promise<AttachmentStore> => {
  const { attachmentsUrl, dataDir } = settings;
  if (attachmentsUrl === undefined) return new FolderStore(join(resolve(dataDir), 'attachments'));
  // Seldom needed, and large.
  const { ObjectStore } = await import('./object-store.js');
  return new ObjectStore(attachmentsUrl);
};
