import { isJsonObject, type Json, type JsonObject, Problem, writeLossless } from "@tabard/core"
import {
  type AgentCase,
  type AgentDeclaration,
  answerWords,
  type CaseAnswer,
  type CaseResult,
  judgedCase,
  type PolicyCase,
  type PolicyCases,
} from "@tabard/intent"
import { askApi } from "./ask-api.ts"
import type { KeptSession } from "./kept-session.ts"

/** Asks a server each case, by what is in force there. It answers what would be decided, and does nothing. */
export async function askCases(
  { cases }: PolicyCases,
  agents: readonly AgentDeclaration[],
  access: KeptSession,
): Promise<readonly CaseResult[]> {
  const results: CaseResult[] = []
  for (const each of cases) results.push(await askOne(each, agents, access))
  return results
}

async function askOne(
  each: PolicyCase,
  agents: readonly AgentDeclaration[],
  access: KeptSession,
): Promise<CaseResult> {
  try {
    const body = bodyOf(each, agents)
    return judgedCase(each, answerIn(await askApi({ ...access, path: "/what-if", body })))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { name, line } = each
    return { name, line, answer: "it could not be asked", complaints: [error.message] }
  }
}

function bodyOf({ question }: PolicyCase, agents: readonly AgentDeclaration[]): JsonObject {
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

function answerIn({ answer }: JsonObject): CaseAnswer {
  const said = isJsonObject(answer) ? answer : {}
  const { effect, reasons, asks } = said
  if (effect !== "permit" && effect !== "ask" && effect !== "deny")
    throw unaskable("the server's answer is none that this tabard knows; use the server's version")
  const routes = list(asks).map((ask) => ({ route: member(ask, "route"), say: member(ask, "say") }))
  return {
    effect,
    code: member(said, "code"),
    words: answerWords({ missing: member(said, "missing"), asks: routes }),
    policies: list(reasons).map(String),
    asks: routes.map(({ route }) => route),
    obligations: [],
  }
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}

function member(value: Json, name: string): string {
  const said = isJsonObject(value) ? value[name] : undefined
  return typeof said === "string" ? said : ""
}

function unaskable(words: string): Problem {
  return new Problem("body_invalid", words)
}
