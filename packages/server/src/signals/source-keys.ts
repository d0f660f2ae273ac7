import type { SignalSource } from "@tabard/control"
import type { Clock } from "@tabard/core"
import { importJWK, type JWK } from "jose"
import { z } from "zod"
import { sendRequest } from "../http/send-request.ts"
import type { TargetRules } from "../notifications/guard-address.ts"
import { SetRefused } from "./set-refused.ts"

/** A source's keys cannot be had just now: what it sent may be as good as any. */
export class KeysUnavailable extends Error {
  override readonly name = "KeysUnavailable"
}

export interface SourceKeysDeps {
  readonly clock: Clock
  /** Where an address of keys may lead. */
  readonly rules: TargetRules
}

/** How long keys are believed without asking again, and how soon one that is unknown has them asked for again. */
const FRESH_MS = 10 * 60_000
const ASK_AGAIN_MS = 60_000

/** How long keys are believed whose address does not answer any more. */
const STALE_MS = 24 * 60 * 60_000

/** How long a transmitter has to answer, and how much of an answer is read. */
const LIMITS = { timeMs: 5_000, mostAnswer: 256 * 1024 }

/** The most keys that are read, and the shortest modulus that counts, in bytes. */
const MOST_KEYS = 100
const LEAST_BYTES = 256

const KeySet = z.object({ keys: z.array(z.record(z.string(), z.unknown())).max(MOST_KEYS) })
const RsaKey = z.object({
  kty: z.literal("RSA"),
  n: z.string(),
  e: z.string(),
  kid: z.string(),
  use: z.literal("sig").optional(),
  alg: z.literal("RS256").optional(),
  key_ops: z.array(z.string()).optional(),
})

type VerifyingKey = Awaited<ReturnType<typeof importJWK>>

interface Known {
  readonly at: number
  readonly keys: ReadonlyMap<string, JWK>
}

/** The keys of sources, as their addresses answered lately. */
export class SourceKeys {
  readonly #deps: SourceKeysDeps
  readonly #known = new Map<string, Known>()

  constructor(deps: SourceKeysDeps) {
    this.#deps = deps
  }

  /**
   * Answers the key of a source that a token names. One that is unknown has the keys asked for once more, and not again
   * within a minute, however often it is named.
   *
   * @throws {SetRefused} invalid_key
   * @throws {KeysUnavailable}
   */
  async find({ jwksUri }: Pick<SignalSource, "jwksUri">, kid: string): Promise<VerifyingKey> {
    const found =
      (await this.#read(jwksUri, FRESH_MS, kid)).get(kid) ??
      (await this.#read(jwksUri, ASK_AGAIN_MS)).get(kid)
    if (!found) throw new SetRefused("invalid_key", "the key that is named is not at the source's jwks_uri")
    return importJWK(found, "RS256")
  }

  /** What was known lately goes on to count for a key of that name where its address does not answer. */
  async #read(uri: string, youngerThan: number, wanted?: string): Promise<Known["keys"]> {
    const now = this.#deps.clock.now().getTime()
    const known = this.#known.get(uri)
    if (known && now - known.at < youngerThan) return known.keys
    try {
      const keys = await fetchKeys(this.#deps.rules, uri)
      this.#known.set(uri, { at: now, keys })
      return keys
    } catch (error) {
      if (wanted !== undefined && known?.keys.has(wanted) && now - known.at < STALE_MS) return known.keys
      throw error
    }
  }
}

async function fetchKeys(rules: TargetRules, url: string): Promise<Known["keys"]> {
  const headers = { accept: "application/jwk-set+json, application/json" }
  const answer = await sendRequest(rules, { method: "GET", url, headers, body: "" }, LIMITS)
  if (answer.kind === "failed") throw new KeysUnavailable(`the source's keys cannot be had: ${answer.said}`)
  if (answer.status !== 200 || !answer.whole)
    throw new KeysUnavailable(`the source's keys cannot be had: it answered ${answer.status}`)
  return usable(answer.body)
}

/** Only what can verify RS256 is a key. Two under one name are none: nobody can say which of them is meant. */
function usable(text: string): Known["keys"] {
  const parsed = KeySet.safeParse(jsonOf(text))
  if (!parsed.success) throw new KeysUnavailable("the source's keys cannot be had: it answered no key set")
  const keys = parsed.data.keys.flatMap((key) => {
    const rsa = RsaKey.safeParse(key)
    if (!rsa.success || Buffer.from(rsa.data.n, "base64url").length < LEAST_BYTES) return []
    const { kty, n, e, kid, key_ops: operations } = rsa.data
    return operations && !operations.includes("verify") ? [] : [{ kty, n, e, kid }]
  })
  const named = Map.groupBy(keys, ({ kid }) => kid)
  return new Map([...named].flatMap(([kid, same]) => (same.length === 1 && same[0] ? [[kid, same[0]]] : [])))
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
