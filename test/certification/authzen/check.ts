import assert from "node:assert/strict"
import { type Answer, type DecisionPointClient, type Endpoint, isObject } from "./decision-point-client.ts"

/** The seven sub-levels of the certification scenario. */
export const SUB_LEVELS = [
  "Basic Core",
  "Basic Properties",
  "Batch Core",
  "Batch Properties",
  "Search Core",
  "Search Properties",
  "Discovery",
] as const

/** One sub-level. */
export type SubLevel = (typeof SUB_LEVELS)[number]

/** One thing that a sub-level asks for. `clause` is the scenario's section of the same number. */
export interface Check {
  readonly clause: string
  readonly level: SubLevel
  readonly title: string
  /** Rejects, with why, where it is not so. */
  readonly run: (pdp: DecisionPointClient) => Promise<void>
}

/** Anything that is sent. */
export type Body = Readonly<Record<string, unknown>>

/** A subject of the fixture. */
export function user(id?: string, properties?: Body): Body {
  return { type: "user", ...(id !== undefined && { id }), ...(properties && { properties }) }
}

/** A resource of the fixture. */
export function record(id?: string, status?: string): Body {
  return { type: "record", ...(id !== undefined && { id }), ...(status && { properties: { status } }) }
}

/** An action of the fixture. */
export function action(name: string, properties?: Body): Body {
  return { name, ...(properties && { properties }) }
}

/** A context, which changes nothing that the fixture decides. */
export const CONTEXT: Body = { time: "2025-06-27T18:03-07:00", ip: "192.168.1.1" }

/** Holds an answer to be a success in JSON, and answers its body. */
export function succeeded(answer: Answer): Body {
  assert.equal(answer.status, 200, `answered with ${answer.status}: ${answer.text.slice(0, 300)}`)
  assert.match(String(answer.headers["content-type"]), /^application\/json\b/i, "the content type is another")
  assert.ok(isObject(answer.json), `the body is no JSON object: ${answer.text.slice(0, 300)}`)
  return answer.json
}

/** Holds a value to be a decision, and answers whether it permits. */
export function decisionOf(value: unknown): boolean {
  assert.ok(isObject(value), "a decision is an object")
  const { decision, context } = value
  assert.ok(
    typeof decision === "boolean",
    `decision is ${JSON.stringify(decision)}, and has to be true or false`,
  )
  if (context !== undefined) assert.ok(isObject(context), "context is no object")
  return decision
}

/** Asks one question, and holds the answer to what the fixture says. */
export async function decides(pdp: DecisionPointClient, body: Body, expected: boolean): Promise<void> {
  const answer = await pdp.ask("access_evaluation_endpoint", body)
  assert.equal(
    decisionOf(succeeded(answer)),
    expected,
    `answered ${!expected}, and the fixture says ${expected}`,
  )
}

/** Asks several questions; `expected` holds null where the fixture says nothing. */
export async function decidesAll(
  pdp: DecisionPointClient,
  body: Body,
  expected: readonly (boolean | null)[],
): Promise<void> {
  const { evaluations } = succeeded(await pdp.ask("access_evaluations_endpoint", body))
  assert.ok(Array.isArray(evaluations), "evaluations is no list")
  const decisions = evaluations.map(decisionOf)
  assert.equal(decisions.length, expected.length, "not as many answers as questions")
  for (const [n, wanted] of expected.entries())
    if (wanted !== null) assert.equal(decisions[n], wanted, `question ${n + 1} was answered ${decisions[n]}`)
}

/** Holds a request to be refused as one that cannot be answered. */
export async function refuses(pdp: DecisionPointClient, endpoint: Endpoint, body: Body): Promise<void> {
  const { status } = await pdp.ask(endpoint, body)
  assert.equal(status, 400, `${JSON.stringify(body)} was answered with ${status}`)
}

/** Searches, and answers what was found as `type/id`, or as the names of actions. */
export async function found(
  pdp: DecisionPointClient,
  sought: "subject" | "resource" | "action",
  body: Body,
): Promise<readonly string[]> {
  const { results, page } = succeeded(await pdp.ask(`search_${sought}_endpoint`, body))
  assert.ok(Array.isArray(results), "results is no list")
  if (page !== undefined) assertPage(page)
  return results.map((one) => (sought === "action" ? nameIn(one) : entityIn(one)))
}

/** Holds what stands under `page` to be what it has to be, and answers its token. */
export function assertPage(page: unknown): string {
  assert.ok(isObject(page), "page is no object")
  const { next_token: token } = page
  assert.ok(typeof token === "string", "next_token is no string")
  return token
}

/** Holds all of these to be among what was found. */
export function includes(names: readonly string[], ...wanted: readonly string[]): void {
  for (const one of wanted)
    assert.ok(names.includes(one), `${one} is not among ${names.join(", ") || "nothing"}`)
}

function nameIn(one: unknown): string {
  assert.ok(isObject(one) && typeof one["name"] === "string", "an action that was found has no name")
  return one["name"]
}

function entityIn(one: unknown): string {
  assert.ok(isObject(one), "what was found is no object")
  const { type, id } = one
  assert.ok(typeof type === "string" && typeof id === "string", "what was found has no type or no id")
  return `${type}/${id}`
}
