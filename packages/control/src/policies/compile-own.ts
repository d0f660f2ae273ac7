import type { Organisation, Tiers } from "@tabard/core"
import {
  ownCeilings,
  readForbids,
  readHandWritten,
  readKeptCases,
  readOffers,
  readSet,
  readTierForbids,
  readTiers,
} from "@tabard/intent"
import {
  compilePolicies,
  compileSchema,
  PolicyInvalid,
  type PolicyText,
  type WrittenPolicy,
  within,
} from "@tabard/policy"
import { pinnedTool } from "../decisions/policies-in-force.ts"
import type { Transaction } from "../transaction.ts"
import { assertKnownEntities, type NamedReads } from "./known-entities.ts"
import type { OwnAddress } from "./own-address.ts"
import { tiersInForce } from "./tiers-in-force.ts"

/** The stores that a document is held against before it is in force. */
export type OwnReads = NamedReads & Pick<Transaction, "policies" | "servers">

/** A document as somebody wrote it, and where it is to hold. */
export interface OwnDraft {
  readonly organisation: Pick<Organisation, "id">
  readonly address: OwnAddress
  readonly source: string
}

/**
 * Compiles a document to the policies that it puts in force. Whatever could not be judged later, names what is not there or says
 * more than its kind may is refused now, with line and column.
 *
 * @throws {Problem} policy_invalid, body_invalid
 */
export async function compileOwn(tx: OwnReads, draft: OwnDraft): Promise<readonly PolicyText[]> {
  const { address, source } = draft
  switch (address.kind) {
    case "guard":
      return judgeable(tx, draft, {
        written: readForbids(source, "own"),
        tiers: await tiersInForce(tx),
      })
    case "offered":
      return readOffers(source).policies
    case "tier":
      return ofTiers(tx, draft)
    case "cases":
      readKeptCases(source)
      return []
    case "set":
      readSet(source)
      return []
    case "hand":
      return judgeable(tx, draft, {
        written: readHandWritten(source, address.subject),
        tiers: await tiersInForce(tx),
      })
  }
}

async function ofTiers(tx: OwnReads, draft: OwnDraft): Promise<readonly PolicyText[]> {
  const own = readTiers(draft.source)
  const tiers: Tiers = new Map([
    ...(await tiersInForce(tx)),
    ...own.map((tier) => [tier.name, tier] as const),
  ])
  const written = own.flatMap(({ name, forbids }) => readTierForbids(forbids, name))
  return [...ownCeilings(own), ...(await judgeable(tx, draft, { written, tiers }))]
}

interface Written {
  readonly written: readonly WrittenPolicy[]
  readonly tiers: Tiers
}

async function judgeable(
  tx: OwnReads,
  { organisation, address }: OwnDraft,
  { written, tiers }: Written,
): Promise<readonly PolicyText[]> {
  await assertKnownEntities(tx, { organisation, tiers }, written)
  const policies = written.map(({ id, text }) => ({ id, text }))
  const schema = compileSchema((await tx.servers.pinned()).map(pinnedTool))
  try {
    compilePolicies({ schema, policies, version: 0 })
  } catch (error) {
    const wrong = error instanceof PolicyInvalid && written.find(({ id }) => id === error.policy)
    throw wrong ? within(error, address.kind, wrong.position) : error
  }
  return policies
}
