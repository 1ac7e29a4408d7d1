import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** Encodes a value in DER, with the lengths that a certificate needs. */
const der = (tag: number, ...parts: Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};
const sequence = (...parts: Uint8Array[]) => der(0x30, ...parts);
const set = (...parts: Uint8Array[]) => der(0x31, ...parts);
const integer = (value: number) => der(0x02, Buffer.from([value]));
const bits = (content: Uint8Array) => der(0x03, Buffer.from([0]), content);
const octets = (content: Uint8Array) => der(0x04, content);
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const yes = der(0x01, Buffer.from([0xff]));
const time = (at: Date) =>
  der(0x17, Buffer.from(`${at.toISOString().slice(2, 19).replaceAll(/[-T:]/g, '')}Z`));

const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
const name = (text: string) => sequence(set(sequence(oid('550403'), der(0x0c, Buffer.from(text)))));
const basicConstraints = (authority: boolean) =>
  sequence(oid('551d13'), yes, octets(authority ? sequence(yes) : sequence()));
const forLocalhost = sequence(oid('551d11'), octets(sequence(der(0x82, Buffer.from('localhost')))));

const aDay = 86_400_000;

interface Issued {
  subject: string;
  issuer: string;
  key: KeyObject;
  serial: number;
  extensions: Buffer[];
}

const certificate = ({ subject, issuer, key, serial, extensions }: Issued, issuerKey: KeyObject): string => {
  const validity = sequence(time(new Date(Date.now() - aDay)), time(new Date(Date.now() + aDay)));
  const toBeSigned = sequence(
    der(0xa0, integer(2)),
    integer(serial),
    ecdsaWithSha256,
    name(issuer),
    validity,
    name(subject),
    key.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  const signature = sign('sha256', toBeSigned, issuerKey);
  const base64 = sequence(toBeSigned, ecdsaWithSha256, bits(signature)).toString('base64');
  const lines = [
    '-----BEGIN CERTIFICATE-----',
    ...(base64.match(/.{1,64}/g) ?? []),
    '-----END CERTIFICATE-----',
    '',
  ];
  return lines.join('\n');
};

/** A new authority, and a server's certificate for localhost from it, in PEM: valid for a day, and stored nowhere. */
export const newCertificates = () => {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = 'authority of a test';
  return {
    authority: certificate(
      { subject: issuer, issuer, key: authority.publicKey, serial: 1, extensions: [basicConstraints(true)] },
      authority.privateKey,
    ),
    server: {
      certificate: certificate(
        {
          subject: 'server of a test',
          issuer,
          key: server.publicKey,
          serial: 2,
          extensions: [basicConstraints(false), forLocalhost],
        },
        authority.privateKey,
      ),
      key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    },
  };
};
