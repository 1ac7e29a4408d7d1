import type { Language } from '../../shared/text/text.js';
import type { PrintStyle } from './print-style.js';

/** How this installation prints its bulletins. */
export class Printing {
  constructor(private readonly own: Omit<PrintStyle, 'language'>) {}

  styleIn(language: Language): PrintStyle {
    return { language, ...this.own };
  }
}
