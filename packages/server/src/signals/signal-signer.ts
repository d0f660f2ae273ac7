// Security event tokens: https://www.rfc-editor.org/rfc/rfc8417, as SSF 1.0 §4 profiles them
import {
  allPublished,
  isPublishedAlike,
  type PublishedKeys,
  publishedKeys,
  type Shelf,
} from "@tabard/control"
import type { JsonObject } from "@tabard/core"
import { CompactSign, type JSONWebKeySet } from "jose"
import { type KeyVaultDeps, openKey, vaultKey } from "../keys/key-vault.ts"
import { newSignalKey, readPublicSignalKey, readSignalKey, SIGNAL_ALGORITHM } from "./signal-key.ts"

/** Signs what our streams carry. */
export interface SignalSigner {
  /** What it is verified by: the key that signs, those that did while something of theirs is believed, and the next one. */
  jwks(): JSONWebKeySet
  sign(claims: JsonObject): Promise<string>
  /** Looks at the store whether another key signs by now, or is published. */
  look(): Promise<void>
}

export interface SignalSignerDeps extends Omit<KeyVaultDeps, "transact"> {
  readonly shelf: Pick<Shelf, "snapshot" | "transact">
}

/** Opens the keys that signals are signed with; the first is made at the first need. */
export async function openSignalSigner(deps: SignalSignerDeps): Promise<SignalSigner> {
  await vaultKey({ ...deps, transact: deps.shelf.transact }, "signal-signing", newSignalKey)
  let known = await read(deps)
  let { jwks, signing } = await opened(deps, known)
  return {
    jwks: () => jwks,
    sign: (claims) =>
      new CompactSign(Buffer.from(JSON.stringify(claims)))
        .setProtectedHeader({ alg: SIGNAL_ALGORITHM, kid: signing.kid, typ: "secevent+jwt" })
        .sign(signing.key),
    look: async () => {
      const now = await read(deps)
      if (!isPublishedAlike(now, known)) ({ jwks, signing } = await opened(deps, now))
      known = now
    },
  }
}

async function read({ shelf, clock }: SignalSignerDeps): Promise<PublishedKeys> {
  const found = await shelf.snapshot((tx) => publishedKeys(tx, "signal-signing", clock.now()))
  if (!found) throw new Error("a key that was made for signals is gone")
  return found
}

async function opened(deps: SignalSignerDeps, known: PublishedKeys) {
  const signing = await readSignalKey(openKey(deps, "signal-signing", known.signing))
  const halves = allPublished(known).flatMap(({ publicHalf }) => publicHalf ?? [])
  return { jwks: { keys: await Promise.all(halves.map(readPublicSignalKey)) }, signing }
}
