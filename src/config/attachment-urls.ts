import { z } from 'zod';

const s3Expected = 'expected s3://key:secret@host[:port]/bucket[?region=…&tls=true|false]';

/** `s3://key:secret@host:port/bucket?region=…&tls=…`, %-encoded where needed. */
export const attachmentsUrl = z.string().refine((value) => isS3Url(value), { error: s3Expected });

const isS3Url = (value: string): boolean => {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, username, password, pathname, searchParams } = new URL(value);
  const tls = searchParams.get('tls');
  return (
    protocol === 's3:' &&
    ![hostname, username, password].includes('') &&
    /^\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/?$/.test(pathname) &&
    (tls === null || tls === 'true' || tls === 'false') &&
    [...searchParams.keys()].every((name) => name === 'region' || name === 'tls')
  );
};

/** `tcp://host:port`, or `unix:/path` of a socket. */
export const clamdUrl = z.string().refine((value) => isClamdUrl(value), {
  error: 'expected tcp://host:port or unix:/path',
});

const isClamdUrl = (value: string): boolean => {
  if (/^unix:(\/\/)?\/./.test(value)) return true;
  return URL.canParse(value) && /^tcp:\/\/[^/]+\/?$/.test(value) && new URL(value).hostname !== '';
};
