import { isPrivateAddress } from "./credentials.ts"

/** What a document says, before anything in it is believed. */
export type Metadata = Readonly<Record<string, unknown>>

/** The largest document that is read. */
const MAX_CHARS = 65_536
const PATIENCE_MS = 10_000

/**
 * Answers the first document that is there, asked for one after another, in the order that a specification gives them in.
 * No redirect is followed.
 *
 * @throws {TypeError} where one is no JSON object, or an address is one that others on the network could answer for
 */
export async function readMetadata(
  urls: readonly string[],
  carry: typeof fetch,
): Promise<Metadata | undefined> {
  for (const url of urls) {
    if (!isPrivateAddress(url)) throw new TypeError(`${url} is no https address.`)
    const signal = AbortSignal.timeout(PATIENCE_MS)
    const answer = await carry(url, { headers: { accept: "application/json" }, redirect: "error", signal })
    if (answer.ok) return objectIn(await answer.text(), url)
    await answer.body?.cancel()
  }
  return undefined
}

function objectIn(text: string, url: string): Metadata {
  if (text.length > MAX_CHARS) throw new TypeError(`What ${url} answers is too long to be metadata.`)
  const value: unknown = parsed(text)
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new TypeError(`What ${url} answers is no metadata.`)
  return { ...value }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Answers the texts of a list, and nothing where it is none. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : []
}
