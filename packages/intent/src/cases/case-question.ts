import { Problem } from "@tabard/core"
import type { AgentFacts, Links, Question } from "@tabard/policy"
import { UNSAID_ENVIRONMENT } from "../offered-guard-rails.ts"
import type { AgentDeclaration } from "../standards/declaration.ts"
import { agentId } from "../standards/offline-source.ts"
import { CASE_PERSON, CASE_TASK, type CaseWorld } from "./case-world.ts"
import type { AgentCase } from "./policy-cases.ts"

/** When a case happens that does not say: a Monday at noon. */
const USUAL_TIME = "2026-01-05T12:00:00Z"

/** As risky as an agent counts of which nothing is known. */
const UNKNOWN_RISK = 100

/**
 * Puts a case into the words that policies know. What is counted is not: limits are kept where calls are.
 *
 * @throws {Problem} agent_not_found, tool_not_found
 */
export function questionOfCase(asked: AgentCase, world: CaseWorld): Question {
  const { call, when } = asked
  const acting = agentNamed(asked.who, world)
  const server = Object.hasOwn(world.servers, call.server) ? world.servers[call.server] : undefined
  if (!server) throw new Problem("tool_not_found", `there is no server ${call.server} in the definitions`)
  const tool = world.tools.find((each) => each.server === server && each.name === call.tool)
  return {
    organisation: "org_case",
    action: { tool: call.tool, digest: tool?.digest ?? "", arguments: call.arguments },
    server: { id: server },
    links: linksOf(asked, acting, world),
    session: sessionOf(when, acting),
  }
}

function linksOf({ actingFor, when }: AgentCase, acting: AgentDeclaration, world: CaseWorld): Links {
  const factsOf = (declaration: AgentDeclaration): AgentFacts => ({
    id: agentId(declaration.agent),
    tier: declaration.manifest.tier,
    category: declaration.manifest.category ?? "unknown",
    risk: UNKNOWN_RISK,
    ...(when.owner && { owner: CASE_PERSON }),
  })
  return {
    agents: [factsOf(acting), ...actingFor.map((name) => factsOf(agentNamed(name, world)))],
    ...(when.task !== false && {
      task: { id: CASE_TASK, agent: agentId(acting.agent) },
      user: { id: CASE_PERSON, active: true },
    }),
  }
}

function sessionOf(when: AgentCase["when"], { manifest }: AgentDeclaration): Question["session"] {
  const { environment, at = USUAL_TIME, ip, posture, provenance, approved } = when
  return {
    now: new Date(at),
    door: "gateway",
    env: environment ?? manifest.environment ?? UNSAID_ENVIRONMENT,
    bound: "dpop",
    left: { calls: Number.MAX_SAFE_INTEGER, spend: "99999999999" },
    ...(ip !== undefined && { ip }),
    ...(posture && { posture }),
    ...(provenance && { prov: provenance }),
    ...(approved && { approved }),
  }
}

/** The one that is named; where none is, the only one there is. */
function agentNamed(name: string, { agents }: CaseWorld): AgentDeclaration {
  const [only] = agents.values()
  const found = name === "" && agents.size === 1 ? only : agents.get(name)
  if (found) return found
  const known = [...agents.keys()].join(", ") || "none"
  const words = name === "" ? "the case does not say who" : `there is no manifest of an agent ${name}`
  throw new Problem("agent_not_found", `${words}; there are ${known}`)
}
