import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ACCESS_LOGGED } from '../../../src/access/log/access-rule.js';
import { Public } from '../../../src/platform/http/public.js';

export interface RunningRoute {
  method: string;
  path: string;
}

/** Every route of a running server, from Fastify's own tree of them; without HEAD, which Fastify adds to every GET. */
export const runningRoutes = (tree: string): RunningRoute[] => {
  const above: string[] = [];
  return tree.split('\n').flatMap((line) => {
    // A branch is drawn with four characters for each level; a piece of the path and its methods follow.
    const [, drawn = '', piece = '', methods = ''] = /^([│├└─ ]+ )(\S.*?) \(([A-Z, ]+)\)$/.exec(line) ?? [];
    if (drawn === '') {
      if (line.trim() !== '') throw new Error(`not understood: ${line}`);
      return [];
    }
    const depth = drawn.length / 4 - 1;
    const path = `${above[depth - 1] ?? ''}${piece}`;
    above.splice(depth, Infinity, path);
    return methods
      .split(', ')
      .filter((method) => method !== 'HEAD')
      .map((method) => ({ method, path: path.replace(/^\/\//, '/') }));
  });
};

export const routeTreeOf = (app: NestFastifyApplication): string =>
  app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });

export interface Handler {
  /** e.g. `TicketsController.open`. */
  name: string;
  route: string;
  /** The metadata that `@Requires` or `@Public` set on the handler, or on its class. */
  rule: unknown;
  /** What it says of the tickets it shows. */
  shows: unknown;
}

const slashed = (...pieces: string[]): string =>
  `/${pieces
    .flatMap((piece) => piece.split('/'))
    .filter(Boolean)
    .join('/')}`;

/** Every handler of every controller that Nest knows. */
export const handlersOf = (app: NestFastifyApplication): Handler[] => {
  const ruleKey = Public().KEY;
  return [...app.get(ModulesContainer).values()].flatMap(({ controllers }) =>
    [...controllers.values()].flatMap(({ metatype }) => {
      const type = metatype as Type;
      const base = Reflect.getMetadata(PATH_METADATA, type) as string;
      const prototype = type.prototype as Record<string, object>;
      const methods = Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor');
      return methods.flatMap((name) => {
        const handler = prototype[name]!;
        const path = Reflect.getMetadata(PATH_METADATA, handler) as string | string[] | undefined;
        if (path === undefined) return [];
        const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod];
        const said = (key: string): unknown =>
          Reflect.getMetadata(key, handler) ?? Reflect.getMetadata(key, type);
        // One handler may answer at several paths.
        return [path].flat().map((one) => ({
          name: `${type.name}.${name}`,
          route: `${method} ${slashed(base, one)}`,
          rule: said(ruleKey),
          shows: said(ACCESS_LOGGED),
        }));
      });
    }),
  );
};
