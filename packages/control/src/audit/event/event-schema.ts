import { EFFECT_CLASSES, EFFECTS, type JsonObject } from "@tabard/core"
import { EVENT_PROFILES } from "./event-profile.ts"
import { EVENT_TYPES } from "./event-types.ts"

const text = { type: "string" } as const
const texts = { type: "array", items: text } as const
const count = { type: "integer", minimum: 0 } as const

/** Where a value stands that the log only commits to. */
const commitment = { type: "string", pattern: "^[A-Za-z0-9+/]{43}=$" } as const

/**
 * Answers the JSON Schema (2020-12) of an entry of the record as this program writes it. It closes nothing: later programs
 * add members and types, and what is written here keeps its meaning.
 */
export function eventSchema(): JsonObject {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "urn:tabard:event:2",
    title: "An entry of Tabard's record",
    type: "object",
    required: ["v", "id", "t", "organisation", "type", "actor", "outcome"],
    properties: PROPERTIES,
    allOf: EVENT_TYPES.flatMap((type) => {
      const { names } = EVENT_PROFILES[type]
      if (names.length === 0) return []
      // oxlint-disable-next-line unicorn/no-thenable -- the word is JSON Schema's (2020-12, §10.2.2)
      return [{ if: { properties: { type: { const: type } } }, then: { required: [...names] } }]
    }),
  }
}

const PROPERTIES: JsonObject = {
  v: { const: 2, description: "The version of this envelope" },
  id: { type: "string", pattern: "^evt_" },
  t: { type: "string", format: "date-time", description: "When it happened" },
  organisation: { type: "string", pattern: "^org_" },
  type: { type: "string", pattern: "^[a-z-]+\\.[a-z-]+$", examples: [...EVENT_TYPES] },
  door: {
    type: "string",
    examples: ["api", "authzen", "gateway", "issuer", "reports", "scim", "signals"],
    description: "By which door it came; absent where this program did it by itself",
  },
  actor: {
    type: "object",
    required: ["kind", "id"],
    properties: {
      kind: { enum: ["user", "agent", "system"] },
      id: text,
      via: { ...text, description: "The API token by which a person's machine did it" },
      instance: { ...text, description: "The install of an agent" },
    },
    description: "Who did it",
  },
  agent: { type: "string", pattern: "^agt_" },
  instance: { type: "string", pattern: "^ins_" },
  owner: { type: ["string", "null"], description: "Who answered for the agent then" },
  onBehalfOf: { type: "string", pattern: "^usr_", description: "The person whom it was done for" },
  chain: { ...texts, description: "Who acts for whom, from the person served to the agent that acts" },
  task: { type: ["string", "null"] },
  call: { ...text, description: "One attempt to act: it joins the attempt, its questions and its outcome" },
  approval: text,
  action: { ...text, description: "What was done, or asked: `server/tool`" },
  tool: {
    type: "object",
    required: ["name", "digest", "effects"],
    properties: {
      name: text,
      digest: text,
      effects: { type: "array", items: { enum: [...EFFECT_CLASSES] } },
    },
    description: "The tool as it was reviewed",
  },
  resource: { ...text, description: "What it was done to" },
  risk: {
    type: "number",
    minimum: 0,
    maximum: 100,
    description: "The agent's risk at the decision, at its worst",
  },
  decision: {
    type: "object",
    required: ["id", "effect", "code", "reasons", "version"],
    properties: {
      id: text,
      effect: { enum: [...EFFECTS] },
      code: text,
      reasons: texts,
      version: count,
      observed: {
        enum: ["let_through", "held"],
        description: "Where the agent was observed: whether the call was let through all the same",
      },
    },
  },
  policy: {
    type: "object",
    required: ["rules", "version"],
    properties: { rules: texts, version: count },
    description:
      "The policies that brought a decision about, and the version of everything that was decided by",
  },
  outcome: { ...text, description: "`done`, the effect of a decision, or how a call ended" },
  data: {
    type: "object",
    properties: { bytesIn: count, bytesOut: count, records: count },
    description: "What else belongs to it, by type",
  },
  trace: {
    type: "object",
    required: ["traceId", "spanId"],
    properties: {
      traceId: { type: "string", pattern: "^[0-9a-f]{32}$" },
      spanId: { type: "string", pattern: "^[0-9a-f]{16}$" },
    },
    description: "The W3C trace that the caller named",
  },
  commits: {
    type: "object",
    additionalProperties: commitment,
    description:
      "For each member that is kept beside the log: base64 of SHA-256 over its salt and its RFC 8785 JSON",
  },
}
