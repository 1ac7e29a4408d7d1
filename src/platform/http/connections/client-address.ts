/** Where a request comes from, as far as proxies are trusted. A connection that is gone does not tell any more. */
export const clientAddress = ({ ip }: { ip: string | undefined }): string => ip ?? 'unknown';
