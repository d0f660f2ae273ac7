import type { DecisionFilter } from "@tabard/api"
import { EFFECT_CLASSES, EFFECTS, type Effect, type EffectClass } from "@tabard/core"
import { type AddressReaders, readAddress, textLike } from "../../shell/read-address.ts"
import { CODE_WORDS } from "../../words/decision-words.ts"
import { parseAuditSearch, wishesOf } from "../audit/audit-search.ts"

/** What the address says about which decisions are shown, and which one is open beside them. */
export interface DecisionsSearch {
  readonly agent?: string
  readonly person?: string
  /** A tool as `server/tool`, or a server by its name. */
  readonly tool?: string
  readonly effect?: Effect
  /** A class of effects that the tool was taken for. */
  readonly does?: EffectClass
  readonly code?: string
  readonly policy?: string
  readonly task?: string
  readonly call?: string
  /** The first and the last day, where whoever reads is. */
  readonly from?: string
  readonly until?: string
  readonly decision?: string
  /** Which part of the open decision is shown; why it came out so where nobody says. */
  readonly part?: "what-if"
}

/** Members of the address that change; one that is undefined leaves it. */
export type DecisionsChange = {
  readonly [Member in keyof DecisionsSearch]?: DecisionsSearch[Member] | undefined
}

const sameAs =
  (member: "agent" | "call" | "from" | "person" | "task" | "tool" | "until") =>
  (value: unknown): string | undefined =>
    parseAuditSearch({ [member]: value })[member]

const READERS: AddressReaders<DecisionsSearch> = {
  agent: sameAs("agent"),
  person: sameAs("person"),
  tool: sameAs("tool"),
  effect: (value) => EFFECTS.find((effect) => effect === value),
  does: (value) => EFFECT_CLASSES.find((effect) => effect === value),
  code: (value) => Object.keys(CODE_WORDS).find((code) => code === value),
  policy: textLike(/^\S{1,200}$/),
  task: sameAs("task"),
  call: sameAs("call"),
  from: sameAs("from"),
  until: sameAs("until"),
  decision: textLike(/^(dec|cal)_[0-9A-Za-z_-]{1,70}$/),
  part: (value) => (value === "what-if" ? value : undefined),
}

/** Reads the address; what it does not understand it leaves out. */
export function parseDecisionsSearch(
  raw: DecisionsSearch | Readonly<Record<string, unknown>>,
): DecisionsSearch {
  return readAddress(READERS, { ...raw })
}

/** Answers what is asked of the server for an address; days are those of whoever reads. */
export function filterOf(search: DecisionsSearch): DecisionFilter {
  const { code, policy, does: effectClass, decision: _open, part: _part, ...others } = search
  const { agent, person, tool, effect, task, call, from, until } = wishesOf(others)
  return { agent, person, tool, effect, task, call, from, until, code, policy, effectClass }
}

/** Answers what a pasted id or policy looks for. */
export function soughtBy(text: string): DecisionsChange | undefined {
  const sought = text.trim()
  const { agent, person, task, decision } = parseDecisionsSearch({
    agent: sought,
    person: sought,
    task: sought,
    decision: sought,
  })
  const found = { agent, person, task, decision }
  if (Object.values(found).some((value) => value !== undefined)) return found
  return /^[a-z][\w-]*(\/[\w-]+)+$/i.test(sought) ? { policy: sought } : undefined
}
