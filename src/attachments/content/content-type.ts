import { fileTypeFromBuffer } from 'file-type';
import { DomainError } from '../../shared/problems/domain-error.js';

/** What may be anything, and is only ever saved. */
const anyBytes = 'application/octet-stream';

/** What browsers show by themselves, and that holds no script. */
export const shownImages: readonly string[] = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];

/** What is told by its bytes and given back as such: nothing that a browser or a desktop would run. */
const taken = new Set([
  ...shownImages,
  ...['image/heic', 'image/heif', 'image/avif', 'image/bmp', 'image/tiff'],
  ...['application/pdf', 'application/zip', 'application/gzip', 'text/plain', 'text/csv'],
  ...['docx', 'xlsx', 'pptx'].map(officeType),
  ...['text', 'spreadsheet', 'presentation'].map((kind) => `application/vnd.oasis.opendocument.${kind}`),
  ...['video/mp4', 'video/quicktime', 'video/webm', 'audio/mpeg', 'audio/mp4', 'audio/x-m4a', 'audio/wav'],
]);

function officeType(extension: string): string {
  const kinds: Record<string, string> = {
    docx: 'wordprocessingml.document',
    xlsx: 'spreadsheetml.sheet',
    pptx: 'presentationml.presentation',
  };
  return `application/vnd.openxmlformats-officedocument.${kinds[extension]}`;
}

/** Programs, by the names that their bytes or their senders give them. */
const programs =
  /^(application\/(x-msdownload|x-ms(-|dos-)?(program|shortcut|installer|i)|x-elf|x-executable|x-mach-binary|x-sharedlib|java-archive|java-vm|wasm|vnd\.android\.package-archive|vnd\.microsoft\.portable-executable|x-(sh|csh|bat|shellscript|deb|rpm|httpd-php|dosexec)|vnd\.debian\.binary-package|hta|javascript|ecmascript|xhtml\+xml|xml-dtd)|text\/(html|javascript|ecmascript|x-(shellscript|python|php)|xml)|image\/svg\+xml)$/;

/** What a desktop or a browser runs by its name, whatever is in it; Windows passes over points at the end. */
const programNames = new RegExp(
  String.raw`\.(?:${[
    ...['s?html?', 'xht(?:ml)?', 'mht(?:ml)?', 'svgz?', 'hta', 'chm', 'url', 'webloc', 'desktop'],
    ...['[cm]?js', 'jse', 'vb[se]?', 'vbscript', 'ws[cfh]?', 'php\\d?', 'phtml', 'py[cw]?', 'pl', 'rb'],
    ...['bat', 'cmd', 'com', 'exe', 'scr', 'pif', 'ms[ip]', 'dll', 'cpl', 'lnk', 'reg', 'inf', 'gadget'],
    ...[
      'ps[cdm]?1(?:xml)?',
      '(?:ba|c|k|z)?sh',
      'command',
      'scpt',
      'appimage',
      'apk',
      'deb',
      'rpm',
      'jar',
      'class',
    ],
  ].join('|')})[. ]*$`,
  'i',
);

/** The head of a shortcut of Windows. */
const shortcut = '4c00000001140200';

/** The first tag of what browsers take for a page or a drawing, whatever it is called. */
const markup =
  /^<(?:!doctype\s+(?:html|svg)|(?:html|head|body|script|iframe|svg|object|embed|style|title|link|meta|base|form|table|div|img)[\s/>])/i;

/**
 * What a file is: its bytes say, the declared type is a hint. Throws `attachment-type-refused` for programs, HTML and SVG, by their bytes,
 * by what is declared or by their name. What is declared as something else than the bytes are, and what is not known, is bytes and no more.
 */
export const contentTypeOf = async (
  beginning: Buffer,
  { name, declaredType: declared }: { name: string; declaredType: string | undefined },
): Promise<string> => {
  // A byte order mark passes for the head of an MPEG frame.
  const detected = isUtf16(beginning) ? undefined : (await fileTypeFromBuffer(beginning))?.mime;
  const text = detected === undefined || detected === 'application/xml' ? textOf(beginning) : undefined;
  const isRefused =
    (declared !== undefined && programs.test(declared)) ||
    (detected !== undefined && programs.test(detected)) ||
    (text !== undefined && isMarkup(text)) ||
    programNames.test(name) ||
    beginning.toString('hex', 0, 8) === shortcut ||
    beginning.subarray(0, 2).toString('latin1') === '#!';
  if (isRefused) throw new DomainError('attachment-type-refused');
  if (detected === undefined || detected === 'application/xml') return textType(text, declared);
  return taken.has(detected) && agree(detected, declared) ? detected : anyBytes;
};

/** What may stand before the first tag is passed over, each with its end. */
const skipped: readonly (readonly [begin: string, end: string])[] = [
  ['<!--', '-->'],
  ['<?', '?>'],
];

const isMarkup = (text: string): boolean => {
  let rest = text.trimStart();
  for (;;) {
    const pair = skipped.find(([begin]) => rest.startsWith(begin));
    const end = pair ? rest.indexOf(pair[1]) : -1;
    if (!pair || end === -1) return markup.test(rest);
    rest = rest.slice(end + pair[1].length).trimStart();
  }
};

const textType = (text: string | undefined, declared: string | undefined): string => {
  if (text === undefined) return anyBytes;
  if (declared === 'text/csv') return declared;
  const isCalledText = declared === undefined || declared === anyBytes || /^text\/|\/json$/.test(declared);
  return isCalledText ? 'text/plain' : anyBytes;
};

const isUtf16 = (beginning: Buffer): boolean => /^(?:fffe|feff)/.test(beginning.toString('hex', 0, 2));

/** UTF-16 is looked into as well: browsers read it by its byte order mark. Undefined: it is no text. */
const textOf = (beginning: Buffer): string | undefined => {
  const [first = 0, second = 0] = beginning;
  if (first === 0xff && second === 0xfe) return beginning.toString('utf16le').slice(1);
  if (first === 0xfe && second === 0xff)
    return Buffer.from(beginning.subarray(0, beginning.length & ~1))
      .swap16()
      .toString('utf16le')
      .slice(1);
  const text = beginning.toString('utf8');
  // Old documents are no UTF-8, and text nevertheless; what is binary has control characters.
  return /[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? undefined : text.replace(/^\ufeff/, '');
};

/** A phone says image/jpg of a JPEG and image/jpeg of a HEIC: images are images, and so with the other kinds. */
const agree = (detected: string, declared: string | undefined): boolean => {
  if (declared === undefined || declared === '' || declared === anyBytes || declared === detected)
    return true;
  const [kind, declaredKind] = [detected, declared].map((type) => type.split('/')[0]);
  return kind === declaredKind && kind !== 'application';
};
