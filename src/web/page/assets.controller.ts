import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Controller, Get, Header, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../access/access.guard.js';
import { Problem } from '../../platform/http/problem.js';

const types = {
  'board.css': 'text/css; charset=utf-8',
  'board.js': 'text/javascript; charset=utf-8',
  'home.js': 'text/javascript; charset=utf-8',
  'bulletins.css': 'text/css; charset=utf-8',
  'bulletin.js': 'text/javascript; charset=utf-8',
  'icon.svg': 'image/svg+xml',
} as const;
type AssetName = keyof typeof types;

const load = (name: AssetName) => {
  const content = readFileSync(new URL(`./assets/${name}`, import.meta.url));
  return { content, version: createHash('sha256').update(content).digest('hex').slice(0, 12) };
};
const assets = {
  'board.css': load('board.css'),
  'board.js': load('board.js'),
  'home.js': load('home.js'),
  'bulletins.css': load('bulletins.css'),
  'bulletin.js': load('bulletin.js'),
  'icon.svg': load('icon.svg'),
} satisfies Record<AssetName, unknown>;

/** Where a page finds the file as it is now: another content has another address. */
export const assetPath = (name: AssetName): string => `/assets/${name}?v=${assets[name].version}`;

const isAsset = (name: string): name is AssetName => Object.hasOwn(types, name);

/** What the pages load: all of it from here. */
@ApiExcludeController()
@Public()
@Controller('assets')
export class AssetsController {
  @Get(':name')
  @Header('Cache-Control', 'public, max-age=31536000')
  @Header('X-Content-Type-Options', 'nosniff')
  asset(@Param('name') name: string, @Res({ passthrough: true }) reply: FastifyReply): Buffer {
    if (!isAsset(name)) throw new Problem('not-found');
    void reply.type(types[name]);
    return assets[name].content;
  }
}
