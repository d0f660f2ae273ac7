import { isJsonObject, type Json, type JsonObject, Problem } from "@tabard/core"
import {
  type AgentDeclaration,
  answerOfServer,
  type CaseResult,
  judgedCase,
  type PolicyCase,
  type PolicyCases,
  type ServerAnswer,
  serverQuestion,
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
    const body = serverQuestion(each.question, agents)
    const told = await askApi({ ...access, path: "/what-if", body })
    return judgedCase(each, answerOfServer(answerIn(told)))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { name, line } = each
    return { name, line, answer: "it could not be asked", complaints: [error.message] }
  }
}

function answerIn({ answer }: JsonObject): ServerAnswer {
  const said = isJsonObject(answer) ? answer : {}
  const { effect, reasons, asks } = said
  if (effect !== "permit" && effect !== "ask" && effect !== "deny")
    throw new Problem(
      "body_invalid",
      "the server's answer is none that this tabard knows; use the server's version",
    )
  return {
    effect,
    code: member(said, "code"),
    missing: member(said, "missing"),
    reasons: list(reasons).map(String),
    asks: list(asks).map((ask) => ({ route: member(ask, "route"), say: member(ask, "say") })),
  }
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}

function member(value: Json, name: string): string {
  const said = isJsonObject(value) ? value[name] : undefined
  return typeof said === "string" ? said : ""
}
