// Trust policies of https://c2sp.org/tlog-policy: which logs and witnesses count, and how many it takes.
import { formatVerifierKey, type NoteKey } from "./note-key.ts"

/** A log that the policy accepts; its key has the name that its checkpoints begin with. */
export interface PolicyLog {
  readonly key: NoteKey
  readonly url?: string
}

/** A witness, under the name that the policy gives it. */
export interface PolicyWitness {
  readonly name: string
  readonly key: NoteKey
  /** Where checkpoints are handed in; whoever only verifies does without. */
  readonly url?: string
}

/** Has seen a checkpoint once so many of its members have. */
export interface PolicyGroup {
  readonly name: string
  readonly threshold: number
  readonly members: readonly PolicyMember[]
}

/** What a group or a quorum is made of. */
export type PolicyMember = PolicyWitness | PolicyGroup

/** What it takes to believe a checkpoint. Without logs, it is for its reader to know which log it is about. */
export interface TrustPolicy {
  readonly logs: readonly PolicyLog[]
  readonly witnesses: readonly PolicyWitness[]
  /** In an order in which each comes after its members. */
  readonly groups: readonly PolicyGroup[]
  /** Absent where no witness is needed. */
  readonly quorum?: PolicyMember
}

/** The name that asks for no witness, and can be given to none. */
export const NO_QUORUM = "none"

/** Answers the text of a policy, in the one order and spelling that we write. */
export function formatPolicy({ logs, witnesses, groups, quorum }: TrustPolicy): string {
  return [
    ...logs.map(({ key, url }) => line("log", formatVerifierKey(key), url)),
    ...witnesses.map(({ name, key, url }) => line("witness", name, formatVerifierKey(key), url)),
    ...groups.map(({ name, threshold, members }) =>
      line("group", name, String(threshold), ...members.map((member) => member.name)),
    ),
    line("quorum", quorum?.name ?? NO_QUORUM),
  ].join("")
}

/**
 * Answers the latest time as of which enough witnesses have seen the checkpoint, in seconds since 1970;
 * undefined where they are not enough. A policy that asks for no witness has no such time, and needs none.
 */
export function quorumTime(
  { quorum }: TrustPolicy,
  seen: ReadonlyMap<PolicyWitness, number>,
): number | undefined {
  return quorum && timeOf(quorum, seen)
}

function timeOf(member: PolicyMember, seen: ReadonlyMap<PolicyWitness, number>): number | undefined {
  if (!("members" in member)) return seen.get(member)
  const times = member.members.map((inner) => timeOf(inner, seen)).filter((time) => time !== undefined)
  return times.toSorted((a, b) => b - a)[member.threshold - 1]
}

function line(...items: readonly (string | undefined)[]): string {
  return `${items.filter((item) => item !== undefined).join(" ")}\n`
}
