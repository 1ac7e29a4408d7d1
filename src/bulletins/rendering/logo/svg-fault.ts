/** What would load something, run, or draw what is not of the file; each with what is said of it. */
const forbidden: readonly (readonly [RegExp, string])[] = [
  [/<!(DOCTYPE|ENTITY)/i, 'has a document type'],
  [/<([\w-]+:)?script\b/i, 'has a script'],
  [/\son\w+\s*=/i, 'has a script'],
  [/<([\w-]+:)?foreignObject\b/i, 'has a part that is not SVG'],
  [/<([\w-]+:)?image\b/i, 'has a picture within it'],
  [/\bhref\s*=\s*["']?\s*[^"'#\s]/i, 'names another file'],
  [/url\(\s*["']?\s*[^"'#\s)]/i, 'names another file'],
  [/@import/i, 'names another file'],
];

/** Why an SVG file can't be printed; undefined where nothing was found. Whether it can be drawn is known by drawing it. */
export const svgFault = (svg: string): string | undefined => {
  const root = /^\uFEFF?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--[\s\S]*?-->\s*)*<svg\b([^>]*)>/.exec(svg)?.[1];
  const found = forbidden.find(([pattern]) => pattern.test(svg));
  if (found) return found[1];
  if (root === undefined) return 'is no SVG';
  if (!/(\/|<\/svg\s*)>\s*(?:<!--[\s\S]*?-->\s*)*$/.test(svg)) return 'is cut off';
  const isSized = /\bviewBox\s*=/.test(root) || (/\bwidth\s*=/.test(root) && /\bheight\s*=/.test(root));
  return isSized ? undefined : 'has neither a viewBox nor a width and a height';
};
