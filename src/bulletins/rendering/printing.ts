/** How this installation prints its bulletins. */
export class Printing {
  constructor(
    /** «1 107» tickets instead of «1107». */
    readonly groupFourDigits: boolean,
  ) {}
}
