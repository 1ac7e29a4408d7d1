import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { project } from '../server/server-process.js';

export interface SourceFile {
  /** Within src. */
  path: string;
  text: string;
}

const root = join(project, 'src');

/** The sources of src, without its tests. */
export const sourceFiles: readonly SourceFile[] = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.m?[jt]s$/.test(path) && !path.endsWith('.spec.ts'))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
