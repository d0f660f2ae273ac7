/** Why a token is refused: the codes of RFC 8935 §2.4, which RFC 8936 shares. */
export type SetErrorCode =
  | "access_denied"
  | "authentication_failed"
  | "invalid_audience"
  | "invalid_issuer"
  | "invalid_key"
  | "invalid_request"

/** A security event token that is not believed. Its message is for the transmitter. */
export class SetRefused extends Error {
  override readonly name = "SetRefused"
  readonly code: SetErrorCode

  constructor(code: SetErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
