/** The logo of whoever publishes, as it is put into documents: they load nothing from anywhere. */
export type Logo =
  | { type: 'image/svg+xml'; svg: string }
  | {
      type: 'image/png';
      /** The file's bytes in base64. */ base64: string;
    };

export const logoAddress = (logo: Logo): string => {
  const base64 = logo.type === 'image/png' ? logo.base64 : Buffer.from(logo.svg).toString('base64');
  return `data:${logo.type};base64,${base64}`;
};
