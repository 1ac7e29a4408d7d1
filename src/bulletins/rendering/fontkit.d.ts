/** What is used here of fontkit 2, which has no types of its own. */
declare module 'fontkit' {
  interface Font {
    hasGlyphForCodePoint(code: number): boolean;
  }

  export const openSync: (path: string) => Font;
}
