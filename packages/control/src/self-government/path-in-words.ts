import type { GovernmentPath, GovernmentRelation } from "./government-graph.ts"
import { type GovernmentNode, isGoverningPlace, personAt } from "./government-node.ts"
import { addressOf, isKeptPlace, type KeptKind, keptKindOf } from "./kept-place.ts"

/** What things are called; what has no name here is told by its id. */
export type NameOf = (node: GovernmentNode) => string | undefined

const VERBS: Readonly<Record<GovernmentRelation, string>> = {
  "acts-for": "may act for",
  administers: "administers",
  "answers-for": "is asked about what is done by",
  "belongs-to": "belongs to",
  changes: "may change",
  constrains: "constrains",
  "helps-with": "helps with",
  holds: "holds",
  "is-found-with": "was found with",
  "is-workflow-of": "runs as a workflow of",
  keeps: "keeps what is put in force by",
  made: "made",
  names: "says who is",
  owns: "owns",
  "runs-beside": "runs beside",
  "signs-in": "is signed in as",
  "states-facts-of": "states facts that decisions are made from, of",
  uses: "uses",
}

const PLACES: Readonly<Record<string, string>> = {
  organisation: "the organisation's settings and policies",
  manifests: "the place where manifests are kept",
  pipeline: "the pipeline that applies manifests",
  directory: "the directory",
}

const KEPT: Readonly<Record<KeptKind, string>> = {
  repository: "the repository",
  provider: "the identity provider",
}

/** Tells a way in words, one clause a step: "A holds the API token T, which may change the organisation's settings". */
export function pathInWords(path: GovernmentPath, nameOf: NameOf = () => undefined): string {
  const [first] = path
  if (!first) return ""
  const clauses = path.map(({ relation, to }) => `${VERBS[relation]} ${wordsFor(to, nameOf)}`)
  return `${wordsFor(first.from, nameOf)} ${clauses.join(", which ")}`
}

/** Answers what a thing is called in a sentence. */
export function wordsFor(node: GovernmentNode, nameOf: NameOf = () => undefined): string {
  if (isGoverningPlace(node)) return PLACES[node] ?? node
  if (isKeptPlace(node)) return `${KEPT[keptKindOf(node) ?? "repository"]} ${addressOf(node)}`
  const person = personAt(node)
  return person ? `the command line of ${nameOf(person) ?? person}` : (nameOf(node) ?? node)
}
