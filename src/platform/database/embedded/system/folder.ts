import { open } from 'node:fs/promises';

/** Opens a folder for as long as `use` takes, which gets its descriptor. */
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

/** A rename in the folder outlives a power cut only after this. */
export const makeDurable = async (path: string): Promise<void> => {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};
