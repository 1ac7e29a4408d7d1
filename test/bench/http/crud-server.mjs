// The server that a team would write first: node crud-server.mjs URL. NestJS on Fastify, one TypeORM `save` for each ticket and one `find`
// for a list. It takes the few fields that the load sends, validated by class-validator, and lets PostgreSQL number the tickets, which
// spares `save` a look-up; no token, no history, no figures. Prints the URL that it serves.
import 'reflect-metadata';
import { Body, Controller, Get, HttpCode, Module, Post, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { IsIn, IsISO8601, IsString, MaxLength } from 'class-validator';
import { DataSource, EntitySchema } from 'typeorm';

const categories =
  'connexion ordonnances resultats impression integration rendez-vous bloc-operatoire autre'.split(' ');
const priorities = ['P1', 'P2', 'P3', 'P4'];

const Ticket = new EntitySchema({
  name: 'Ticket',
  tableName: 'tickets',
  columns: {
    id: { type: 'int', primary: true, generated: 'increment' },
    establishment: { type: 'text' },
    title: { type: 'text' },
    category: { type: 'text' },
    priority: { type: 'text' },
    team: { type: 'text' },
    status: { type: 'text' },
    occurredAt: { type: 'timestamptz' },
  },
  indices: [{ columns: ['status', 'priority', 'occurredAt'] }],
});

/**
 * Applies decorators by calling them, since this file runs without a compiler.
 * @param {object} target
 * @param {string} property
 * @param {PropertyDecorator[]} decorators
 */
const decorate = (target, property, ...decorators) => {
  for (const decorator of decorators) decorator(target, property);
};

class OpenTicket {}
const body = OpenTicket.prototype;
decorate(body, 'establishment', IsString(), MaxLength(200));
decorate(body, 'title', IsString(), MaxLength(200));
decorate(body, 'category', IsIn(categories));
decorate(body, 'priority', IsIn(priorities));
decorate(body, 'team', IsString(), MaxLength(100));
decorate(body, 'occurredAt', IsISO8601());

const database = new DataSource({
  type: 'postgres',
  url: process.argv[2],
  entities: [Ticket],
  synchronize: true,
  poolSize: 20,
});
await database.initialize();

class TicketsController {
  repository = database.getRepository(Ticket);

  /** @param {object} ticket */
  open(ticket) {
    return this.repository.save({ status: 'open', ...ticket });
  }

  list() {
    return this.repository.find({
      where: { status: 'open' },
      order: { priority: 'ASC', occurredAt: 'ASC' },
      take: 50,
    });
  }
}
const { prototype } = TicketsController;
const open = Object.getOwnPropertyDescriptor(prototype, 'open') ?? {};
Reflect.defineMetadata('design:paramtypes', [OpenTicket], prototype, 'open');
Post()(prototype, 'open', open);
HttpCode(201)(prototype, 'open', open);
Body()(prototype, 'open', 0);
Get()(prototype, 'list', Object.getOwnPropertyDescriptor(prototype, 'list') ?? {});
Controller('v1/tickets')(TicketsController);

class AppModule {}
Module({ controllers: [TicketsController] })(AppModule);

const app = await NestFactory.create(AppModule, new FastifyAdapter(), { logger: false });
app.useGlobalPipes(new ValidationPipe({ whitelist: true, transform: true }));
await app.listen(0, '127.0.0.1');
process.stdout.write(`${await app.getUrl()}\n`);
const stop = async () => {
  await app.close();
  await database.destroy();
};
process.once('SIGTERM', () => void stop());
