import { z } from "zod"
import type { Operation } from "../operation.ts"
import { NAMED_SCHEMAS } from "./named-schemas.ts"

/** One JSON Schema (draft 2020-12, which is OpenAPI 3.1's dialect). */
export type JsonSchema = Readonly<Record<string, unknown>>

/**
 * Described as it is written in, also what is answered: an answer may gain members, so its description closes none out.
 * Where there is a format, the pattern behind it is a page of digits that says no more.
 */
const AS_WRITTEN: z.core.ToJSONSchemaParams = {
  io: "input",
  override: ({ jsonSchema }) => {
    if (jsonSchema.format !== undefined) delete jsonSchema.pattern
  },
}

/** Where in the document a schema of this name stands. */
export function schemaPlace(name: string): string {
  return `#/components/schemas/${name}`
}

/** What the answers of the table are described with. */
export interface DescribedAnswers {
  readonly schemas: Readonly<Record<string, JsonSchema>>
  /** Answers the name of an operation's answer among them. */
  readonly nameOf: (answer: z.ZodType) => string
}

/** Describes every answer: the named ones by their names, the others by their operation's. */
export function describeAnswers(
  operations: Readonly<Record<string, Operation<unknown, unknown>>>,
): DescribedAnswers {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(NAMED_SCHEMAS)) registry.add(schema, { id })
  for (const [name, { answer }] of Object.entries(operations)) {
    if (!registry.has(answer)) registry.add(answer, { id: answerName(name) })
  }
  const { schemas } = z.toJSONSchema(registry, { ...AS_WRITTEN, uri: schemaPlace })
  return {
    schemas: Object.fromEntries(
      Object.entries(schemas).map(([name, schema]) => [name, withoutNames({ ...schema })]),
    ),
    nameOf: (answer) => registry.get(answer)?.id ?? "Nothing",
  }
}

/** What an operation is asked with, member by member. */
export interface DescribedInput {
  readonly members: Readonly<Record<string, JsonSchema>>
  readonly required: ReadonlySet<string>
}

/** Describes what an operation is asked with, as it is sent. */
export function describeInput({ input }: Operation<unknown, unknown>): DescribedInput {
  const { properties = {}, required = [] } = z.toJSONSchema(input, AS_WRITTEN)
  const members = Object.entries(properties).map(([name, schema]) => [
    name,
    typeof schema === "object" ? { ...schema } : {},
  ])
  return { members: Object.fromEntries(members), required: new Set(required) }
}

function answerName(operation: string): string {
  return `${operation.charAt(0).toUpperCase()}${operation.slice(1)}Answer`
}

function withoutNames({ $id: _id, $schema: _dialect, ...schema }: JsonSchema): JsonSchema {
  return schema
}
