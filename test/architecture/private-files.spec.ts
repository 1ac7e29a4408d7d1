import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { project } from '../support/server/server-process.js';

/** What makes or changes a file, by the names of Node's file system; `open` reads, too, and is looked at where it is used. */
const writing = /\b(?:writeFile|appendFile|createWriteStream|copyFile|cp|symlink|truncate|open)(?:Sync)?\b/;

/** The names that a source imports from Node's file system. */
const imported = (source: string): string[] =>
  [...source.matchAll(/import (?:type )?\{([^}]*)\} from 'node:fs(?:\/promises)?';/g)].flatMap(
    ([, names = '']) => names.split(',').map((name) => name.trim()),
  );

describe('the files that commands write', () => {
  it('are written by the routines that make them private, and by no others', async () => {
    const folders = ['src/cli', 'src/demo', 'src/bulletins', 'src/keys'];
    const sources = (
      await Promise.all(
        folders.map(async (folder) =>
          (await readdir(join(project, folder), { recursive: true })).map((name) => join(folder, name)),
        ),
      )
    )
      .flat()
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
    expect(sources.length).toBeGreaterThan(80);
    const offending: string[] = [];
    for (const name of sources) {
      const names = imported(await readFile(join(project, name), 'utf8'));
      if (names.some((each) => writing.test(each))) offending.push(name);
    }
    // Looks whether a master key is there.
    expect(offending).toEqual(['src/keys/master-keys/master-key-file.ts']);
  });

  it('would be found otherwise', () => {
    const source = `import { appendFile, mkdir } from 'node:fs/promises';`;
    expect(imported(source).filter((name) => writing.test(name))).toEqual(['appendFile']);
  });
});
