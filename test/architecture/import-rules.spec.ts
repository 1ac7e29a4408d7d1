import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import {
  cruise,
  type ICruiseOptions,
  type ICruiseResult,
  type IRegularForbiddenRuleType,
} from 'dependency-cruiser';

interface Rule extends IRegularForbiddenRuleType {
  name: string;
  from: { path: string | string[]; pathNot?: string[] };
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const canaries = fileURLToPath(new URL('./canaries', import.meta.url));
const { forbidden: rules, options } = createRequire(import.meta.url)('./import-rules.cjs') as {
  forbidden: Rule[];
  options: ICruiseOptions;
};
const ruleNames = rules.map(({ name }) => name);

/** Folders of the architecture that have no code yet. Whoever adds a folder's first file takes it off this list. */
const yetToCome: readonly string[] = [];

const codeBelow = (folder: string): string[] =>
  readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => `src/${file}`)
    .filter((file) => /\.m?[jt]s$/.test(file));

/** Every import that breaks a rule, as `file: imported module: rule`. */
const violationsBelow = async (folder: string): Promise<string[]> => {
  const { output } = await cruise(['src'], {
    ...options,
    baseDir: folder,
    validate: true,
    ruleSet: { forbidden: rules },
  });
  return (output as ICruiseResult).modules
    .flatMap(({ source, dependencies }) =>
      dependencies.flatMap(({ module, rules: broken = [] }) =>
        broken.map(({ name }) => `${source}: ${module}: ${name}`),
      ),
    )
    .sort();
};

/** The violations that a canary must give: exactly those of its lines that end in `// reported`. */
const markedBelow = (folder: string, rule: string): string[] =>
  codeBelow(folder)
    .flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/from '(?:node:)?(.+)'; \/\/ reported$/gm)].map(
        ([, module]) => `${file}: ${module}: ${rule}`,
      ),
    )
    .sort();

const isFrom = (path: string | string[], file: string): boolean =>
  [path].flat().some((pattern) => new RegExp(pattern).test(file));

describe('the import rules', () => {
  it('each have a canary, and each canary has a rule', () => {
    expect(readdirSync(canaries).sort()).toEqual([...ruleNames].sort());
  });

  it.each(ruleNames)('report exactly the imports that break %s', async (rule) => {
    const marked = markedBelow(join(canaries, rule), rule);
    expect(marked).not.toEqual([]);
    expect(await violationsBelow(join(canaries, rule))).toEqual(marked);
  });

  it('each apply to some file, except those for folders yet to come', () => {
    const code = codeBelow(root);
    const idle = rules.filter(({ from }) => !code.some((file) => isFrom(from.path, file)));
    const forFolderToCome = ({ from }: Rule) =>
      yetToCome.some((folder) => [from.path].flat().every((path) => path.startsWith(`^src/${folder}/`)));
    expect(idle.filter((rule) => !forFolderToCome(rule)).map(({ name }) => name)).toEqual([]);
    expect(yetToCome.filter((folder) => code.some((file) => file.startsWith(`src/${folder}/`)))).toEqual([]);
  });

  it('say of every folder in src what it may import', () => {
    const folders = new Set(codeBelow(root).flatMap((file) => /^src\/([^/]+)\//.exec(file)?.[1] ?? []));
    expect(ruleNames).toEqual(expect.arrayContaining([...folders].map((folder) => `imports-of-${folder}`)));
  });

  it('cover the decider beside every file of events', () => {
    const deciders = codeBelow(root)
      .filter((file) => file.endsWith('.events.ts'))
      .map((file) => file.replace('.events.ts', '.ts'));
    const covered = rules.filter(({ name }) => name.startsWith('decider-of-'));
    expect(deciders.filter((file) => !covered.some(({ from }) => isFrom(from.path, file)))).toEqual([]);
  });
});
