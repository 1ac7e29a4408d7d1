// The server that a team would write first: node crud-server.mjs URL. NestJS on Fastify, one TypeORM `save` for each ticket, the same
// fields as the product's, validated by class-validator; no token, no history, no figures. Prints the URL that it serves.
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { Body, Controller, HttpCode, Module, Post, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { IsIn, IsISO8601, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { DataSource, EntitySchema } from 'typeorm';

const categories =
  'connexion ordonnances resultats impression integration rendez-vous bloc-operatoire autre'.split(' ');
const priorities = ['P1', 'P2', 'P3', 'P4'];

const Ticket = new EntitySchema({
  name: 'Ticket',
  tableName: 'tickets',
  columns: {
    id: { type: 'uuid', primary: true },
    commandId: { type: 'uuid', unique: true },
    establishment: { type: 'text' },
    site: { type: 'text', nullable: true },
    title: { type: 'text' },
    description: { type: 'text', nullable: true },
    category: { type: 'text' },
    priority: { type: 'text' },
    status: { type: 'text' },
    team: { type: 'text', nullable: true },
    location: { type: 'text', nullable: true },
    occurredAt: { type: 'timestamptz' },
    updatedAt: { type: 'timestamptz', updateDate: true },
  },
  indices: [{ columns: ['establishment', 'status', 'occurredAt'] }],
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

/** @typedef {{ ticketId?: string } & Record<string, unknown>} OpenedTicket */

class OpenTicket {}
const body = OpenTicket.prototype;
decorate(body, 'commandId', IsUUID());
decorate(body, 'ticketId', IsUUID());
decorate(body, 'establishment', IsString(), MaxLength(200));
decorate(body, 'site', IsOptional(), IsString(), MaxLength(200));
decorate(body, 'title', IsString(), MaxLength(200));
decorate(body, 'description', IsOptional(), IsString(), MaxLength(10_000));
decorate(body, 'category', IsIn(categories));
decorate(body, 'priority', IsIn(priorities));
decorate(body, 'team', IsOptional(), IsString(), MaxLength(100));
decorate(body, 'location', IsOptional(), IsString(), MaxLength(200));
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

  /** @param {OpenedTicket} ticket */
  open({ ticketId, ...details }) {
    return this.repository.save({ id: ticketId ?? randomUUID(), status: 'open', ...details });
  }
}
const { prototype } = TicketsController;
const open = Object.getOwnPropertyDescriptor(prototype, 'open') ?? {};
Reflect.defineMetadata('design:paramtypes', [OpenTicket], prototype, 'open');
Post()(prototype, 'open', open);
HttpCode(201)(prototype, 'open', open);
Body()(prototype, 'open', 0);
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
