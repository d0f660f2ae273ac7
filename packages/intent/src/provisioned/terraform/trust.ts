import { isJsonObject, type Json, type JsonObject, MalformedJson, parseLossless } from "@tabard/core"
import { listOf, text } from "../fields.ts"

/** Services of AWS that run agents, as a role trusts them. */
const AGENT_SERVICES: ReadonlySet<string> = new Set([
  "bedrock.amazonaws.com",
  "bedrock-agentcore.amazonaws.com",
])

/** Operators that ask for a subject: one that passes where there is none, or names who may not, asks for nothing. */
const ASKING = /^(?:ForAnyValue:)?String(?:Equals|Like)(?:IgnoreCase)?$/

const GITHUB = "token.actions.githubusercontent.com"

/** What a role's trust says: who may take it, and how easily others could. */
export interface RoleTrust {
  /** By what the role is taken for an agent's, or null. */
  readonly sign: string | null
  readonly weaknesses: readonly string[]
}

/** Answers what the trust of a role of AWS says; one that is not known yet could let anybody in. */
export function roleTrust(policy: Json | undefined): RoleTrust {
  if (policy === true) return { sign: null, weaknesses: ["Who may take the role is only known after apply."] }
  const statements = statementsOf(text(policy))
  if (!statements) return { sign: null, weaknesses: ["Who may take the role cannot be read."] }
  const allowing = statements.filter(({ Effect: effect }) => effect === "Allow")
  const services = allowing.flatMap((statement) => principals(statement, "Service"))
  const service = services.find((each) => AGENT_SERVICES.has(each))
  return {
    sign: service === undefined ? null : `${service} may take it`,
    weaknesses: allowing.flatMap(weaknessesOf),
  }
}

function statementsOf(policy: string | undefined): readonly JsonObject[] | undefined {
  try {
    const value = parseLossless(policy ?? "")
    return isJsonObject(value) ? listOf(value["Statement"]) : undefined
  } catch (error) {
    if (error instanceof MalformedJson) return undefined
    throw error
  }
}

function weaknessesOf(statement: JsonObject): readonly string[] {
  if (anybody(statement)) return ["Anybody may take the role."]
  const federated = principals(statement, "Federated").some((each) => each.includes(GITHUB))
  if (!federated) return []
  const subjects = conditionsOn(statement, `${GITHUB}:sub`)
  if (subjects.length === 0) return ["Any workflow on GitHub may take the role: no subject is asked for."]
  return subjects
    .filter((subject) => widest(subject))
    .map((subject) => `Workflows that nobody named may take the role: its subject is ${subject}.`)
}

/** A branch may be left open; the repository may not, nor its owner. */
function widest(subject: string): boolean {
  const [, repository = ""] = /^repo:([^:]*)/.exec(subject) ?? []
  return repository === "" || /[*?]/.test(repository)
}

function anybody(statement: JsonObject): boolean {
  // Whom a role is kept from says nothing of whom it is given to.
  const isOpen = statement["Principal"] === "*" || statement["NotPrincipal"] !== undefined
  return isOpen || principals(statement, "AWS").includes("*")
}

function principals({ Principal: principal }: JsonObject, kind: string): readonly string[] {
  return isJsonObject(principal) ? texts(principal[kind]) : []
}

function conditionsOn({ Condition: condition }: JsonObject, key: string): readonly string[] {
  if (!isJsonObject(condition)) return []
  return Object.entries(condition)
    .filter(([operator]) => ASKING.test(operator))
    .flatMap(([, keys]) => (isJsonObject(keys) ? texts(keys[key]) : []))
}

function texts(value: Json | undefined): readonly string[] {
  if (typeof value === "string") return [value]
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : []
}
