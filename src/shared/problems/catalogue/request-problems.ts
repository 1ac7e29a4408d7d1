import type { RequestCode } from '../problem-code.js';
import type { ProblemKind } from '../problem-kind.js';

export const requestProblems: Readonly<Record<RequestCode, ProblemKind>> = {
  malformed: {
    status: 400,
    title: { fr: 'Requête mal formée', en: 'Malformed request' },
    detail: {
      fr: 'Corrigez ce que «errors» désigne, puis renvoyez la requête.',
      en: 'Correct what «errors» points at, then send the request again.',
    },
  },
  'invalid-json': {
    status: 400,
    title: { fr: 'Le corps n’est pas du JSON', en: 'The body is not JSON' },
    detail: {
      fr: 'Envoyez un corps JSON complet, en UTF-8.',
      en: 'Send a complete JSON body, in UTF-8.',
    },
  },
  'not-found': {
    status: 404,
    title: { fr: 'Rien à cette adresse', en: 'Nothing at this address' },
    detail: {
      fr: 'Vérifiez la méthode et le chemin: /openapi.json les décrit tous.',
      en: 'Check the method and the path: /openapi.json describes them all.',
    },
  },
  'not-acceptable': {
    status: 406,
    title: { fr: 'Format non offert', en: 'Format not offered' },
    detail: {
      fr: 'Demandez un des formats que /openapi.json décrit.',
      en: 'Ask for one of the formats that /openapi.json describes.',
    },
  },
  'request-timeout': {
    status: 408,
    title: { fr: 'Requête interrompue en chemin', en: 'Request stopped on its way' },
    detail: {
      fr: 'Renvoyez la même requête: une commande déjà appliquée ne le sera pas deux fois. Un envoi lent passe, tant qu’il ne se tait pas.',
      en: 'Send the same request again: a command applied already is not applied twice. A slow one passes, as long as it does not fall silent.',
    },
  },
  'version-mismatch': {
    status: 412,
    title: { fr: 'Modifié entre-temps', en: 'Changed meanwhile' },
    detail: {
      fr: 'Ce qui devait être modifié n’est plus à la révision que «If-Match» nomme: relisez-le, puis décidez de nouveau.',
      en: 'What was to be changed is no longer at the revision that «If-Match» names: read it again, then decide again.',
    },
  },
  'body-too-large': {
    status: 413,
    title: { fr: 'Corps trop volumineux', en: 'Body too large' },
    detail: {
      fr: 'Répartissez l’envoi: 1000 commandes et 8 Mio au plus par lot, 256 Kio par commande.',
      en: 'Split what you send: at most 1000 commands and 8 MiB a batch, 256 KiB a command.',
    },
  },
  'address-too-long': {
    status: 414,
    title: { fr: 'Adresse trop longue', en: 'Address too long' },
    detail: {
      fr: 'Raccourcissez le chemin et la requête.',
      en: 'Shorten the path and the query.',
    },
  },
  'headers-too-large': {
    status: 431,
    title: { fr: 'En-têtes trop volumineux', en: 'Headers too large' },
    detail: {
      fr: 'L’adresse et les en-têtes ne dépassent pas 16 Kio ensemble.',
      en: 'The address and the headers may have 16 KiB together.',
    },
  },
  'bad-request': {
    status: 400,
    title: { fr: 'Requête HTTP invalide', en: 'Invalid HTTP request' },
    detail: {
      fr: 'Vérifiez l’adresse (UTF-8, codée en %) et les en-têtes.',
      en: 'Check the address (UTF-8, %-encoded) and the headers.',
    },
  },
  'unsupported-media-type': {
    status: 415,
    title: { fr: 'Type de contenu non pris en charge', en: 'Unsupported media type' },
    detail: {
      fr: 'Envoyez le corps avec «Content-Type: application/json», en UTF-8.',
      en: 'Send the body with «Content-Type: application/json», in UTF-8.',
    },
  },
  'too-costly-to-print': {
    status: 422,
    title: { fr: 'Trop lourd à mettre en page', en: 'Too costly to lay out' },
    detail: {
      fr: 'La mise en page de ce texte a été arrêtée: elle prendrait trop de temps ou de mémoire. Raccourcissez-le ou simplifiez-le (longues suites de signes, imbrications, mots sans fin), ou demandez une autre forme.',
      en: 'Laying this text out was stopped: it would take too long, or too much memory. Shorten or simplify it (long runs of signs, deep nesting, endless words), or ask for another form.',
    },
  },
  'too-many-requests': {
    status: 429,
    title: { fr: 'Trop de requêtes', en: 'Too many requests' },
    detail: {
      fr: 'Attendez le délai de «Retry-After», puis renvoyez la même requête: rien n’en a été fait.',
      en: 'Wait for the delay of «Retry-After», then send the same request again: nothing was done of it.',
    },
  },
  'internal-error': {
    status: 500,
    title: { fr: 'Erreur du serveur', en: 'Server error' },
    detail: {
      fr: 'La faute est nôtre. Signalez «correlationId»; renvoyer la même commande est sans danger.',
      en: 'The fault is ours. Report «correlationId»; sending the same command again is safe.',
    },
  },
  unavailable: {
    status: 503,
    title: { fr: 'Momentanément indisponible', en: 'Not available for the moment' },
    detail: {
      fr: 'Renvoyez la même requête après le délai de «Retry-After»: une commande déjà appliquée ne le sera pas deux fois.',
      en: 'Send the same request again after the delay of «Retry-After»: a command applied already is not applied twice.',
    },
  },
  'position-not-reached': {
    status: 503,
    title: { fr: 'Pas encore à jour', en: 'Not up to date yet' },
    detail: {
      fr: 'La lecture n’a pas atteint «minPosition» à temps: redemandez-la après le délai de «Retry-After».',
      en: 'The read did not reach «minPosition» in time: ask again after the delay of «Retry-After».',
    },
  },
};
