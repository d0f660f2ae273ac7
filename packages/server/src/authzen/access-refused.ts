/** A question that is not answered, and how that is said over HTTP (§10.1.2). */
export class AccessRefused extends Error {
  override readonly name = "AccessRefused"
  readonly status: 400 | 401 | 403 | 404 | 413 | 503
  readonly code: string
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: AccessRefused["status"],
    code: string,
    message: string,
    headers: AccessRefused["headers"] = {},
  ) {
    super(message)
    this.status = status
    this.code = code
    this.headers = headers
  }
}

/** Says that a request is not one that can be answered. */
export function malformed(message: string): AccessRefused {
  return new AccessRefused(400, "request_malformed", message)
}
