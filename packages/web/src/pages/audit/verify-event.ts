import type { EventProofView, LogView } from "@tabard/api"
import {
  checkPolicy,
  hashLeaf,
  type NoteKey,
  parseProof,
  parseVerifierKey,
  type Sha256,
  type TlogProof,
  type TrustPolicy,
  verifyInclusion,
  type WitnessedCheckpoint,
} from "@tabard/log"
import { verifySignature, withSha256 } from "@tabard/log/web"
import { grouped } from "../../words/count.ts"
import { dayOf } from "../../words/time.ts"
import type { KeptKey } from "./kept-key.ts"

/** One thing that was checked: what it shows, and what it was held against. */
export interface VerificationStep {
  readonly ok: boolean
  readonly said: string
  readonly against: string
  /** Nothing was found wrong: it could not be looked at. */
  readonly unchecked?: true
}

/** What an event is verified by. */
export interface Verifying {
  readonly proof: EventProofView
  /** What the page shows as the logged event. */
  readonly shown: unknown
  /** The key that this browser has kept for the log; undefined where it sees the log for the first time. */
  readonly kept: KeptKey | undefined
  readonly witnesses: LogView["witnesses"]
}

/**
 * Checks here, by nothing that the server says of itself, that what is shown is what the log holds; answers each step up
 * to the first that fails. The server gives the bytes alone: every hash and signature is computed in this browser.
 */
export async function verifyEvent(verifying: Verifying): Promise<readonly VerificationStep[]> {
  const steps: VerificationStep[] = []
  try {
    for await (const step of stepsOf(verifying)) {
      steps.push(step)
      if (!step.ok) break
    }
  } catch (error) {
    const said = `It cannot be checked: ${wordsOf(error)}.`
    steps.push({ ok: false, said, against: "what the server sent", unchecked: true })
  }
  return steps
}

async function* stepsOf(verifying: Verifying): AsyncGenerator<VerificationStep> {
  const { proof: view, shown, kept } = verifying
  if (!("subtle" in crypto)) throw new Error("browsers compute hashes on https alone, or on this machine")
  yield keyStep(view.verifierKey, kept)
  const entry = bytesOf(view.entry)
  yield shownStep(entry, shown)
  const { proof, policy, key, leaf } = await withSha256((sha256) => read(sha256, verifying, entry))
  await assertComputable(key)
  const witnessed = await checkpointOf(policy, proof)
  if ("failure" in witnessed) return yield witnessed.failure
  yield signedStep(witnessed.found, view.verifierKey)
  yield* witnessed.found.cosignatures.map(({ witness, time }) => ({
    ok: true,
    said: `The witness ${witness.name} saw this checkpoint at ${new Date(time * 1000).toISOString()}.`,
    against: "the witness's own key, as the log's trust policy names it",
  }))
  yield await withSha256((sha256) => inclusionStep(sha256, proof, leaf, witnessed.found))
}

function keyStep(key: string, kept: KeptKey | undefined): VerificationStep {
  if (!kept)
    return {
      ok: true,
      said: "This browser sees the log's key for the first time, and keeps it from now on.",
      against: "nothing yet: compare it with the key that you got in person",
    }
  return kept.key === key
    ? {
        ok: true,
        said: "The log's key is the one that this browser has kept.",
        against: `the key as it was seen first, on ${dayOf(kept.since)}`,
      }
    : {
        ok: false,
        said: "The log's key has changed. Ask whoever runs it, in person, whether it was replaced: under another key another history can be signed.",
        against: `the key as it was seen first, on ${dayOf(kept.since)}: ${kept.key}`,
      }
}

/** The page must show what was logged, and not something beside it. */
function shownStep(entry: Uint8Array, shown: unknown): VerificationStep {
  const logged: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(entry))
  const ok = sameJson(logged, shown)
  return {
    ok,
    said: ok
      ? `What this page shows is what the ${grouped(entry.length)} logged bytes say.`
      : "What this page shows is not what the logged bytes say.",
    against: "the exact bytes of the entry",
  }
}

interface ReadProof {
  readonly proof: TlogProof
  readonly policy: TrustPolicy
  readonly key: NoteKey
  readonly leaf: Uint8Array
}

function read(sha256: Sha256, { proof: view, witnesses }: Verifying, entry: Uint8Array): ReadProof {
  const proof = parseProof(new TextEncoder().encode(view.proof ?? ""))
  const key = parseVerifierKey(sha256, view.verifierKey)
  // A signature that no browser computes, such as ML-DSA-44, is passed over and counts nothing.
  const trusted = witnesses.map(({ name, verifierKey }) => ({
    name,
    key: parseVerifierKey(sha256, verifierKey),
  }))
  return {
    proof,
    policy: { logs: [{ key }], witnesses: trusted, groups: [] },
    key,
    leaf: hashLeaf(sha256, entry),
  }
}

/** A browser that cannot check must not say that something is wrong. */
async function assertComputable({ publicKey }: NoteKey): Promise<void> {
  try {
    await crypto.subtle.importKey("raw", Uint8Array.from(publicKey), "Ed25519", false, ["verify"])
  } catch (cause) {
    throw new Error("this browser does not compute Ed25519; use a newer one, or tabard audit proof", {
      cause,
    })
  }
}

type Checked = { readonly found: WitnessedCheckpoint } | { readonly failure: VerificationStep }

async function checkpointOf(policy: TrustPolicy, { checkpoint }: TlogProof): Promise<Checked> {
  try {
    return { found: await checkPolicy(verifySignature, policy, checkpoint) }
  } catch (error) {
    const said = `The checkpoint does not count: ${wordsOf(error)}.`
    return { failure: { ok: false, said, against: "the log's key, and the keys of its witnesses" } }
  }
}

function signedStep({ checkpoint }: WitnessedCheckpoint, key: string): VerificationStep {
  return {
    ok: true,
    said: `The log has signed the checkpoint of ${grouped(checkpoint.size)} entries.`,
    against: `the log's key, ${key.split("+", 2).join("+")}`,
  }
}

function inclusionStep(
  sha256: Sha256,
  { index, hashes }: TlogProof,
  leaf: Uint8Array,
  { checkpoint }: WitnessedCheckpoint,
): VerificationStep {
  const ok = verifyInclusion(sha256, { index, leaf, head: checkpoint }, hashes)
  return {
    ok,
    said: ok
      ? `The entry stands in that log as number ${grouped(index)}: ${grouped(hashes.length)} hashes lead from its bytes to the signed root.`
      : "The hashes do not lead from this entry to the signed root: the entry, or the files of the log, are not what was signed. Run tabard audit verify, which names the first place that is wrong.",
    against: `the root that the checkpoint signs, ${btoa(String.fromCharCode(...checkpoint.root))}`,
  }
}

/** Members may stand in any order; everything else must be the same. */
function sameJson(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return a === b
  const [inA, inB] = [Object.entries(a), new Map(Object.entries(b))]
  return (
    Array.isArray(a) === Array.isArray(b) &&
    inA.length === inB.size &&
    inA.every(([name, value]) => inB.has(name) && sameJson(value, inB.get(name)))
  )
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}
