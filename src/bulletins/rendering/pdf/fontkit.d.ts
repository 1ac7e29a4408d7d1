/** Types for the part of fontkit 2 that is used here; the package has none of its own. */
declare module 'fontkit' {
  interface Font {
    hasGlyphForCodePoint(code: number): boolean;
  }

  export const openSync: (path: string) => Font;
}
