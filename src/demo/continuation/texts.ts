import { pick, type Random } from './random.js';

interface Resolution {
  code: string;
  note: string;
}

const repaired = { code: 'fixed', note: 'Corrigé, puis essayé avec l’unité.' };
const configured = { code: 'configuration', note: 'Réglage corrigé dans le profil; essai réussi.' };
const shown = { code: 'training', note: 'Marche à suivre revue sur place avec l’équipe.' };
const worked = { code: 'workaround', note: 'Façon de faire provisoire expliquée à l’unité.' };
const nothing = { code: 'no-fault-found', note: 'Rien d’anormal après deux essais.' };
const replaced = { code: 'hardware-replaced', note: 'Appareil remplacé et mis à l’essai.' };

const ofSoftware = [repaired, configured, shown, worked, nothing];
const ofDevices = [replaced, replaced, repaired, nothing];
const byCategory: Readonly<Record<string, readonly Resolution[]>> = {
  acces: [configured, configured, shown],
  formation: [shown],
  impression: ofDevices,
  materiel: ofDevices,
};

/** How a ticket of a category was resolved. No note names a person. */
export const resolutionOf = (random: Random, category: string): Resolution =>
  pick(random, byCategory[category] ?? ofSoftware);

/** A title of the sample, with another number where it has one: another bed, another unit. */
export const titleLike = (random: Random, title: string): string =>
  title.replace(/\d+/, () => String(1 + Math.floor(random() * 40)));
