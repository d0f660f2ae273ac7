// What is read may be long and a stranger's; enough of it to know what is meant.
const LONGEST_MESSAGE = 1000

/** What was read is not what its specification allows, or not in its one spelling. */
export class MalformedRecord extends Error {
  override readonly name = "MalformedRecord"

  constructor(message: string, options?: ErrorOptions) {
    super(bounded(message), options)
  }
}

/** A signed text carries no good signature of a key that the reader trusts. */
export class UntrustedNote extends Error {
  override readonly name = "UntrustedNote"

  constructor(message: string, options?: ErrorOptions) {
    super(bounded(message), options)
  }
}

/** What the log holds contradicts what it has said before: nothing may be added or signed until it is understood. */
export class TamperedLog extends Error {
  override readonly name = "TamperedLog"
}

/** A proof does not lead from what it is about to what was signed. */
export class BrokenProof extends Error {
  override readonly name = "BrokenProof"
}

function bounded(message: string): string {
  return message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE - 1)}…` : message
}
