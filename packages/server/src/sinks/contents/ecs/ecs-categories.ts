import type { Change, Meaning, Subject } from "../event-meanings.ts"

/** Answers the categories of ECS that an event is in. */
export function categoriesOf({ subject }: Meaning): readonly string[] {
  return CATEGORIES[subject] ?? ["configuration"]
}

/** Answers the types of ECS, each one that its category allows. */
export function typesOf(meaning: Meaning, effect: string | undefined): readonly string[] {
  const [category = ""] = categoriesOf(meaning)
  return TYPES[category]?.(meaning, effect) ?? [basic(meaning)]
}

const TYPES: Readonly<Record<string, (meaning: Meaning, effect: string | undefined) => readonly string[]>> = {
  api: (_, effect) => ["access", VERDICTS[effect ?? ""] ?? "info"],
  authentication: (meaning) => [begunOrOver(meaning)],
  session: (meaning) => [begunOrOver(meaning)],
  iam: (meaning) => [...(WHOM[meaning.subject] ?? []), basic(meaning)],
  intrusion_detection: () => ["info"],
}

const VERDICTS: Readonly<Record<string, string>> = { permit: "allowed", deny: "denied" }

const WHOM: Readonly<Partial<Record<Subject, readonly string[]>>> = { team: ["group"], person: ["user"] }

function begunOrOver({ change, refused }: Meaning): "start" | "end" | "info" {
  if (refused) return "info"
  return change === "started" ? "start" : "end"
}

const CATEGORIES: Readonly<Partial<Record<Subject, readonly string[]>>> = {
  agent: ["iam"],
  "agent key": ["iam"],
  "api token": ["iam"],
  call: ["api"],
  credential: ["iam"],
  enrolment: ["iam"],
  finding: ["intrusion_detection"],
  person: ["iam"],
  reporter: ["iam"],
  session: ["session"],
  team: ["iam"],
  token: ["authentication"],
}

const CREATIONS: readonly Change[] = ["created", "enrolled"]

const DELETIONS: readonly Change[] = ["removed", "unenrolled", "revoked"]

function basic({ change }: Meaning): "creation" | "deletion" | "change" {
  if (CREATIONS.includes(change)) return "creation"
  return DELETIONS.includes(change) ? "deletion" : "change"
}
