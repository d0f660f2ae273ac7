import { visibleText } from "@tabard/core"
import { type Cosignature, formatVerifierKey, type LogVerification } from "@tabard/log"
import type { StepBack } from "./entry-times.ts"
import type { FollowedLog } from "./followed-log.ts"
import { plainJson } from "./plain-json.ts"

/** What verifying found, and what the entries themselves say. */
export interface Found {
  readonly verification: LogVerification
  readonly stepBack: StepBack | undefined
  readonly follows: FollowedLog | undefined
}

/** What it was held against. */
export interface HeldAgainst {
  readonly place: string
  /** Whether the key came from somewhere else than the log. */
  readonly isKeyKept: boolean
  readonly hasPolicy: boolean
  /** How many kept checkpoints. */
  readonly checkpoints: number
}

/** Answers what was found as one line of JSON. */
export function verificationJson({ verification, stepBack, follows }: Found): string {
  if (!verification.ok) return `${plainJson({ ...verification })}\n`
  const { size, root, unread, cosignatures } = verification
  return `${plainJson({
    ok: true,
    size,
    root: Buffer.from(root).toString("base64"),
    unread,
    cosignatures: cosignatures.map(({ witness, time }) => ({
      name: witness.name,
      verifierKey: formatVerifierKey(witness.key),
      time: saidTime(time),
    })),
    clockWentBack: stepBack ? { ...stepBack } : null,
    follows: follows ? { origin: follows.origin, size: follows.last?.size ?? null } : null,
  })}\n`
}

/** Answers what was found in words for a person, with what it leaves open. */
export function verificationWords({ verification, stepBack, follows }: Found, asked: HeldAgainst): string {
  if (!verification.ok) {
    const place = verification.entry === undefined ? "" : ` (entry ${verification.entry})`
    return `NOT VERIFIED: ${visibleText(verification.reason)}${place}\n`
  }
  const { size, root, unread, cosignatures } = verification
  return [
    `Verified: ${size} entries, root ${Buffer.from(root).toString("base64")}, in ${visibleText(asked.place)}.`,
    ...unreadWords(unread),
    ...witnessWords(cosignatures, asked),
    ...clockWords(stepBack),
    ...beforeWords(follows),
    ...leftOpen(asked),
    "",
  ].join("\n")
}

function unreadWords(unread: number): readonly string[] {
  if (unread === 0) return []
  return [
    `The first ${unread} entries were not there to read: pruned, as the log says. The hashes that stand for them are bound by the root; hold the number against the written retention policy.`,
  ]
}

function witnessWords(cosignatures: readonly Cosignature[], { hasPolicy }: HeldAgainst): readonly string[] {
  if (!hasPolicy) return []
  if (cosignatures.length === 0) return ["The policy asks for no witness, and none has seen the checkpoint."]
  const seen = cosignatures.map(({ witness, time }) => `${visibleText(witness.name)} at ${saidTime(time)}`)
  return [`Seen by the witnesses that the policy asks for: ${seen.join(", ")}.`]
}

function clockWords(stepBack: StepBack | undefined): readonly string[] {
  if (!stepBack) return []
  return [
    `Entry ${stepBack.entry} says a time ${stepBack.seconds} s before that of an entry before it: a clock went back. The order of entries is the log's.`,
  ]
}

function beforeWords(follows: FollowedLog | undefined): readonly string[] {
  if (!follows) return []
  const origin = visibleText(follows.origin)
  if (!follows.last) return [`It follows ${origin}, which was abandoned: entry 0 says why.`]
  return [
    `It follows ${origin}, whose last checkpoint, of ${follows.last.size} entries, stands in entry 0: write that with --save-previous, and verify the log before by it.`,
  ]
}

function leftOpen({ isKeyKept, checkpoints }: HeldAgainst): readonly string[] {
  const key =
    "The key beside the log was used; to know that nobody swapped both, give the key that you kept with --vkey."
  const none =
    "No kept checkpoint was used; to know that the log was not put back or written anew, give one with --checkpoint."
  const held = `It begins with every kept checkpoint that was given (${checkpoints}).`
  return [...(isKeyKept ? [] : [key]), checkpoints > 0 ? held : none]
}

function saidTime(seconds: number): string {
  const date = new Date(seconds * 1000)
  return Number.isNaN(date.getTime()) ? `${seconds} s after 1970` : date.toISOString()
}
