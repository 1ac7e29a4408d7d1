/** The server can't start as it is set up. The message is one line that says what to do; it's printed without a stack. */
export class StartRefused extends Error {}
