/** Where a proof is asked for, for a request that the agent sends itself. */
export const SIGN_PATH = "/.tabard/sign"

/** The request that a proof is asked for. */
export interface Signing {
  readonly method: string
  readonly url: string
  readonly nonce?: string
}

const METHOD = /^[A-Z]{1,16}$/
const MAX_URL = 4096
const MAX_NONCE = 256

/** Reads what is asked to be signed; answers words where it cannot be. */
export function parseSigning(body: Buffer): Signing | string {
  const { method, url, nonce }: Partial<Record<keyof Signing, unknown>> = members(body)
  if (typeof method !== "string" || !METHOD.test(method)) return "Name the request's method, such as POST."
  if (typeof url !== "string" || url.length > MAX_URL) return "Name the request's url."
  if (nonce === undefined) return { method, url }
  if (typeof nonce !== "string" || nonce.length > MAX_NONCE)
    return "A nonce is what the server sent as DPoP-Nonce."
  return { method, url, nonce }
}

function members(body: Buffer): object {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"))
    return typeof value === "object" && value !== null ? value : {}
  } catch {
    return {}
  }
}
