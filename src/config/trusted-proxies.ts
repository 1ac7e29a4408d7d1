import { isIP } from 'node:net';
import { z } from 'zod';

/** Ranges that have a name: this machine, addresses of one link, and those of private networks. */
const namedRanges = ['loopback', 'linklocal', 'uniquelocal'];

const isAddressOrRange = (text: string): boolean => {
  const [address = '', length, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return namedRanges.includes(text);
  if (length === undefined) return true;
  // A range of all addresses would let anyone say where they come from.
  return /^[1-9]\d{0,2}$/.test(length) && Number(length) <= (version === 4 ? 32 : 128);
};

/** The proxies that say in X-Forwarded-For whom they pass on, with commas between. */
export const trustedProxies = z
  .string()
  .transform((list) => list.split(/[\s,]+/).filter(Boolean))
  .refine((proxies) => proxies.length > 0 && proxies.every(isAddressOrRange), {
    error: 'expected addresses or ranges of your proxies, such as 10.0.0.7, 10.0.0.0/24 or loopback',
  });
