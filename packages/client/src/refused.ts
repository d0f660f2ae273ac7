/** What the server said no with. `code` is the word of its protocol, to be acted on; the message is for a person. */
export class Refused extends Error {
  override readonly name = "Refused"
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** The largest refusal that is read. */
const MAX_CHARS = 8192

/** Answers a refusal's own words: an OAuth error (RFC 6749 §5.2) or a problem (RFC 9457), else its status alone. */
export async function refusedBy(response: Response): Promise<Refused> {
  const { status } = response
  const body = parsed((await response.text()).slice(0, MAX_CHARS))
  const code = word(body, ["error", "code"]) ?? `http_${status}`
  const message = word(body, ["error_description", "detail"]) ?? `The server answered ${status}.`
  return new Refused(status, code, message)
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === "object" && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

function word(body: Readonly<Record<string, unknown>>, names: readonly string[]): string | undefined {
  return names.map((name) => body[name]).find((value) => typeof value === "string")
}
