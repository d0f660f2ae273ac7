import { EntityStore } from "./cedar/entity-store.ts"
import { CedarRecord, CedarSet } from "./cedar/values.ts"
import { uid } from "./cedar.ts"
import { entitiesOf, linksOf, resourceEntity } from "./entities.ts"
import { FactMalformed } from "./fact-malformed.ts"
import { type AskedFacts, askedTogether } from "./facts/asked-facts.ts"
import { hoursHeld } from "./facts/hours.ts"
import { readTogether } from "./forbidden-reads.ts"
import type { CedarQuestion, LinkQuestion } from "./judge-link.ts"
import { lowerInput } from "./lower-input.ts"
import type { ArgumentFacts } from "./lower-value.ts"
import type { PolicyBase } from "./policy-base.ts"
import type { Question, ToolCall } from "./question.ts"
import type { Action, CedarSchema } from "./schema.ts"
import { sessionRecord } from "./session.ts"

/** A question that is refused before any policy is asked. */
export interface Refusal {
  readonly refused: "tool_unknown" | "tool_changed" | "arguments_refused" | "question_malformed"
  readonly words: string
}

/** What policies are asked: each question of each link. */
export interface Asked {
  readonly action: Action
  readonly links: readonly Omit<LinkQuestion, "question">[]
  readonly questions: readonly CedarQuestion[]
}

/** Answers what policies are asked for one question, or why they are not asked at all. */
export function whatIsAsked(base: PolicyBase, question: Question): Asked | Refusal {
  const found = findAction(base.schema, question)
  if ("refused" in found) return found
  const { action } = found
  const links = linksOf(question).map((link) => ({ link, slice: base.slices.of(link, action) }))
  try {
    const questions = cedarQuestions(question, action, links)
    return "refused" in questions ? questions : { action, links, questions }
  } catch (error) {
    if (!(error instanceof FactMalformed)) throw error
    const words = `the question could not be judged: a fact about its circumstances is malformed; ${error.message}`
    return { refused: "question_malformed", words }
  }
}

function findAction(
  schema: CedarSchema,
  { action, server }: Question,
): { readonly action: Action } | Refusal {
  const id = "door" in action ? action.door : `${server.id}/${action.tool}`
  const known = schema.actions.get(id)
  if (!known) {
    const words = schema.unjudgeable.get(id) ?? "nobody has reviewed it; its server's owner can register it"
    return { refused: "tool_unknown", words: `the tool ${id} cannot be called: ${words}` }
  }
  if ("tool" in action && known.tool?.pinned.digest !== action.digest) {
    const words = `the tool ${id} is not as it was reviewed; list the tools again, or have the change reviewed`
    return { refused: "tool_changed", words }
  }
  return { action: known }
}

function cedarQuestions(
  question: Question,
  action: Action,
  links: Asked["links"],
): readonly CedarQuestion[] | Refusal {
  const asked = askedTogether(links.map(({ slice }) => slice.asked))
  const known = entitiesOf(question)
  const entities = EntityStore.of(known, action.entities)
  const server = uid("Server", question.server.id)
  if ("door" in question.action || !action.tool) {
    const context = contextsOf(question, asked, true)(NO_FACTS)
    return [{ action, resource: server, context, known, entities }]
  }
  const facts = argumentFacts(question.action, links, asked)
  const lowered = lowerInput(action.tool, question.action.arguments, facts)
  if (lowered.kind === "refused") return { refused: "arguments_refused", words: lowered.words }
  const contextOf = contextsOf(question, asked, lowered.whole)
  return lowered.inputs.flatMap(({ input, facts: found, targets }) => {
    const context = contextOf(found, input)
    if (targets.length === 0) return [{ action, resource: server, context, known, entities }]
    return targets.map((target) => {
      const resource = uid("Resource", `${server.id}/${target}`)
      const own = [resourceEntity(resource, server)]
      return { action, resource, context, known: [...known, ...own], entities: EntityStore.of(own, entities) }
    })
  })
}

const NO_FACTS = CedarRecord.of([])

/** What is the same for each target of a call: the session, and what is asked about its time. */
function contextsOf(
  question: Question,
  asked: AskedFacts,
  lowered: boolean,
): (facts: CedarRecord, input?: CedarRecord) => CedarRecord {
  const session = sessionRecord(question, { pinned: true, lowered })
  const within = new CedarSet(hoursHeld(asked.hours, question.session.now))
  return (facts, input) =>
    CedarRecord.of([
      ["session", session],
      [
        "facts",
        CedarRecord.of([
          ["input", facts],
          ["within", within],
        ]),
      ],
      ...(input ? [["input", input] as const] : []),
    ])
}

function argumentFacts({ realPaths }: ToolCall, links: Asked["links"], asked: AskedFacts): ArgumentFacts {
  const roots = links.flatMap(({ slice }) => slice.roots)
  return {
    roots: [...new Set(roots)].toSorted(),
    forbids: readTogether(links.map(({ slice }) => slice.forbids)),
    ...(asked.looks && { asked: asked.texts }),
    ...(realPaths && { realPaths }),
  }
}
