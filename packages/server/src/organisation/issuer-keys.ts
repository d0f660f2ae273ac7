import {
  advanceSigningKey,
  allPublished,
  isKnownToVerifiers,
  isPublishedAlike,
  type PublishedKeys,
  publishedKeys,
  type SealedKey,
} from "@tabard/control"
import { Problem } from "@tabard/core"
import type { JSONWebKeySet } from "jose"
import { openKey, sealKey, vaultKey } from "../keys/key-vault.ts"
import { type IssuerKeys, publicKeys, type SigningKey, type TokenKey } from "../oauth/signing-keys.ts"
import type { OpenOrganisationDeps } from "./organisation-deps.ts"
import {
  newEd25519Key,
  newSigningKey,
  readEd25519Key,
  readPublicSigningKey,
  readSigningKey,
} from "./signing-key.ts"

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

/** Every key by which tokens verify, by what it signs with. */
interface KnownKeys {
  readonly es256: PublishedKeys
  /** None before EdDSA was settled for the first time. */
  readonly ed25519: PublishedKeys | undefined
}

/**
 * Opens the keys with those that sign, the first made at the first asking: for a process that plays the issuer. Each replica
 * looks again and again, so that one which makes the next key has told the others long before it signs.
 */
export async function openIssuerKeys(deps: KeyDeps): Promise<KeptKeys & IssuerKeys> {
  await vaultKey({ ...deps, transact: deps.shelf.transact }, "token-signing", newSigningKey)
  const kept = await openKnownKeys(deps)
  let signers = await signersOf(deps, kept.known())
  return {
    published: () => kept.published(),
    changedAt: () => kept.changedAt(),
    signing: () => signers.es256.key,
    signingTokens: () => signers.tokens.key,
    refresh: async () => {
      await takeSteps(deps, kept.known())
      await kept.refresh()
      signers = await signersOf(deps, kept.known(), signers)
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
}: Pick<OpenOrganisationDeps, "shelf" | "clock">): Promise<KeptKeys & { known(): KnownKeys }> {
  const read = (): Promise<KnownKeys> =>
    shelf.snapshot(async (tx) => {
      const es256 = await publishedKeys(tx, "token-signing", clock.now())
      const ed25519 = await publishedKeys(tx, "token-signing-ed25519", clock.now())
      if (es256) return { es256, ed25519 }
      const words = "there is no token-signing key yet: start a process with the role issuer first"
      throw new Problem("body_invalid", words)
    })
  let known = await read()
  let published = await halvesOf(known)
  return {
    known: () => known,
    published: () => published,
    changedAt: () => latest(known.es256.changedAt, known.ed25519?.changedAt),
    refresh: async () => {
      const now = await read()
      if (!areAlike(now, known)) published = await halvesOf(now)
      known = now
    },
  }
}

function latest(one: Date, other = one): Date {
  return one > other ? one : other
}

function areAlike(one: KnownKeys, other: KnownKeys): boolean {
  if (!isPublishedAlike(one.es256, other.es256)) return false
  if (!one.ed25519 || !other.ed25519) return one.ed25519 === other.ed25519
  return isPublishedAlike(one.ed25519, other.ed25519)
}

async function halvesOf({ es256, ed25519 }: KnownKeys): Promise<JSONWebKeySet> {
  const keys = [...allPublished(es256), ...(ed25519 ? allPublished(ed25519) : [])]
  const halves = keys.flatMap(({ publicHalf }) => publicHalf ?? [])
  return publicKeys(await Promise.all(halves.map(readPublicSigningKey)))
}

/** Takes what steps of the rotation are due, of each kind of key; of the second kind the first is made once it is wanted. */
async function takeSteps(deps: KeyDeps, { ed25519 }: KnownKeys): Promise<void> {
  const { organisation, shelf, clock, encryption } = deps
  const wanted = !ed25519 && (await signsWithEdDSA(deps))
  if (wanted) await vaultKey({ ...deps, transact: shelf.transact }, "token-signing-ed25519", newEd25519Key)
  for (const [purpose, make] of KINDS)
    await advanceSigningKey({ ...shelf, organisation, clock, purpose, door: "issuer" }, () =>
      sealKey({ organisation, clock, encryption }, purpose, make()),
    )
}

const KINDS = [
  ["token-signing", newSigningKey],
  ["token-signing-ed25519", newEd25519Key],
] as const

async function signsWithEdDSA({ shelf }: Pick<KeyDeps, "shelf">): Promise<boolean> {
  const { signingAlgorithm } = await shelf.snapshot(({ organisation }) => organisation.tokenSettings())
  return signingAlgorithm === "EdDSA"
}

interface Unsealed<Key> {
  readonly of: SealedKey["id"]
  readonly key: Key
}

interface Signers {
  readonly es256: Unsealed<SigningKey>
  readonly tokens: Unsealed<TokenKey>
}

/** A key is opened once. EdDSA signs as soon as its key was published for as long as others keep ours in mind. */
async function signersOf(deps: KeyDeps, known: KnownKeys, before?: Signers): Promise<Signers> {
  const es256 = await unsealed(deps, known.es256.signing, { read: readSigningKey, before: before?.es256 })
  const eddsa = known.ed25519?.signing
  if (!eddsa || !isKnownToVerifiers(eddsa.createdAt, deps.clock.now()) || !(await signsWithEdDSA(deps)))
    return { es256, tokens: es256 }
  const tokens = await unsealed<TokenKey>(deps, eddsa, { read: readEd25519Key, before: before?.tokens })
  return { es256, tokens }
}

async function unsealed<Key>(
  deps: Pick<OpenOrganisationDeps, "organisation" | "encryption">,
  sealed: SealedKey,
  {
    read,
    before,
  }: { readonly read: (bytes: Uint8Array) => Promise<Key>; readonly before: Unsealed<Key> | undefined },
): Promise<Unsealed<Key>> {
  if (before?.of === sealed.id) return before
  return { of: sealed.id, key: await read(openKey(deps, sealed.purpose, sealed)) }
}
