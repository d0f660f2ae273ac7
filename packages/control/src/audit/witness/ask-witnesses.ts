import {
  type AskWitnessDeps,
  askWitness,
  formatVerifierKey,
  type NoteSignature,
  type PostToWitness,
  parseVerifierKey,
  proveConsistency,
  type Sha256,
  type TileReader,
  type TrustPolicy,
  tileHashReader,
  type VerifySignature,
  type WitnessAnswer,
} from "@tabard/log"
import type { Snapshot, Transact } from "../../transaction.ts"
import type { RecordContext } from "../event/audit-event.ts"
import { recordEvent } from "../event/record-event.ts"
import type { LogCheckpoint } from "../log/log-checkpoint-store.ts"
import { cosignCheckpoint } from "./cosign-checkpoint.ts"
import { type AskedWitness, askedWitnesses, readPolicy } from "./read-policy.ts"
import { isDue, standingAfter } from "./witness-pace.ts"
import type { WitnessStanding } from "./witness-store.ts"

export interface AskWitnessesDeps extends RecordContext {
  readonly transact: Transact<"logCheckpoints" | "outbox" | "witnesses">
  readonly snapshot: Snapshot<"logCheckpoints" | "logPolicy" | "retention" | "witnesses">
  readonly tiles: TileReader
  readonly sha256: Sha256
  readonly verify: VerifySignature
  readonly post: PostToWitness
  /** The verifier key of the newest log, and which of the organisation's logs it is. */
  readonly log: { readonly generation: number; readonly verifierKey: string }
}

/** What came of a round. */
export interface WitnessRound {
  /** How many witnesses were asked, and how many of them cosigned. */
  readonly asked: number
  readonly cosigned: number
  /** A witness that has seen more entries than the newest checkpoint has. */
  readonly ahead?: { readonly name: string; readonly size: number }
}

/** What a round begins with. */
interface Found {
  readonly policy: TrustPolicy
  readonly checkpoint: LogCheckpoint
  readonly known: readonly WitnessStanding[]
  /** Below which index the log was pruned. */
  readonly minimum: number
}

/**
 * Asks the witnesses of the trust policy to cosign the newest checkpoint: those whose turn it is, or everybody who may be
 * asked at all. What they answer is kept, the checkpoint gets their cosignatures, and one that has seen another history
 * of this log is told of in the record and never asked again until a person has put the policy anew.
 */
export async function askWitnesses(
  deps: AskWitnessesDeps,
  { everybody = false }: { readonly everybody?: boolean } = {},
): Promise<WitnessRound> {
  const found = await findCheckpoint(deps)
  if (!found) return { asked: 0, cosigned: 0 }
  const { checkpoint, policy, known } = found
  const now = deps.clock.now()
  const turn = askedWitnesses(policy)
    .map((witness) => ({ witness, standing: standingOf(deps, known, witness) }))
    .filter(({ standing }) =>
      everybody ? standing.due !== null : isDue(standing, { size: checkpoint.size, now }),
    )
  const answers = await Promise.all(
    turn.map(async (one) => ({ ...(await askOne(deps, found, one)), name: one.witness.name })),
  )
  const signatures = answers.flatMap((answer) => (answer.kind === "cosigned" ? [answer.signature] : []))
  await keepCosignatures(deps, found, signatures)
  const ahead = answers.find((answer) => answer.kind === "ahead")
  return {
    asked: turn.length,
    cosigned: signatures.length,
    ...(ahead && { ahead: { name: ahead.name, size: ahead.size } }),
  }
}

async function findCheckpoint(deps: AskWitnessesDeps): Promise<Found | undefined> {
  const { generation } = deps.log
  const { put, checkpoint, known, prunings } = await deps.snapshot(
    async ({ logCheckpoints, logPolicy, retention, witnesses }) => ({
      put: await logPolicy.find(),
      checkpoint: await logCheckpoints.newest(generation),
      known: await witnesses.list(generation),
      prunings: await retention.prunings(),
    }),
  )
  // A log without entries has nothing to witness, and some witnesses refuse it.
  if (!put || !checkpoint || checkpoint.size === 0) return undefined
  const minimum = prunings.find((one) => one.generation === generation)?.minimum ?? 0
  return { policy: readPolicy(deps.sha256, put.text), checkpoint, known, minimum }
}

function standingOf(
  { log: { generation } }: AskWitnessesDeps,
  known: readonly WitnessStanding[],
  { key }: AskedWitness,
): WitnessStanding {
  const verifierKey = formatVerifierKey(key)
  const unknown = { generation, verifierKey, size: 0, cosignedAt: null, trouble: null, failures: 0 }
  return known.find((one) => one.verifierKey === verifierKey) ?? { ...unknown, due: new Date(0) }
}

interface Asked {
  readonly witness: AskedWitness
  readonly standing: WitnessStanding
}

async function askOne(
  deps: AskWitnessesDeps,
  { checkpoint: { note, size }, minimum }: Found,
  { witness, standing }: Asked,
): Promise<WitnessAnswer> {
  const { clock, post, sha256, tiles, verify } = deps
  const prove: AskWitnessDeps["prove"] = async (from, to) => {
    if (from > 0 && from < minimum) return undefined
    return proveConsistency({ sha256, read: tileHashReader({ tiles, sha256 }, to) }, from, to)
  }
  // What it saw beyond this checkpoint is asked for anew: it may have been wrong, or we may have come further. What it saw
  // before all that is left is asked for too, since it may have come further than we know.
  const old = standing.size < minimum ? 0 : Math.min(standing.size, size)
  const answer = await askWitness(
    { post, verify, prove, now: () => clock.now() },
    { witness, note: new TextEncoder().encode(note), old },
  )
  await keepAnswer(deps, standingAfter(standing, answer, { size, now: clock.now() }), witness)
  return answer
}

async function keepAnswer(
  deps: AskWitnessesDeps,
  standing: WitnessStanding,
  witness: AskedWitness,
): Promise<void> {
  await deps.transact(async ({ outbox, witnesses }) => {
    await witnesses.put(standing)
    if (standing.trouble?.kind !== "split-view") return
    await recordEvent(deps, outbox, {
      type: "log.split-view",
      actor: { kind: "system", id: "publisher" },
      resource: originOf(deps),
      data: { witness: witness.name, verifierKey: standing.verifierKey, said: standing.trouble.said },
    })
  })
}

function originOf({ sha256, log }: AskWitnessesDeps): string {
  return parseVerifierKey(sha256, log.verifierKey).name
}

async function keepCosignatures(
  deps: AskWitnessesDeps,
  { policy, checkpoint: { generation, size } }: Found,
  signatures: readonly NoteSignature[],
): Promise<void> {
  if (signatures.length === 0) return
  const log = { key: parseVerifierKey(deps.sha256, deps.log.verifierKey) }
  const now = deps.clock.now()
  await cosignCheckpoint(
    { ...deps, policy: { ...policy, logs: [log] } },
    { generation, size, now },
    signatures,
  )
}
