import { isDeepStrictEqual } from 'node:util';
import type { Contents, Releve, Sections } from '../../../bulletins/index.js';

/**
 * A part of a draft that both writers have changed, with the other writer's version; undefined where they removed it. Each relevé
 * is a part.
 */
export type Conflict =
  | { part: 'ticketDay'; theirs: string }
  | { part: 'bilan' | 'objectif'; theirs: string | undefined }
  | { part: 'faitsSaillants'; theirs: Sections['faitsSaillants'] }
  | { part: `releve ${string}`; about: Releve; theirs: Releve | undefined };

export interface Merged {
  contents: Contents;
  conflicts: readonly Conflict[];
}

/**
 * Merges two drafts that were made from the same `base`. A part that only one of them changed is taken from that one; a part that
 * both changed is taken from `mine`, and listed as a conflict.
 */
export const mergedDrafts = (base: Contents, mine: Contents, theirs: Contents): Merged => {
  const conflicts: Conflict[] = [];
  const choose = <Value>(
    [was, my, their]: readonly [Value, Value, Value],
    conflict: () => Conflict,
  ): Value => {
    if (isDeepStrictEqual(my, their) || isDeepStrictEqual(their, was)) return my;
    if (isDeepStrictEqual(my, was)) return their;
    conflicts.push(conflict());
    return my;
  };
  const all = [base, mine, theirs] as const;
  const of = <Value>(value: (contents: Contents) => Value): [Value, Value, Value] => [
    value(all[0]),
    value(all[1]),
    value(all[2]),
  ];
  const text = (part: 'bilan' | 'objectif') =>
    choose(
      of(({ sections }) => sections[part]),
      () => ({ part, theirs: theirs.sections[part] }),
    );
  const sections: Sections = given({
    bilan: text('bilan'),
    faitsSaillants: choose(
      of((contents) => contents.sections.faitsSaillants),
      () => ({
        part: 'faitsSaillants',
        theirs: theirs.sections.faitsSaillants,
      }),
    ),
    objectif: text('objectif'),
  });
  const keys = new Map(
    [...base.releves, ...theirs.releves, ...mine.releves].map((releve) => [keyOf(releve), releve]),
  );
  const releves = [...keys].flatMap(([key, about]) => {
    const found = of((contents) => contents.releves.find((releve) => keyOf(releve) === key));
    const chosen = choose(found, () => ({ part: `releve ${key}`, about, theirs: found[2] }));
    return chosen ?? [];
  });
  const ticketDay = choose(
    of((contents) => contents.ticketDay),
    () => ({
      part: 'ticketDay',
      theirs: theirs.ticketDay,
    }),
  );
  // Who changed it from what both began with is right: there are only two states.
  const isShown = base.weekChart === mine.weekChart ? theirs.weekChart : mine.weekChart;
  const contents = { ticketDay, sections, releves, ...(isShown && { weekChart: isShown }) };
  return { contents, conflicts };
};

const keyOf = ({ code, day }: Releve): string => `${day} ${code}`;

const given = (sections: { [Name in keyof Sections]: Sections[Name] | undefined }): Sections =>
  Object.fromEntries(
    (Object.entries(sections) as [string, unknown][]).filter(([, text]) => text !== undefined),
  );
