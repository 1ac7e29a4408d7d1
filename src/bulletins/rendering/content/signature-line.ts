import type { Language } from '../../../shared/text/text.js';
import type { Publication } from '../../domain/bulletin.js';
import type { PublicationProof } from '../../signing/publication-signer.js';
import { labelled, printedWordsIn } from './words.js';

/** As many characters of a hash as people compare by eye. */
const shown = 16;

/** Whether a publication is signed, and what was found of it: «Signé, signature vérifiée (Ed25519, clé …) · empreinte du journal : …». */
export const signatureLine = (
  language: Language,
  { log }: Pick<Publication, 'log'>,
  proof: PublicationProof | undefined,
): string => {
  const say = printedWordsIn(language);
  if (!proof) return say('unsigned');
  const signed = `${say(proof.verification)} (Ed25519, ${say('key')} ${proof.kid.slice(0, shown)}…)`;
  if (!log) return signed;
  return `${signed} · ${labelled(language, say('logHash'), `${log.hash.slice(0, shown)}…`)}`;
};
