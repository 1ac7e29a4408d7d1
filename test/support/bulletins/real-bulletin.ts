import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { project } from '../server/server-process.js';

/** The bulletin of 17 May 2026 as it was published. */
export const realText = readFileSync(
  join(project, 'src/demo/sample-week/mise-a-jour-quotidienne-2026-05-17.txt'),
  'utf8',
);

/** Its lines, without the marks for bold and lists. */
export const realLines: readonly string[] = realText
  .split('\n')
  .map((line) =>
    line
      .replaceAll('**', '')
      .replace(/^\s*- /, '')
      .trim(),
  )
  .filter(Boolean);

export const realDate = '2026-05-17';

/** The draft that a producer writes for that bulletin: everything except the tickets' figures, which are counted. */
export const realDraft = {
  ticketDay: '2026-05-15',
  sections: {
    bilan: `# Première semaine du Dossier santé numérique (DSN)

- Le 9 mai 2026, le coup d'envoi de la mise en marche du Dossier santé numérique (DSN) a été donné.
- Le lancement dans les deux établissements vitrines, soit Nord-de-l'Île-de-Montréal et Mauricie–Centre-du-Québec, s'est déroulé **à l'heure prévue, à 4 h**, avec le maintien de la continuité et de la sécurité des soins. Plus de **6 000** professionnels et médecins se sont connectés à la plateforme la première journée.
- Globalement, il s'agit d'un démarrage maîtrisé, caractérisé par :
  - un grand volume d'activité dès les premières heures;
  - des enjeux techniques prévisibles, rapidement pris en charge.`,
    faitsSaillants: ['Mauricie-Centre-du-Québec', "Nord-de-l'Île-de-Montréal"].map((establishment) => ({
      establishment,
      text: `- La première semaine de déploiement du DSN a été marquée par une mise en service conforme à la planification, une forte mobilisation terrain et une gestion efficace des enjeux techniques attendus.
- Les deux établissements vitrines ont été en mesure de **maintenir leurs opérations cliniques tout en intégrant un changement technologique majeur**.
- On remarque dans les deux établissements :
  - une capacité d'adaptation élevée sur le terrain;
  - une mobilisation exceptionnelle des équipes cliniques, techniques et de soutien.`,
    })),
    objectif: `# amélioration continue sur le terrain

- Les équipes poursuivent l'optimisation du DSN en temps réel, en travaillant de concert avec les médecins, les équipes cliniques et les professionnels du centre d'expertise.
- La présence d'équipes mobiles permet d'appuyer directement les milieux pour ajuster les procédures et résoudre rapidement les enjeux.`,
  },
  releves: [
    { code: 'connected-users', day: '2026-05-16', value: 23_431, total: 30_000 },
    { code: 'simultaneous-users', day: '2026-05-16', value: 2_250 },
    {
      code: 'direct-prescriptions',
      day: '2026-05-15',
      value: 89,
      unit: '%',
      target: 90,
      targetNote: 'environ un mois post-déploiement selon le fournisseur',
    },
    { code: 'documented-surgeries', day: '2026-05-15', value: 154 },
  ],
};
