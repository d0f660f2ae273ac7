import type { Access, Operation } from "../operation.ts"
import { scopesOf } from "../scopes.ts"
import { type DescribedAnswers, describeInput, type JsonSchema, schemaPlace } from "./describe-schemas.ts"

/** One parameter of a path or a query. */
export interface OpenApiParameter {
  readonly name: string
  readonly in: "path" | "query" | "header"
  readonly required: boolean
  readonly description?: string
  readonly schema: JsonSchema
}

/** One answer, of one type or of two. */
export interface OpenApiResponse {
  readonly description: string
  readonly headers?: Readonly<Record<string, { readonly description: string; readonly schema: JsonSchema }>>
  readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>>
}

/** One operation of the document. */
export interface OpenApiOperation {
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly tags: readonly string[]
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
  readonly parameters: readonly OpenApiParameter[]
  readonly requestBody?: { readonly required: true; readonly content: OpenApiResponse["content"] }
  readonly responses: Readonly<Record<string, OpenApiResponse | { readonly $ref: string }>>
}

/** What members that several operations have in common are for. */
const MEMBER_WORDS: Readonly<Record<string, string>> = {
  after: "The `next` of the page before.",
  limit: "The most items of a page.",
}

/** The name that a caller gives a write, to send it again without its being done again. */
const IDEMPOTENCY_KEY: OpenApiParameter = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "Sent again within 24 hours with the same body, the write is not done again.",
  schema: { type: "string", pattern: "^[\\x21-\\x7e]{1,200}$" },
}

/** Describes one operation of the table. */
export function describeOperation(
  name: string,
  operation: Operation<unknown, unknown>,
  answers: DescribedAnswers,
): OpenApiOperation {
  const { members, required } = describeInput(operation)
  const inPath = new Set(pathMembers(operation))
  const parameters = Object.entries(members).flatMap(([member, schema]): readonly OpenApiParameter[] => {
    if (inPath.has(member)) return [{ name: member, in: "path", required: true, schema }]
    if (operation.method !== "GET") return []
    const description = MEMBER_WORDS[member]
    const parameter = { name: member, in: "query", required: required.has(member), schema } as const
    return [description === undefined ? parameter : { ...parameter, description }]
  })
  return {
    operationId: name,
    summary: operation.summary,
    description: whoMay(name, operation),
    tags: [operation.path.split("/")[1] ?? ""],
    security: securityOf(name, operation),
    parameters: takesKey(operation) ? [...parameters, IDEMPOTENCY_KEY] : parameters,
    ...(operation.method !== "GET" && { requestBody: bodyOf({ members, required }, inPath) }),
    responses: responsesOf(operation, schemaPlace(answers.nameOf(operation.answer))),
  }
}

function takesKey({ method, access }: Operation<unknown, unknown>): boolean {
  return method !== "GET" && access !== "public"
}

function pathMembers({ path }: Operation<unknown, unknown>): readonly string[] {
  return [...path.matchAll(/:(\w+)/g)].flatMap(([, member]) => member ?? [])
}

function whoMay(name: string, { access }: Operation<unknown, unknown>): string {
  if (access === "public") return "Anybody may call this."
  const scopes = scopesOf(name)
  const tokens = scopes.length > 0 ? `An API token needs one of ${scopes.join(", ")}.` : "Not for API tokens."
  return `${whichPeople(access)} ${tokens}`
}

function whichPeople(access: Exclude<Access, "public">): string {
  if (access === "signed-in")
    return "Everybody who is signed in may call this; the answer may still be a refusal."
  return `Roles: ${access.join(", ")}.`
}

function securityOf(
  name: string,
  { access, method }: Operation<unknown, unknown>,
): OpenApiOperation["security"] {
  if (access === "public") return []
  const session = method === "GET" ? { session: [] } : { session: [], ownSite: [] }
  const scopes = scopesOf(name)
  return scopes.length > 0 ? [session, { apiToken: scopes }] : [session]
}

function bodyOf(
  { members, required }: ReturnType<typeof describeInput>,
  inPath: ReadonlySet<string>,
): NonNullable<OpenApiOperation["requestBody"]> {
  const properties = Object.fromEntries(Object.entries(members).filter(([member]) => !inPath.has(member)))
  const needed = [...required].filter((member) => !inPath.has(member))
  const schema = {
    type: "object",
    properties,
    ...(needed.length > 0 && { required: needed }),
    additionalProperties: false,
  }
  return { required: true, content: { "application/json": { schema } } }
}

function responsesOf(operation: Operation<unknown, unknown>, answer: string): OpenApiOperation["responses"] {
  const json = { "application/json": { schema: { $ref: answer } } }
  const refusals = refusalsOf(operation).map((status) => [status, { $ref: "#/components/responses/Problem" }])
  return {
    "200": { description: "What came of it.", content: json },
    ...Object.fromEntries(refusals),
    default: { $ref: "#/components/responses/Problem" },
  }
}

/** The refusals that follow from the table alone; what a use case refuses is told by docs/problems.md. */
function refusalsOf({ access, method, path }: Operation<unknown, unknown>): readonly string[] {
  const restricted = access !== "public" && access !== "signed-in"
  return [
    ...(access === "public" ? [] : ["401"]),
    ...(method !== "GET" || restricted ? ["403"] : []),
    ...(path.includes(":") ? ["404"] : []),
    ...(method === "GET" ? [] : ["413"]),
    "422",
    // What strangers may try is bounded by where they try it from.
    ...(access === "public" && method !== "GET" ? ["429"] : []),
  ]
}
