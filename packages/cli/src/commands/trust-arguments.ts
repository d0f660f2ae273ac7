import { parseArgs } from "node:util"
import type { JsonObject } from "@tabard/core"
import { UsageError } from "../usage-error.ts"

/** What a command on trust rules was asked, at which server. */
export interface TrustOptions {
  readonly server: string | undefined
  readonly tokenFile: string | undefined
  readonly json: boolean
  /** What stands besides the options: a rule's id, or a form. */
  readonly named: string
  readonly agent: string | undefined
  readonly name: string | undefined
  readonly reason: string | undefined
  readonly workloadTokenFile: string | undefined
  readonly preview: boolean
  readonly audience: string | undefined
  readonly jwksFile: string | undefined
  readonly jwksUrl: string | undefined
  readonly oneTime: boolean | undefined
  readonly maxLife: number | undefined
  readonly networks: readonly string[] | undefined
  /** What is filled in for the form. */
  readonly fields: JsonObject
}

/** How one command is asked. */
export interface TrustUsage {
  readonly usage: string
  /** What has to be said. */
  readonly needs: readonly ("named" | "agent" | "name" | "reason" | "workload-token-file")[]
}

/**
 * The options of each form, under the name that it has on the command line; behind each, the field that it fills. Without
 * those of `needs` there is no rule.
 */
export const FORM_OPTIONS: Readonly<
  Record<string, { form: string; needs: readonly string[]; fields: Readonly<Record<string, string>> }>
> = {
  github: {
    form: "github-actions",
    needs: ["repository"],
    fields: {
      repository: "repository",
      "repository-id": "repositoryId",
      "owner-id": "ownerId",
      environment: "environment",
      workflow: "workflow",
      ref: "ref",
      issuer: "issuer",
    },
  },
  kubernetes: {
    form: "kubernetes",
    needs: ["issuer", "namespace", "service-account"],
    fields: { issuer: "issuer", namespace: "namespace", "service-account": "serviceAccount", uid: "uid" },
  },
  spiffe: { form: "spiffe", needs: ["spiffe-id"], fields: { "spiffe-id": "spiffeId" } },
  aws: { form: "aws", needs: ["issuer", "role"], fields: { issuer: "issuer", role: "role" } },
  gcp: { form: "gcp", needs: ["unique-id"], fields: { "unique-id": "uniqueId", email: "email" } },
  entra: {
    form: "entra",
    needs: ["tenant", "object-id"],
    fields: { tenant: "tenant", "object-id": "objectId", version: "version" },
  },
  openid: {
    form: "openid",
    needs: ["issuer"],
    fields: { issuer: "issuer", subject: "subject", "subject-prefix": "subjectPrefix" },
  },
}

const text = { type: "string" } as const
const flag = { type: "boolean" } as const

const OPTIONS = {
  server: text,
  "token-file": text,
  json: flag,
  help: { type: "boolean", short: "h" },
  agent: text,
  name: text,
  reason: text,
  "workload-token-file": text,
  preview: flag,
  audience: text,
  "jwks-file": text,
  "jwks-url": text,
  "one-time": flag,
  reusable: flag,
  "max-life": text,
  network: { type: "string", multiple: true },
} as const

const FIELD_OPTIONS = Object.fromEntries(
  Object.values(FORM_OPTIONS).flatMap(({ fields }) => Object.keys(fields).map((name) => [name, text])),
)

/** Reads the arguments; undefined asks for help. */
export function parseTrust(args: readonly string[], { usage, needs }: TrustUsage): TrustOptions | undefined {
  try {
    const options = { ...FIELD_OPTIONS, ...OPTIONS }
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    if (values.help) return undefined
    const [named = "", ...others] = positionals
    assertSaid({ ...values, named }, needs)
    if (others.length > 0) throw new UsageError("only one thing can be meant")
    return {
      ...asSaid(values),
      server: values.server,
      named,
      fields: needs.includes("agent") ? fieldsOf(named, values) : {},
    }
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : "wrong arguments"}\n${usage}`)
  }
}

function assertSaid(values: Readonly<Record<string, unknown>>, needs: readonly string[]): void {
  const missing = needs.find((need) => !values[need])
  if (missing === undefined) return
  throw new UsageError(missing === "named" ? "say which one is meant" : `--${missing} is needed`)
}

/** What was typed, as far as its options are told by name. */
interface Typed {
  readonly [name: string]: string | boolean | readonly string[] | undefined
}

function asSaid(values: Typed): Omit<TrustOptions, "server" | "named" | "fields"> {
  const said = (name: string): string | undefined => {
    const value = values[name]
    return typeof value === "string" ? value : undefined
  }
  const maxLife = said("max-life")
  return {
    tokenFile: said("token-file"),
    json: values["json"] === true,
    agent: said("agent"),
    name: said("name"),
    reason: said("reason"),
    workloadTokenFile: said("workload-token-file"),
    preview: values["preview"] === true,
    audience: said("audience"),
    jwksFile: said("jwks-file"),
    jwksUrl: said("jwks-url"),
    oneTime: onceIn(values),
    maxLife: maxLife === undefined ? undefined : Number(maxLife),
    networks: networksIn(values),
  }
}

function onceIn(values: Typed): boolean | undefined {
  if (values["one-time"] === true) return true
  return values["reusable"] === true ? false : undefined
}

function networksIn({ network }: Typed): readonly string[] | undefined {
  return Array.isArray(network) ? network.map(String) : undefined
}

/** An option of another form is a mistake: it would be a bound that nobody holds. */
function fieldsOf(named: string, values: Readonly<Record<string, unknown>>): JsonObject {
  const known = Object.entries(FORM_OPTIONS).find(([name]) => name === named)?.[1]
  if (!known) throw new UsageError(`say which form: ${Object.keys(FORM_OPTIONS).join(", ")}`)
  const filled = Object.keys(FIELD_OPTIONS).filter((name) => values[name] !== undefined)
  const other = filled.find((name) => !Object.hasOwn(known.fields, name))
  if (other) throw new UsageError(`--${other} is no option of ${named}`)
  const missing = known.needs.filter((name) => !filled.includes(name))
  if (missing.length > 0)
    throw new UsageError(`${named} needs ${missing.map((name) => `--${name}`).join(", ")}`)
  const said = filled.map((name) => [known.fields[name] ?? name, asField(name, String(values[name]))])
  return { form: known.form, ...Object.fromEntries(said) }
}

function asField(name: string, value: string): string | number {
  return name === "version" ? Number(value) : value
}
