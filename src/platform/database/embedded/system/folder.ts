import { open } from 'node:fs/promises';

/** Opens a folder, passes its descriptor to `use`, and closes it when `use` is done. */
export const withFolder = async <Result>(
  path: string,
  use: (fd: number) => Promise<Result>,
): Promise<Result> => {
  const folder = await open(path, 'r');
  try {
    return await use(folder.fd);
  } finally {
    await folder.close();
  }
};

/** Syncs a folder: a rename in it survives a power cut only after this. */
export const makeDurable = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};
