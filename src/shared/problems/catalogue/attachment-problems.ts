import type { AttachmentCode } from '../problem-code.js';
import type { ProblemKind } from '../problem-kind.js';

export const attachmentProblems: Readonly<Record<AttachmentCode, ProblemKind>> = {
  'attachment-not-found': {
    status: 404,
    title: { fr: 'Pièce jointe introuvable', en: 'Attachment not found' },
    detail: {
      fr: 'Le billet n’a pas de pièce jointe de cet identifiant: voyez la liste de ses pièces jointes.',
      en: 'The ticket has no attachment of this id: see the list of its attachments.',
    },
  },
  'attachment-erased': {
    status: 409,
    title: { fr: 'Pièce jointe effacée', en: 'Attachment erased' },
    detail: {
      fr: 'Elle a été effacée avec les textes du billet: personne ne peut plus la lire.',
      en: 'It was erased with the texts of the ticket: nobody can read it any more.',
    },
  },
  'attachment-quarantined': {
    status: 409,
    title: { fr: 'Pièce jointe en quarantaine', en: 'Attachment in quarantine' },
    detail: {
      fr: 'L’antivirus ne l’a pas encore examinée: redemandez-la dans un moment.',
      en: 'The virus scanner has not looked at it yet: ask again in a moment.',
    },
  },
  'attachment-infected': {
    status: 409,
    title: { fr: 'Pièce jointe infectée', en: 'Attachment infected' },
    detail: {
      fr: 'L’antivirus y a trouvé un virus: elle a été supprimée. Vérifiez l’appareil d’où elle vient.',
      en: 'The virus scanner found a virus in it: it was deleted. Check the device it came from.',
    },
  },
  'attachment-too-large': {
    status: 413,
    title: { fr: 'Fichier trop volumineux', en: 'File too large' },
    detail: {
      fr: 'Un fichier a 10 Mio au plus: réduisez l’image, ou partagez le fichier en plusieurs.',
      en: 'A file has 10 megabytes at most: make the image smaller, or split the file.',
    },
  },
  'attachment-type-refused': {
    status: 415,
    title: { fr: 'Type de fichier refusé', en: 'Type of file refused' },
    detail: {
      fr: 'Un programme, une page HTML ou une image SVG n’est pas accepté: envoyez une photo, une capture d’écran, un PDF ou un texte.',
      en: 'A program, an HTML page or an SVG image is not taken: send a photo, a screenshot, a PDF or a text.',
    },
  },
  'attachment-empty': {
    status: 400,
    title: { fr: 'Fichier vide', en: 'Empty file' },
    detail: {
      fr: 'Envoyez les octets du fichier comme corps de la requête.',
      en: 'Send the bytes of the file as the body of the request.',
    },
  },
  'thumbnail-not-available': {
    status: 422,
    title: { fr: 'Aperçu non disponible', en: 'No thumbnail' },
    detail: {
      fr: 'Il n’y a d’aperçu que d’images courantes de 25 mégapixels au plus, qui se lisent: téléchargez le fichier.',
      en: 'There are thumbnails of common images of at most 25 megapixels alone, that can be read: download the file.',
    },
  },
};
