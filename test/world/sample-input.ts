import { type Operation, openApiDocument } from "@tabard/api"

/** A schema of the document, as far as values are made of it. */
interface Schema {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly format?: string
  readonly pattern?: string
  readonly minimum?: number
  readonly minItems?: number
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
}

type Input = Readonly<Record<string, unknown>>

const FORMATS: Readonly<Record<string, string>> = {
  "date-time": new Date(Date.now() + 3_600_000).toISOString(),
  date: "2027-01-01",
  email: "sample@example.test",
  uri: "http://127.0.0.1:9/sample",
}

/** What an operation is asked with: its schema, without the members of the path. */
export function inputSchema(name: string, { method, path }: Operation<unknown, unknown>): Schema {
  const described = DOCUMENT.paths[path.replace(/:(\w+)/g, "{$1}")]?.[method.toLowerCase()]
  if (described?.operationId !== name) throw new Error(`the document does not tell ${name}`)
  if (method !== "GET") return { ...described.requestBody?.content["application/json"]?.schema }
  const inQuery = described.parameters.filter((parameter) => parameter.in === "query")
  return {
    type: "object",
    properties: Object.fromEntries(inQuery.map((one) => [one.name, one.schema])),
    required: inQuery.filter(({ required }) => required).map((one) => one.name),
  }
}

/** The least that is right, with `text` wherever any text is. */
export function sampleInput(schema: Schema, text: string): Input {
  const members = (schema.required ?? []).map((name) => [name, sample(schema.properties?.[name] ?? {}, text)])
  return Object.fromEntries(members)
}

/** Every way to put `text` into one member that takes free text, the rest being the least that is right. */
export function inputsWith(schema: Schema, text: string, rest: Input): readonly Named[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) =>
    placed(member, text).map((value) => ({ member: name, input: { ...rest, [name]: value } })),
  )
}

/** An input, and the member that the text was put into. */
export interface Named {
  readonly member: string
  readonly input: Input
}

const DOCUMENT = openApiDocument({ cookie: "none" })

function sample(schema: Schema, text: string): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  const [either] = schema.anyOf ?? schema.oneOf ?? []
  if (either) return sample(either, text)
  const [type = "string"] = [schema.type].flat()
  return (SAMPLES[type] ?? textOf)(schema, text)
}

const textOf = ({ format = "" }: Schema, text: string): unknown => FORMATS[format] ?? text

const SAMPLES: Readonly<Record<string, (schema: Schema, text: string) => unknown>> = {
  integer: ({ minimum }) => minimum ?? 1,
  number: ({ minimum }) => minimum ?? 1,
  boolean: () => true,
  array: ({ minItems, items = {} }, text) => (minItems ? [sample(items, text)] : []),
  object: sampleInput,
}

function placed(schema: Schema, text: string): readonly unknown[] {
  if (schema.const !== undefined || schema.enum) return []
  const either = schema.anyOf ?? schema.oneOf
  if (either) return either.flatMap((one) => placed(one, text))
  const type = [schema.type].flat()[0]
  if (type === "string") return schema.format ? [] : [text]
  if (type === "array") return placed(schema.items ?? {}, text).map((value) => [value])
  if (type !== "object") return []
  return inputsWith(schema, text, sampleInput(schema, text)).map(({ input }) => input)
}
