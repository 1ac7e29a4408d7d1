import type { Paper } from '../../shared/paper.js';
import type { Language } from '../../shared/text/text.js';
import type { Logo } from './logo/logo.js';

/** How a bulletin is printed: in one language, and as this installation prints. */
export interface PrintStyle {
  language: Language;
  /** Whether numbers of four digits are grouped: «1 107» instead of «1107». */
  groupFourDigits: boolean;
  paper: Paper;
  /** Who publishes; their logo, and what they print at the foot of each sheet. */
  organisation?: string | undefined;
  logo?: Logo | undefined;
  foot?: string | undefined;
}
