// Proofs in a file, of https://c2sp.org/tlog-proof: an entry's way to a checkpoint, verified offline.
import { fromBase64, toBase64 } from "./bytes.ts"
import { checkPolicy, type WitnessedCheckpoint } from "./check-policy.ts"
import { HASH_BYTES, hashLeaf, type Sha256 } from "./hashing.ts"
import { verifyInclusion } from "./inclusion-proof.ts"
import { BrokenProof, MalformedRecord, UntrustedNote } from "./log-errors.ts"
import type { VerifySignature } from "./note-signatures.ts"
import { readText } from "./read-text.ts"
import type { TrustPolicy } from "./trust-policy.ts"

const FIRST_LINE = "c2sp.org/tlog-proof@v1"
// A checkpoint with a hundred witnesses, and as much again.
const MAX_PROOF_BYTES = 2_000_000
// No tree that can be counted is higher.
const MAX_HASHES = 63

/** What stands in a `.tlog-proof`, read but not believed: see `verifyProof`. */
export interface TlogProof {
  /** Whatever its writer added; nothing signs it. */
  readonly extra?: Uint8Array
  readonly index: number
  /** From the leaf's neighbour up to below the root. */
  readonly hashes: readonly Uint8Array[]
  /** The checkpoint with its signatures, verbatim. */
  readonly checkpoint: Uint8Array
}

/** Answers the one spelling of a proof. */
export function formatProof({ extra, index, hashes, checkpoint }: TlogProof): Uint8Array {
  const lines = [
    FIRST_LINE,
    ...(extra ? [`extra ${toBase64(extra)}`] : []),
    `index ${index}`,
    ...hashes.map(toBase64),
  ]
  return new TextEncoder().encode(`${lines.join("\n")}\n\n${new TextDecoder().decode(checkpoint)}`)
}

/** Reads a proof, and refuses any other spelling of it. */
export function parseProof(bytes: Uint8Array): TlogProof {
  const text = readText("a proof", bytes, MAX_PROOF_BYTES)
  const end = text.indexOf("\n\n")
  const [first, ...lines] = text.slice(0, end).split("\n")
  if (end < 0 || first !== FIRST_LINE) {
    throw new MalformedRecord(
      `a proof begins with ${FIRST_LINE}, and has an empty line before its checkpoint`,
    )
  }
  const extra = lines[0]?.startsWith("extra ") ? parseExtra(lines.shift()) : undefined
  const index = parseIndex(lines.shift())
  const checkpoint = new TextEncoder().encode(text.slice(end + 2))
  return { ...(extra && { extra }), index, hashes: parseHashes(lines), checkpoint }
}

/**
 * Answers the checkpoint that the proof leads an entry to, once a policy is satisfied with it. With
 * `now`, in seconds since 1970, a witness that says a later time does not count.
 *
 * @throws {MalformedRecord | UntrustedNote} where the checkpoint is not one to be believed
 * @throws {BrokenProof} where it does not hold this entry at this index
 */
export async function verifyProof(
  deps: { readonly sha256: Sha256; readonly verifySignature: VerifySignature; readonly now?: number },
  policy: TrustPolicy,
  { index, hashes, checkpoint: note }: TlogProof,
  entry: Uint8Array,
): Promise<WitnessedCheckpoint> {
  const witnessed = await checkPolicy(deps.verifySignature, policy, note, deps.now)
  if (!witnessed.satisfied)
    throw new UntrustedNote("too few witnesses of the policy have seen the checkpoint")
  const leaf = hashLeaf(deps.sha256, entry)
  if (!verifyInclusion(deps.sha256, { index, leaf, head: witnessed.checkpoint }, hashes)) {
    throw new BrokenProof(`the log ${witnessed.checkpoint.origin} does not hold this entry at ${index}`)
  }
  return witnessed
}

function parseExtra(line = ""): Uint8Array {
  const extra = fromBase64(line.slice("extra ".length))
  if (!extra?.length) throw new MalformedRecord("the extra line of a proof reads: extra BASE64")
  return extra
}

function parseIndex(line = ""): number {
  const [, digits] = /^index (0|[1-9]\d*)$/.exec(line) ?? []
  const index = Number(digits)
  if (!Number.isSafeInteger(index)) throw new MalformedRecord("the index line of a proof reads: index NUMBER")
  return index
}

function parseHashes(lines: readonly string[]): readonly Uint8Array[] {
  if (lines.length > MAX_HASHES) throw new MalformedRecord(`a proof has at most ${MAX_HASHES} hashes`)
  return lines.map((line) => {
    const hash = fromBase64(line)
    if (hash?.length !== HASH_BYTES) throw new MalformedRecord("a hash of a proof is 32 bytes in base64")
    return hash
  })
}
