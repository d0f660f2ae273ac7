import type { PolicyKeeper, RecordGate } from "@tabard/control"
import type { JSONWebKeySet } from "jose"
import type { OutsideKeys } from "../federation/outside-keys.ts"
import { senderNetwork } from "../http/client-address.ts"
import { seenAtDoor } from "../http/seen-at-door.ts"
import { vaultKey } from "../keys/key-vault.ts"
import { targetRules } from "../notifications/guard-address.ts"
import { type AuthorizationServer, createAuthorizationServer } from "../oauth/authorization-server.ts"
import type { KnownStanding } from "../oauth/known-standing.ts"
import type { ProofNonces } from "../oauth/proof-nonces.ts"
import { type ServerMetadata, serverMetadata } from "../oauth/server-metadata.ts"
import type { IssuerKeys } from "../oauth/signing-keys.ts"
import { issuerName } from "../sign-in/issuer-name.ts"
import { type KeptKeys, openIssuerKeys, openKnownKeys } from "./issuer-keys.ts"
import type { OpenOrganisationDeps } from "./organisation-deps.ts"

/** What every part may know of the issuer. */
export interface Issuer {
  readonly issuer: string
  readonly metadata: ServerMetadata
  /** The public keys that its tokens verify by. */
  jwks(): JSONWebKeySet
}

/** An issuer, and its keys as they are kept. */
export interface OpenIssuer<Kind extends Issuer, Keys extends KeptKeys = KeptKeys> {
  readonly issuer: Kind
  readonly keys: Keys
}

/** What an issuer shares with the rest of its process. */
export interface IssuerParts {
  readonly resource: string
  readonly record: RecordGate
  readonly policies: PolicyKeeper
  readonly outsideKeys: OutsideKeys
  readonly nonces: ProofNonces
  readonly standing: KnownStanding
}

/** Opens the authorization server itself, with the key that signs: for the process that plays the issuer. */
export async function openIssuer(
  deps: OpenOrganisationDeps,
  { resource, record, policies, outsideKeys, nonces, standing }: IssuerParts,
): Promise<OpenIssuer<AuthorizationServer, KeptKeys & IssuerKeys>> {
  const { organisation, shelf, clock, publicUrl, onFault, config } = deps
  const vault = { ...deps, transact: shelf.transact }
  const keys = await openIssuerKeys(deps)
  const issuer = createAuthorizationServer({
    organisation,
    shelf,
    clock,
    issuer: issuerOf(publicUrl),
    resource,
    record,
    outsideKeys,
    outside: targetRules({ production: config.production, listed: config.channelNetworks }),
    provider: config.provider && issuerName(config.provider.issuer),
    addressOf: senderNetwork(config.proxies),
    seenOf: seenAtDoor(config),
    policies,
    keys,
    nonces,
    standing,
    cookieKeys: [Buffer.from(await vaultKey(vault, "cookie")).toString("base64url")],
    onFault,
  })
  return { issuer, keys }
}

/**
 * Answers what is known of an issuer that another process plays. It holds public keys alone.
 *
 * @throws {Problem} body_invalid, where no process has played the issuer yet
 */
export async function knownIssuer(deps: OpenOrganisationDeps): Promise<OpenIssuer<Issuer>> {
  const keys = await openKnownKeys(deps)
  const issuer = issuerOf(deps.publicUrl)
  return { issuer: { issuer, metadata: serverMetadata(issuer), jwks: () => keys.published() }, keys }
}

function issuerOf(publicUrl: string): string {
  return `${publicUrl}/oauth`
}
