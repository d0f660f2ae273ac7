import type { RiskBand, RiskFactor, RiskFacts, RiskLevel } from "./risk-facts.ts"

/** An agent as one meets it, and what a person of the trade says of it. Written before any weight was. */
export interface Archetype {
  readonly name: string
  readonly band: RiskBand
  readonly facts: RiskFacts
}

type Told = { readonly [F in RiskFactor]?: readonly (RiskLevel<F> | "unknown")[] }

/** A coding agent at its person's side, with the shell and files of its client and nothing else. */
const CODING: Told = { sensitivity: ["workspace"], effects: ["read", "write", "delete", "execute"] }
const AT_HOME: Told = { ...CODING, selfChange: ["can"], consent: ["partial"], accountability: ["owned"] }
const GITHUB: Told = { sensitivity: ["workspace", "confidential"], strangers: ["reads"] }
const BACKEND: Told = { presence: ["alone"], sensitivity: ["confidential"], consent: ["restricted"] }
const WILD: Told = { consent: ["unrestricted"], accountability: ["nobody"], proof: ["plaintext"] }

/** The archetypes, in no order. */
export const ARCHETYPES: readonly Archetype[] = [
  archetype("chat window without tools", "low", { accountability: ["owned"] }),
  archetype("chat window nobody owns", "low", { accountability: ["nobody"], presence: ["hosted"] }),
  archetype("chat window with a web search", "low", {
    effects: ["read"],
    strangers: ["reads"],
    consent: ["partial"],
    accountability: ["owned"],
    proof: ["environment"],
  }),
  archetype("coding agent that reads documentation", "low", {
    ...AT_HOME,
    effects: ["read"],
    consent: ["restricted"],
  }),
  archetype("coding agent as installed", "low", AT_HOME),
  archetype("coding agent nobody owns", "low", { ...AT_HOME, accountability: ["nobody"] }),
  archetype("coding agent without prompts", "medium", { ...AT_HOME, consent: ["unrestricted"] }),
  archetype("coding agent without prompts nobody owns", "medium", {
    ...AT_HOME,
    consent: ["unrestricted"],
    accountability: ["nobody"],
  }),
  archetype("coding agent on GitHub, key in the environment", "medium", {
    ...AT_HOME,
    ...GITHUB,
    proof: ["environment"],
  }),
  archetype("coding agent on GitHub, key in plain text", "medium", {
    ...AT_HOME,
    ...GITHUB,
    proof: ["plaintext"],
  }),
  archetype("stray coding agent on GitHub, broad", "high", {
    ...AT_HOME,
    ...GITHUB,
    ...WILD,
    consent: ["broad"],
    supply: ["loose"],
  }),
  archetype("stray coding agent on a cloud account", "high", {
    ...CODING,
    ...WILD,
    sensitivity: ["critical"],
    effects: ["read", "write", "delete", "execute", "infrastructure"],
    selfChange: ["can"],
  }),
  archetype("stray coding agent on a cloud account that reads the web", "critical", {
    ...CODING,
    ...WILD,
    sensitivity: ["critical"],
    effects: ["read", "write", "delete", "execute", "infrastructure"],
    breadth: ["few"],
    selfChange: ["can"],
    strangers: ["reads"],
    supply: ["loose"],
  }),
  archetype("agent on everything", "critical", {
    ...WILD,
    sensitivity: ["critical"],
    effects: ["read", "write", "delete", "execute", "financial", "infrastructure", "egress"],
    breadth: ["sprawling"],
    presence: ["alone"],
    selfChange: ["can"],
    strangers: ["reads"],
    supply: ["loose"],
  }),
  archetype("report writer with its own bounded key", "low", {
    ...BACKEND,
    effects: ["read"],
    proof: ["bound-key"],
    accountability: ["bounded"],
  }),
  archetype("report writer with a key in plain text", "low", {
    ...BACKEND,
    effects: ["read"],
    proof: ["plaintext"],
    accountability: ["owned"],
  }),
  archetype("database agent of unknown freedom nobody owns", "medium", {
    ...BACKEND,
    effects: ["read", "write", "delete"],
    proof: ["plaintext"],
    consent: ["unknown"],
    accountability: ["nobody"],
  }),
  archetype("payment agent, bounded", "medium", {
    ...BACKEND,
    sensitivity: ["critical"],
    effects: ["read", "write", "financial"],
    proof: ["bound-key"],
    consent: ["broad"],
    accountability: ["bounded"],
  }),
  archetype("payment agent, stray", "high", {
    ...BACKEND,
    ...WILD,
    sensitivity: ["critical"],
    effects: ["read", "write", "financial"],
  }),
  archetype("build agent with a write token and strangers' requests", "high", {
    ...BACKEND,
    effects: ["read", "write", "execute", "egress"],
    proof: ["environment"],
    consent: ["unrestricted"],
    accountability: ["owned"],
    selfChange: ["can"],
    strangers: ["reads"],
  }),
  archetype("build agent that only reads", "low", {
    ...BACKEND,
    effects: ["read"],
    proof: ["environment"],
    accountability: ["owned"],
  }),
  archetype("mail assistant that asks", "medium", {
    sensitivity: ["confidential"],
    effects: ["read", "write", "delete", "egress"],
    proof: ["environment"],
    consent: ["partial"],
    accountability: ["owned"],
    strangers: ["reads"],
    presence: ["hosted"],
  }),
  archetype("mail assistant that does not ask, stray", "high", {
    ...WILD,
    sensitivity: ["confidential"],
    effects: ["read", "write", "delete", "egress"],
    strangers: ["reads"],
    presence: ["alone"],
  }),
  archetype("cluster operator under its owner's eyes", "medium", {
    sensitivity: ["critical"],
    effects: ["read", "write", "delete", "execute", "infrastructure"],
    proof: ["keychain"],
    consent: ["restricted"],
    accountability: ["owned"],
    selfChange: ["can"],
    supply: ["loose"],
  }),
]

