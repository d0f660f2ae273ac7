import type { RecordGate } from "@tabard/control"
import { Problem } from "@tabard/core"
import type { JSONWebKeySet } from "jose"
import type { OutsideKeys } from "../federation/outside-keys.ts"
import { publicHalves, vaultKey } from "../keys/key-vault.ts"
import { type AuthorizationServer, createAuthorizationServer } from "../oauth/authorization-server.ts"
import { type ServerMetadata, serverMetadata } from "../oauth/server-metadata.ts"
import { fixedKeys, publicKeys } from "../oauth/signing-keys.ts"
import type { OpenOrganisationDeps } from "./organisation-deps.ts"
import { newSigningKey, readPublicSigningKey, readSigningKey } from "./signing-key.ts"

/** What every part may know of the issuer. */
export interface Issuer {
  readonly issuer: string
  readonly metadata: ServerMetadata
  /** The public keys that its tokens verify by. */
  jwks(): JSONWebKeySet
}

/** Opens the authorization server itself, with the key that signs: for the process that plays the issuer. */
export async function openIssuer(
  deps: OpenOrganisationDeps,
  { resource, record, outsideKeys }: { resource: string; record: RecordGate; outsideKeys: OutsideKeys },
): Promise<AuthorizationServer> {
  const { organisation, shelf, clock, publicUrl, onFault } = deps
  const vault = { ...deps, transact: shelf.transact }
  return createAuthorizationServer({
    organisation,
    shelf,
    clock,
    issuer: issuerOf(publicUrl),
    resource,
    record,
    outsideKeys,
    keys: fixedKeys([await readSigningKey(await vaultKey(vault, "token-signing", newSigningKey))]),
    cookieKeys: [Buffer.from(await vaultKey(vault, "cookie")).toString("base64url")],
    onFault,
  })
}

/**
 * Answers what is known of an issuer that another process plays. It holds public keys alone.
 *
 * @throws {Problem} body_invalid, where no process has played the issuer yet
 */
export async function knownIssuer({ shelf, publicUrl }: OpenOrganisationDeps): Promise<Issuer> {
  const halves = await publicHalves(shelf, "token-signing")
  if (halves.length === 0) {
    throw new Problem(
      "body_invalid",
      "there is no token-signing key yet: start a process with the role issuer first",
    )
  }
  const jwks = publicKeys(await Promise.all(halves.map(readPublicSigningKey)))
  const issuer = issuerOf(publicUrl)
  return { issuer, metadata: serverMetadata(issuer), jwks: () => jwks }
}

function issuerOf(publicUrl: string): string {
  return `${publicUrl}/oauth`
}
