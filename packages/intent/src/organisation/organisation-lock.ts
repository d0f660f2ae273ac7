import { createHash } from "node:crypto"
import { canonicalText, isJsonObject, type Json, MalformedJson, Problem, parseLossless } from "@tabard/core"
import { type PolicyText, policyMeaning, readPolicyDocument } from "@tabard/policy"
import type { Drift } from "../lock/drift.ts"
import { meaningDigest } from "../written/document-digest.ts"
import type { DeclaredOrganisation } from "./declare-organisation.ts"

/** The kinds of what is pinned, each by name. */
const KINDS = ["guardRails", "offered", "tiers", "sets"] as const

type Pinned = Readonly<Record<string, string>>

/** What was reviewed of what rules every agent: the whole of what `organisation.lock` pins, each part by its digest. */
export interface OrganisationLock extends Readonly<Record<(typeof KINDS)[number], Pinned>> {
  readonly schema: "tabard.organisation-lock/1"
}

/** Pins what an organisation's files mean: layout, order, comments and the ids of policies say nothing. */
export function lockOrganisation({
  guardRails,
  offered,
  tiers,
  sets,
}: DeclaredOrganisation): OrganisationLock {
  return {
    schema: "tabard.organisation-lock/1",
    guardRails: byMeaning(guardRails),
    offered: byMeaning(offered),
    tiers: Object.fromEntries(
      tiers.map(({ name, reaches, words, forbids }) => [
        name,
        digest([reaches.toSorted(), words, meaningDigest(readPolicyDocument(forbids, name))]),
      ]),
    ),
    sets: Object.fromEntries([...sets].map(([name, values]) => [name, digest(values.toSorted())])),
  }
}

function byMeaning(policies: readonly PolicyText[]): Pinned {
  return Object.fromEntries(policies.map((policy) => [policy.id, digest(policyMeaning(policy))]))
}

function digest(value: Json): string {
  return createHash("sha256").update(canonicalText(value)).digest("base64url")
}

/** Writes a lock in its one spelling: the same review gives the same bytes. */
export function writeOrganisationLock({ schema, ...pinned }: OrganisationLock): string {
  const sorted: unknown = JSON.parse(canonicalText({ schema, ...pinned }))
  return `${JSON.stringify(sorted, null, 2)}\n`
}

const LARGEST = 4 * 1024 * 1024

/**
 * Reads `organisation.lock`.
 *
 * @throws {Problem} body_invalid
 */
export function readOrganisationLock(text: string): OrganisationLock {
  if (text.length > LARGEST) throw refused(`it is longer than ${LARGEST} characters`)
  const value = parsed(text)
  if (!isJsonObject(value) || value["schema"] !== "tabard.organisation-lock/1")
    throw refused("it is no tabard.organisation-lock/1")
  const { guardRails, offered, tiers, sets } = value
  return {
    schema: "tabard.organisation-lock/1",
    guardRails: pinnedIn(guardRails),
    offered: pinnedIn(offered),
    tiers: pinnedIn(tiers),
    sets: pinnedIn(sets),
  }
}

function pinnedIn(value: Json | undefined): Pinned {
  if (!isJsonObject(value)) throw refused("it lacks guardRails, offered, tiers or sets")
  return Object.fromEntries(
    Object.entries(value).map(([name, pinned]) => {
      if (typeof pinned === "string") return [name, pinned]
      throw refused(`what it pins of ${name} is no digest`)
    }),
  )
}

function parsed(text: string): Json {
  try {
    return parseLossless(text)
  } catch (error) {
    if (error instanceof MalformedJson) throw refused(error.message)
    throw error
  }
}

function refused(why: string): Problem {
  return new Problem("body_invalid", `the lock cannot be used: ${why}. Write it anew with tabard lock`)
}

/** Answers in words what differs from what was reviewed; none where nothing does. */
export function organisationDrift(reviewed: OrganisationLock, now: OrganisationLock): readonly Drift[] {
  return KINDS.flatMap((kind) => {
    const [was, is] = [reviewed[kind], now[kind]]
    // A guard-rail means the same under any id; a set or a tier is known by its name.
    return kind === "guardRails" ? byDigest(was, is) : byName(NOUNS[kind], was, is)
  })
}

const NOUNS: Readonly<Record<Exclude<(typeof KINDS)[number], "guardRails">, string>> = {
  offered: "offered guard-rail",
  tiers: "tier",
  sets: "set",
}

function byDigest(was: Pinned, is: Pinned): readonly Drift[] {
  const [before, after] = [new Set(Object.values(was)), new Set(Object.values(is))]
  const fresh = Object.entries(is).filter(([, pinned]) => !before.has(pinned))
  const gone = Object.entries(was).filter(([, pinned]) => !after.has(pinned))
  return [
    ...fresh.map(([id]) => drift(id, `The guard-rail ${id} was not reviewed as it is.`)),
    ...gone.map(([id]) => drift(id, `The guard-rail ${id} that was reviewed is there no more.`)),
  ]
}

function byName(noun: string, was: Pinned, is: Pinned): readonly Drift[] {
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].toSorted()
  return names.flatMap((name) => {
    const [before, after] = [ownOf(was, name), ownOf(is, name)]
    if (before === after) return []
    if (before === undefined) return [drift(name, `The ${noun} ${name} was not reviewed.`)]
    const became = after === undefined ? "was reviewed, and is there no more" : "is not what was reviewed"
    return [drift(name, `The ${noun} ${name} ${became}.`)]
  })
}

function ownOf(pinned: Pinned, name: string): string | undefined {
  return Object.hasOwn(pinned, name) ? pinned[name] : undefined
}

function drift(of: string, message: string): Drift {
  return { of, message }
}
