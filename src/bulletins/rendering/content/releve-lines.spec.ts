import { describe, expect, it } from '@jest/globals';
import type { Releve } from '../../domain/bulletin.events.js';
import { releveLines } from './releve-lines.js';

const nbsp = '\u00A0';
const day = '2026-05-16';
const lines = (language: 'fr' | 'en', releve: Releve, among: Releve[] = [releve]): string[] =>
  releveLines(language, releve, among).map((spans) =>
    spans.map(({ text, bold }) => (bold ? `**${text}**` : text)).join(''),
  );

describe('a relevé', () => {
  const users = { code: 'connected-users', day, value: 23_431, total: 30_000 };

  it('is printed with its percentage of the total', () => {
    expect(lines('fr', users)).toEqual([
      `Nombre d'utilisateurs connectés au DSN : **23${nbsp}431** sur total de 30${nbsp}000.`,
      `**78,1${nbsp}%** des accès déjà effectués.`,
    ]);
    expect(lines('en', users)).toEqual([
      'Number of users connected to the DSN: **23,431** of a total of 30,000.',
      '**78.1%** of accesses already done.',
    ]);
  });

  it('is printed without the percentage where another relevé of the day has it', () => {
    const accesses = { code: 'accesses-done', day, value: 80, unit: '%' };
    expect(lines('fr', users, [users, accesses])).toHaveLength(1);
    expect(lines('fr', accesses)).toEqual([`**80${nbsp}%** des accès déjà effectués.`]);
    expect(lines('fr', users, [users, { ...accesses, day: '2026-05-15' }])).toHaveLength(2);
  });

  it('is printed with its target', () => {
    const releve = { code: 'direct-prescriptions', day, value: 89, unit: '%', target: 90 };
    expect(lines('fr', releve)).toEqual([
      `**89${nbsp}%** des ordonnances ont été entrées directement dans le DSN. Cible de 90${nbsp}%.`,
    ]);
  });

  it('is printed with its label where it has no sentence', () => {
    const releve = { code: 'formations-offertes', day, value: 1_200, total: 1_600, target: 1_500 };
    expect(lines('fr', releve)).toEqual([
      `Formations offertes : **1${nbsp}200** sur total de 1${nbsp}600 (75${nbsp}%). Cible de 1${nbsp}500.`,
    ]);
    expect(lines('en', { ...releve, label: 'Training given' })).toEqual([
      'Training given: **1,200** of a total of 1,600 (75%). Target of 1,500.',
    ]);
  });
});
