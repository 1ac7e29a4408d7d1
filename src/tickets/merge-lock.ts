import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { poolOf } from '../platform/database/database.js';
import { Exclusive } from '../platform/database/exclusive.js';

/** Any number, the same in every process; it spells «merg». */
const key = 0x6d657267;

/** Keeps merges one at a time, over all processes. */
@Injectable()
export class MergeLock extends Exclusive {
  constructor(database: DataSource) {
    super(poolOf(database), key);
  }
}
