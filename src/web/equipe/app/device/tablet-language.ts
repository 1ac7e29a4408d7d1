import { languages, type Language } from '../../../../shared/text/text.js';

const key = 'language';

interface Kept {
  language: Language;
  /** Whether the server knows: what was chosen without a network is told with the next exchange. */
  isTold: boolean;
}

const isLanguage = (code: unknown): code is Language => languages.some((language) => language === code);

/**
 * The language of the page on this tablet, kept beside its cookie, which no script reads and no page from the cache is made by. At first
 * it is that of the page as the server sent it; then the one chosen last, here or at any other page of ours.
 */
export class TabletLanguage {
  constructor(
    private readonly storage: Pick<Storage, 'getItem' | 'setItem'>,
    private readonly served: Language,
  ) {}

  current(): Language {
    return this.kept().language;
  }

  choose(language: Language): void {
    this.keep({ language, isTold: false });
  }

  /** What the server does not know yet; undefined where it knows. */
  untold(): Language | undefined {
    const { language, isTold } = this.kept();
    return isTold ? undefined : language;
  }

  told(language: Language): void {
    if (language === this.current()) this.keep({ language, isTold: true });
  }

  /** Takes over what the server knows, unless something else was chosen here meanwhile. */
  heard(language: Language): void {
    if (this.untold() === undefined) this.keep({ language, isTold: true });
  }

  private kept(): Kept {
    const [language, isTold] = (this.storage.getItem(key) ?? '').split(' ');
    return isLanguage(language)
      ? { language, isTold: isTold === 'told' }
      : { language: this.served, isTold: true };
  }

  private keep({ language, isTold }: Kept): void {
    this.storage.setItem(key, isTold ? `${language} told` : language);
  }
}

/** The language that a page's address asks for, as on the other pages; undefined where it asks for none. */
export const languageIn = (search: string): Language | undefined => {
  const asked = new URLSearchParams(search).get('lang');
  return isLanguage(asked) ? asked : undefined;
};
