/** The number format of this installation's bulletins. */
export class Printing {
  constructor(
    /** Whether numbers of four digits are grouped: «1 107» instead of «1107». */
    readonly groupFourDigits: boolean,
  ) {}
}
