import { type Effect, type JsonObject, Problem, writeLossless } from "@tabard/core"
import type { AgentDeclaration } from "../standards/declaration.ts"
import type { CaseAnswer } from "./judge-answer.ts"
import type { AgentCase, PolicyCase } from "./policy-cases.ts"
import { answerWords } from "./run-cases.ts"

/**
 * Puts a case to a server, in the words of its API: by what is in force there.
 *
 * @throws {Problem} body_invalid, for what a server is not asked
 */
export function serverQuestion(
  question: PolicyCase["question"],
  agents: readonly AgentDeclaration[],
): JsonObject {
  if (!("agent" in question)) throw unaskable("an application's question is asked of files alone")
  const { who, actingFor, call, when } = question.agent
  if (actingFor.length > 0 || !when.owner)
    throw unaskable("a server knows owners and delegations itself: actingFor and owner are for files alone")
  return {
    agent: agentOf(who, agents),
    tool: `${call.server}/${call.tool}`,
    arguments: writeLossless(call.arguments),
    task: taskOf(when),
    ...sessionOf(when),
  }
}

/** What a server answers to a question, as far as a case is about it. */
export interface ServerAnswer {
  readonly effect: Effect
  readonly code: string
  readonly missing: string
  readonly reasons: readonly string[]
  readonly asks: readonly { readonly route: string; readonly say: string }[]
}

/** Puts a server's answer into the words that cases are held to. */
export function answerOfServer({ effect, code, missing, reasons, asks }: ServerAnswer): CaseAnswer {
  return {
    effect,
    code,
    words: answerWords({ missing, asks }),
    policies: reasons,
    asks: asks.map(({ route }) => route),
    obligations: [],
  }
}

function sessionOf({ environment, at, ip, posture, provenance, approved }: AgentCase["when"]): JsonObject {
  return {
    ...(environment !== undefined && { environment }),
    ...(at !== undefined && { at }),
    ...(ip !== undefined && { address: ip }),
    ...(posture && { posture }),
    ...(provenance && { origins: provenance }),
    ...(approved && { approved }),
  }
}

function taskOf({ task }: AgentCase["when"]): string | null {
  if (task === true)
    throw unaskable("say in which task it is asked, as when: { task: tsk_… }, or task: false for none")
  return task === false ? null : task
}

/** An agent by its id, or by the manifest that names it. */
function agentOf(who: string, agents: readonly AgentDeclaration[]): string {
  if (who.startsWith("agt_")) return who
  const named = agents.filter(({ agent, file }) => who === "" || who === agent || nameIn(file) === who)
  const [only, ...others] = named
  if (only?.manifest.agent !== undefined && others.length === 0) return only.manifest.agent
  throw unaskable("say who by the id of an agent, as agt_…, or by one manifest that names it")
}

/** What an agent is called after its file: the name before .tabard.yaml, or its folder. */
function nameIn(file: string): string | undefined {
  return /([^/]+?)(?:\.tabard\.yaml|\/tabard\.yaml)$/.exec(file)?.[1]
}

function unaskable(words: string): Problem {
  return new Problem("body_invalid", words)
}
