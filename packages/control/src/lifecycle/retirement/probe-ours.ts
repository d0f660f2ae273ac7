import { DEFAULT_TOKEN_SETTINGS, type Id, isId, newHandle, Problem } from "@tabard/core"
import type { RecordContext } from "../../audit/event/audit-event.ts"
import { recordEvent } from "../../audit/event/record-event.ts"
import { PolicyKeeper } from "../../decisions/policies-in-force.ts"
import { tiersInForce } from "../../policies/tiers-in-force.ts"
import { checkToken, TokenRefused } from "../../tokens/check-token.ts"
import { issueToken } from "../../tokens/issue-token.ts"
import type { Transaction } from "../../transaction.ts"
import type { StepCome } from "../plans/run-plan.ts"
import type { RetirementDeps } from "./retirement-deps.ts"
import type { RetiringStep } from "./retirement-work.ts"

/** What a token is asked for that must not be given. */
const PROBE_AUDIENCE = "urn:tabard:probe"

/** How long it would live, if it were. */
const PROBE_SECONDS = 1

/**
 * Asks the issuer for a token as a revoked install would, past the proof of its key alone, and answers with what it was
 * refused. What was given in spite of everything is revoked at once, and the retirement does not go on.
 */
export async function probeKey(deps: RetirementDeps, instance: string): Promise<string> {
  if (!isId("instance", instance)) return "instance_not_found"
  const jti = newHandle()
  const tiers = await deps.snapshot(tiersInForce)
  try {
    await issueToken(
      { ...deps, policies: new PolicyKeeper() },
      {
        jti,
        instance,
        jkt: null,
        grant: "client_credentials",
        task: null,
        audience: PROBE_AUDIENCE,
        lifetimeSeconds: PROBE_SECONDS,
        once: [],
        // Refused for its standing, or not at all: what it lacks beside that must not hide what is asked here.
        settings: { ...DEFAULT_TOKEN_SETTINGS, bearerTiers: [...tiers.keys()] },
      },
    )
  } catch (error) {
    return refusalOf(error)
  }
  await deps.transact(({ tokens }) => tokens.revokeOne(jti, deps.clock.now()))
  throw new Error(`${instance} was issued a token although it is revoked`)
}

/** Has a revoked token checked as every door does, and answers with what it was refused. */
export async function probeToken(deps: RetirementDeps, jti: string): Promise<string> {
  const record = await deps.snapshot(({ tokens }) => tokens.find(jti))
  if (!record) return "token_unknown"
  const { agent, instance, task, audience, jkt } = record
  try {
    await checkToken(deps, { jti, agent, instance, task, audience, jkt })
  } catch (error) {
    return refusalOf(error)
  }
  throw new Error(`the token ${jti} is taken although it is revoked`)
}

/** Settles one of our keys by the refusal that it met. */
export async function settleProbed(
  deps: RecordContext,
  tx: Transaction,
  { to, retiring, found }: RetiringStep,
): Promise<StepCome> {
  const refused = String(found)
  const settlement = {
    agent: retiring.id,
    how: "probed",
    by: null,
    outcome: refused,
    at: deps.clock.now(),
  } as const
  if (isId("instance", to) && (await tx.settlements.settle({ ...settlement, credential: to })))
    await tellSettled(deps, tx, { agent: retiring.id, credential: to, refused })
  return { outcome: `refused: ${refused}` }
}

/** Says of one of our tokens by what it was refused. */
export async function tellProbed(
  _: RecordContext,
  __: Transaction,
  { found }: RetiringStep,
): Promise<StepCome> {
  return { outcome: `refused: ${String(found)}` }
}

async function tellSettled(
  deps: RecordContext,
  { outbox }: Pick<Transaction, "outbox">,
  { agent, credential, refused }: { agent: Id<"agent">; credential: Id<"instance">; refused: string },
): Promise<void> {
  await recordEvent(deps, outbox, {
    type: "credential.settled",
    actor: { kind: "system", id: "retirement" },
    agent,
    instance: credential,
    resource: credential,
    outcome: refused,
    data: { credential, how: "probed", refused },
  })
}

function refusalOf(error: unknown): string {
  if (error instanceof Problem || error instanceof TokenRefused) return error.code
  throw error
}
