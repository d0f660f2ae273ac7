import type { SignalSource } from "@tabard/control"
import type { JsonObject } from "@tabard/core"
import { importJWK, type JWK } from "jose"
import { chooseKey } from "../federation/choose-key.ts"
import { OutsideKeys } from "../federation/outside-keys.ts"
import { SetRefused } from "./set-refused.ts"

type VerifyingKey = Awaited<ReturnType<typeof importJWK>>

/** The shortest modulus that counts, in bytes (CAEP Interoperability Profile §2.6). */
const LEAST_BYTES = 256

/** The keys of sources, as their addresses answered lately. */
export class SourceKeys {
  readonly #keys: OutsideKeys

  constructor(deps: ConstructorParameters<typeof OutsideKeys>[0]) {
    this.#keys = new OutsideKeys(deps)
  }

  /**
   * Answers the key of a source that a token names. One that is unknown has the keys asked for once more, and not again
   * for a while, however often it is named.
   *
   * @throws {SetRefused} invalid_key
   * @throws {KeysUnavailable}
   */
  async find(
    { issuer, jwksUri }: Pick<SignalSource, "issuer" | "jwksUri">,
    kid: string,
  ): Promise<VerifyingKey> {
    const of = { form: "openid", issuer, keys: { kind: "address", url: jwksUri } } as const
    const choose = (keys: readonly JsonObject[]) => chooseKey(keys, { alg: "RS256", kid }, of.form)
    let chosen = choose(await this.#keys.keysOf(of))
    if ("said" in chosen && chosen.unknown) chosen = choose((await this.#keys.newKeysOf(of)) ?? [])
    if ("said" in chosen) throw new SetRefused("invalid_key", chosen.said)
    return importKey(chosen.key)
  }
}

async function importKey(key: JsonObject): Promise<VerifyingKey> {
  const { n, e } = key
  const isLong = typeof n === "string" && Buffer.from(n, "base64url").length >= LEAST_BYTES
  if (!isLong || typeof e !== "string")
    throw new SetRefused("invalid_key", "The issuer's key is shorter than 2,048 bits.")
  const rsa: JWK = { kty: "RSA", n, e }
  return importJWK(rsa, "RS256")
}
