import type { Operation } from "../operation.ts"
import { OPERATIONS } from "../operations.ts"
import { describeOperation, type OpenApiOperation, type OpenApiResponse } from "./describe-operation.ts"
import { describeAnswers, type JsonSchema } from "./describe-schemas.ts"

/** One way to say who asks. */
export type OpenApiSecurityScheme =
  | {
      readonly type: "apiKey"
      readonly in: "cookie" | "header"
      readonly name: string
      readonly description: string
    }
  | { readonly type: "http"; readonly scheme: "bearer"; readonly description: string }

/** The contract, as OpenAPI 3.1 tells it. */
export interface OpenApiDocument {
  readonly openapi: "3.1.1"
  readonly info: { readonly title: string; readonly version: string; readonly description: string }
  readonly servers: readonly { readonly url: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>
    readonly responses: Readonly<Record<string, OpenApiResponse>>
    readonly securitySchemes: Readonly<Record<string, OpenApiSecurityScheme>>
  }
}

const DESCRIPTION = `Every list answers a page: items, and next, which goes into after of the next request and is null
at the end. Every refusal is a problem of RFC 9457 with a stable code. Members that an operation does not know are
refused; answers may gain members. A program proves who asks by an API token, in the header Authorization: Bearer tbd_…;
administrators and security make them in the console, under Your account. A write that may be sent again carries an
Idempotency-Key of the sender's choice.`

const PROBLEM: JsonSchema = {
  type: "object",
  required: ["type", "title", "status", "code", "detail"],
  properties: {
    type: { type: "string", description: "urn:tabard:problem: and the code" },
    title: { type: "string" },
    status: { type: "integer" },
    code: { type: "string", description: "Stable: what to branch on" },
    detail: { type: "string", description: "What is wrong, and what to do about it" },
  },
}

/** Answers the OpenAPI document of the table; `cookie` is what a session's cookie is called at this address. */
export function openApiDocument({ cookie }: { readonly cookie: string }): OpenApiDocument {
  const operations: Readonly<Record<string, Operation<unknown, unknown>>> = { ...OPERATIONS }
  const answers = describeAnswers(operations)
  const paths: Record<string, Record<string, OpenApiOperation>> = {}
  for (const [name, operation] of Object.entries(operations)) {
    const path = operation.path.replace(/:(\w+)/g, "{$1}")
    paths[path] = {
      ...paths[path],
      [operation.method.toLowerCase()]: describeOperation(name, operation, answers),
    }
  }
  return {
    openapi: "3.1.1",
    info: { title: "Tabard", version: "1", description: DESCRIPTION },
    servers: [{ url: "/api/v1" }],
    paths,
    components: {
      schemas: { ...answers.schemas, Problem: PROBLEM },
      responses: {
        Problem: {
          description: "A refusal, and what to do about it.",
          headers: {
            "Retry-After": {
              description: "Of a 429: after how many seconds to come back.",
              schema: { type: "integer", minimum: 1 },
            },
          },
          content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
        },
      },
      securitySchemes: securitySchemes(cookie),
    },
  }
}

function securitySchemes(cookie: string): OpenApiDocument["components"]["securitySchemes"] {
  return {
    session: {
      type: "apiKey",
      in: "cookie",
      name: cookie,
      description: "The session of a person who signed in.",
    },
    apiToken: {
      type: "http",
      scheme: "bearer",
      description: "A machine's, made by administrators and security; any one of the scopes named is enough.",
    },
    ownSite: {
      type: "apiKey",
      in: "header",
      name: "x-tabard",
      description: "Always 1: what no form of another site can send.",
    },
  }
}
