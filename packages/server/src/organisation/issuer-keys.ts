import {
  advanceSigningKey,
  allPublished,
  isPublishedAlike,
  type PublishedKeys,
  publishedKeys,
  type SealedKey,
} from "@tabard/control"
import { Problem } from "@tabard/core"
import type { JSONWebKeySet } from "jose"
import { openKey, sealKey, vaultKey } from "../keys/key-vault.ts"
import { type IssuerKeys, publicKeys, type SigningKey } from "../oauth/signing-keys.ts"
import type { OpenOrganisationDeps } from "./organisation-deps.ts"
import { newSigningKey, readPublicSigningKey, readSigningKey } from "./signing-key.ts"

/** What an issuer's keys are opened with. */
type KeyDeps = Pick<OpenOrganisationDeps, "organisation" | "shelf" | "clock" | "encryption">

/** What is known of an issuer's keys: one that plays the issuer signs by them, any other verifies. */
export interface KeptKeys {
  /** What tokens verify by; the same object for as long as nothing changes. */
  published(): JSONWebKeySet
  /** When one of them last came or went. */
  changedAt(): Date
  /** Looks at the store, and where the issuer is played takes the rotation's next step. */
  refresh(): Promise<void>
}

/**
 * Opens the keys with the one that signs, made at the first asking: for a process that plays the issuer. Each replica
 * looks again and again, so that one which makes the next key has told the others long before it signs.
 */
export async function openIssuerKeys(deps: KeyDeps): Promise<KeptKeys & IssuerKeys> {
  const { organisation, shelf, clock, encryption } = deps
  await vaultKey({ ...deps, transact: shelf.transact }, "token-signing", newSigningKey)
  const kept = await openKnownKeys(deps)
  let signing = await unsealed(deps, kept.known().signing)
  const look = async (): Promise<void> => {
    await kept.refresh()
    const { signing: sealed } = kept.known()
    if (sealed.id !== signing.of) signing = await unsealed(deps, sealed)
  }
  return {
    published: () => kept.published(),
    changedAt: () => kept.changedAt(),
    signing: () => signing.key,
    refresh: async () => {
      const rotating = { ...shelf, organisation, clock, purpose: "token-signing", door: "issuer" } as const
      await advanceSigningKey(rotating, () =>
        sealKey({ organisation, clock, encryption }, "token-signing", newSigningKey()),
      )
      await look()
    },
  }
}

/**
 * Opens the public halves alone, for a process that verifies and never signs.
 *
 * @throws {Problem} body_invalid, where no process has played the issuer yet
 */
export async function openKnownKeys({
  shelf,
  clock,
}: Pick<OpenOrganisationDeps, "shelf" | "clock">): Promise<KeptKeys & { known(): PublishedKeys }> {
  const read = async (): Promise<PublishedKeys> => {
    const found = await shelf.snapshot((tx) => publishedKeys(tx, "token-signing", clock.now()))
    if (found) return found
    const words = "there is no token-signing key yet: start a process with the role issuer first"
    throw new Problem("body_invalid", words)
  }
  let known = await read()
  let published = await halvesOf(known)
  return {
    known: () => known,
    published: () => published,
    changedAt: () => known.changedAt,
    refresh: async () => {
      const now = await read()
      if (!isPublishedAlike(now, known)) published = await halvesOf(now)
      known = now
    },
  }
}

async function unsealed(
  deps: Pick<OpenOrganisationDeps, "organisation" | "encryption">,
  sealed: SealedKey,
): Promise<{ readonly of: SealedKey["id"]; readonly key: SigningKey }> {
  return { of: sealed.id, key: await readSigningKey(openKey(deps, "token-signing", sealed)) }
}

async function halvesOf(known: PublishedKeys): Promise<JSONWebKeySet> {
  const halves = allPublished(known).flatMap(({ publicHalf }) => publicHalf ?? [])
  return publicKeys(await Promise.all(halves.map(readPublicSigningKey)))
}
