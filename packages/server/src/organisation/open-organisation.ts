import { join } from "node:path"
import { PolicyKeeper, type Shelf, seedPolicies } from "@tabard/control"
import type { Clock, Organisation } from "@tabard/core"
import type { Config } from "../config.ts"
import type { KeyEncryptionKey } from "../keys/key-encryption-key.ts"
import { type KeyVaultDeps, vaultKey } from "../keys/key-vault.ts"
import { type AuthorizationServer, createAuthorizationServer } from "../oauth/authorization-server.ts"
import { type RecordKeeper, recordKeeper } from "../record/record-keeper.ts"
import { newSigningKey, readSigningKey } from "./signing-key.ts"

export interface OpenOrganisationDeps {
  readonly organisation: Organisation
  readonly shelf: Shelf
  readonly clock: Clock
  readonly config: Config
  readonly publicUrl: string
  readonly encryption: KeyEncryptionKey
  readonly onFault: (error: unknown) => void
}

/** One organisation at work: its shelf, its keys in use, its issuer, its log. */
export interface OpenOrganisation {
  readonly organisation: Organisation
  readonly shelf: Shelf
  readonly clock: Clock
  readonly publicUrl: string
  /** The resource that agents' tokens are for (RFC 8707): the gateway. */
  readonly resource: string
  readonly issuer: AuthorizationServer
  readonly record: RecordKeeper
  readonly policies: PolicyKeeper
  readonly fingerprintKey: Uint8Array
}

/** Opens an organisation: shipped policies in force, keys unsealed for the parts that need them. */
export async function openOrganisation(deps: OpenOrganisationDeps): Promise<OpenOrganisation> {
  const { organisation, shelf, clock, config, publicUrl } = deps
  await seedPolicies({ organisation, clock, transact: shelf.transact })
  const vault: KeyVaultDeps = { ...deps, transact: shelf.transact }
  const resource = `${publicUrl}/mcp`
  return {
    organisation,
    shelf,
    clock,
    publicUrl,
    resource,
    issuer: await openIssuer(deps, vault, resource),
    record: await recordKeeper({
      organisation,
      shelf,
      clock,
      directory: join(config.data, "log"),
      signingSeed: await vaultKey(vault, "log-signing"),
    }),
    policies: new PolicyKeeper(),
    fingerprintKey: await vaultKey(vault, "fingerprint"),
  }
}

async function openIssuer(
  { organisation, shelf, clock, publicUrl, onFault }: OpenOrganisationDeps,
  vault: KeyVaultDeps,
  resource: string,
): Promise<AuthorizationServer> {
  return createAuthorizationServer({
    organisation,
    shelf,
    clock,
    issuer: `${publicUrl}/oauth`,
    resource,
    signingKeys: [await readSigningKey(await vaultKey(vault, "token-signing", newSigningKey))],
    cookieKeys: [Buffer.from(await vaultKey(vault, "cookie")).toString("base64url")],
    onFault,
  })
}
