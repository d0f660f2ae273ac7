/** An upstream that could not be reached or did not keep to the protocol. */
export class UpstreamFault extends Error {
  override readonly name = "UpstreamFault"
  /** Whether the request may have reached the upstream: then nobody knows whether it ran. */
  readonly sent: boolean

  constructor(message: string, sent: boolean, options?: ErrorOptions) {
    super(message, options)
    this.sent = sent
  }
}

/** An upstream that has forgotten our session: what was asked was not run, and a new conversation is needed. */
export class UpstreamSessionEnded extends UpstreamFault {
  constructor() {
    super("its session ended; try again", false)
  }
}