/** Pairs of archetypes: the first must score above the second. */
export const ORDER: readonly (readonly [worse: string, better: string])[] = [
  ["chat window nobody owns", "chat window without tools"],
  ["chat window with a web search", "chat window without tools"],
  ["coding agent as installed", "coding agent that reads documentation"],
  ["coding agent nobody owns", "coding agent as installed"],
  ["coding agent without prompts", "coding agent nobody owns"],
  ["coding agent without prompts nobody owns", "coding agent without prompts"],
  ["coding agent on GitHub, key in the environment", "coding agent as installed"],
  ["coding agent on GitHub, key in plain text", "coding agent on GitHub, key in the environment"],
  ["stray coding agent on GitHub, broad", "coding agent on GitHub, key in plain text"],
  ["stray coding agent on a cloud account", "stray coding agent on GitHub, broad"],
  ["stray coding agent on a cloud account that reads the web", "stray coding agent on a cloud account"],
  ["agent on everything", "stray coding agent on a cloud account that reads the web"],
  ["report writer with a key in plain text", "report writer with its own bounded key"],
  ["database agent of unknown freedom nobody owns", "report writer with a key in plain text"],
  ["payment agent, stray", "payment agent, bounded"],
  ["payment agent, bounded", "report writer with its own bounded key"],
  ["build agent with a write token and strangers' requests", "build agent that only reads"],
  ["mail assistant that does not ask, stray", "mail assistant that asks"],
  ["stray coding agent on a cloud account", "cluster operator under its owner's eyes"],
]

/** Answers the facts of an agent that is harmless in all but what is told of it. */
export function factsTold(told: Told): RiskFacts {
  const known: Required<Told> = {
    sensitivity: ["public"],
    effects: ["none"],
    breadth: ["one"],
    proof: ["none"],
    consent: ["none"],
    presence: ["person"],
    accountability: ["bounded"],
    selfChange: ["cannot"],
    strangers: ["none"],
    supply: ["fixed"],
    ...told,
  }
  return {
    sensitivity: known.sensitivity.map(state),
    effects: known.effects.map(state),
    breadth: known.breadth.map(state),
    proof: known.proof.map(state),
    consent: known.consent.map(state),
    presence: known.presence.map(state),
    accountability: known.accountability.map(state),
    selfChange: known.selfChange.map(state),
    strangers: known.strangers.map(state),
    supply: known.supply.map(state),
  }
}

function state<Level extends string>(level: Level): { level: Level; evidence: string } {
  return { level, evidence: `seen: ${level}` }
}

function archetype(name: string, band: RiskBand, told: Told): Archetype {
  return { name, band, facts: factsTold(told) }
}
