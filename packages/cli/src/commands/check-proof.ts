import { Problem, visibleText } from "@tabard/core"
import {
  BrokenProof,
  MalformedRecord,
  parseProof,
  type TrustPolicy,
  UntrustedNote,
  verifyProof,
  type WitnessedCheckpoint,
} from "@tabard/log"
import { sha256, verifySignature } from "@tabard/log/node"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { namedFile } from "./audit-arguments.ts"
import { latestTime, readKey, readPolicy } from "./audit-trust.ts"
import { plainJson } from "./plain-json.ts"

/** A proof, the entry that it is of, and what it takes to believe its checkpoint. */
export interface CheckOptions {
  readonly proof: string
  readonly entry: string
  readonly vkey: string | undefined
  readonly policy: string | undefined
  readonly json: boolean
}

/** What came of checking a proof. */
export type Checked =
  | { readonly ok: true; readonly index: number; readonly witnessed: WitnessedCheckpoint }
  | { readonly ok: false; readonly reason: string }

/** Says whether a proof holds, without a server and without the log. */
export async function checkProof(options: CheckOptions, surroundings: Surroundings): Promise<number> {
  const policy = await trustOf(options, surroundings)
  const proof = await namedFile(surroundings.cwd, options.proof, "the proof")
  const entry = await namedFile(surroundings.cwd, options.entry, "the entry")
  const checked = await proveEntry({ proof, entry }, policy, surroundings)
  surroundings.stdout.write(options.json ? json(checked) : words(checked))
  return checked.ok ? 0 : 1
}

/**
 * Answers whom a person trusts with the log: by its key, or by a policy that names it.
 *
 * @throws {Problem} body_invalid
 */
export async function trustOf(
  { vkey, policy: file }: Pick<CheckOptions, "vkey" | "policy">,
  { cwd }: Surroundings,
): Promise<TrustPolicy> {
  const policy = (await readPolicy(cwd, file)) ?? { logs: [], witnesses: [], groups: [] }
  const trusted = vkey === undefined ? policy : { ...policy, logs: [{ key: readKey(vkey) }] }
  if (trusted.logs.length > 0) return trusted
  if (file === undefined)
    throw new UsageError("the log's key is needed, by --vkey, or a --policy that names it")
  throw new Problem("body_invalid", `the policy ${file} names no log; name its key with --vkey`)
}

/** Says whether an entry stands in a log that is trusted. */
export async function proveEntry(
  { proof: file, entry }: { readonly proof: Uint8Array; readonly entry: Uint8Array },
  policy: TrustPolicy,
  surroundings: Surroundings,
): Promise<Checked> {
  try {
    const proof = parseProof(file)
    const deps = { sha256, verifySignature, now: latestTime(surroundings) }
    return { ok: true, index: proof.index, witnessed: await verifyProof(deps, policy, proof, entry) }
  } catch (error) {
    const isTold =
      error instanceof BrokenProof || error instanceof MalformedRecord || error instanceof UntrustedNote
    if (!isTold) throw error
    return { ok: false, reason: error.message }
  }
}

function json(checked: Checked): string {
  if (!checked.ok) return `${plainJson({ ok: false, reason: checked.reason })}\n`
  const { index, witnessed } = checked
  const cosignatures = seenBy(witnessed).map(([name, time]) => ({ name, time }))
  const { origin, size } = witnessed.checkpoint
  return `${plainJson({ ok: true, origin, index, size, cosignatures })}\n`
}

function words(checked: Checked): string {
  if (!checked.ok) return `NOT PROVEN: ${visibleText(checked.reason)}\n`
  const { index, witnessed } = checked
  const { origin, size } = witnessed.checkpoint
  const seen = seenBy(witnessed).map(([name, time]) => `${visibleText(name)} at ${time}`)
  return `Proven: this is entry ${index} of ${visibleText(origin)}, under its checkpoint of ${size} entries, ${
    seen.length > 0 ? `seen by ${seen.join(", ")}` : "which no witness of a policy has seen"
  }.\n`
}

function seenBy({ cosignatures }: WitnessedCheckpoint): readonly (readonly [name: string, time: string])[] {
  return cosignatures.map(({ witness, time }) => [witness.name, new Date(time * 1000).toISOString()])
}
