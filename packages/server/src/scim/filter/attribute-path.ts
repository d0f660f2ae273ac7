import { ENTERPRISE_SCHEMA, GROUP_SCHEMA, USER_SCHEMA } from "../schemas.ts"

/** What a path of RFC 7644 §3.10 names, without regard to case: all of it is in small letters. */
export interface AttributePath {
  /** Whether it stands in the enterprise extension. */
  readonly enterprise: boolean
  /** Empty where the whole extension is meant. */
  readonly name: string
  readonly sub: string | undefined
}

const CORE = [USER_SCHEMA.toLowerCase(), GROUP_SCHEMA.toLowerCase()]
const ENTERPRISE = ENTERPRISE_SCHEMA.toLowerCase()
const NAME = /^[a-z$][a-z0-9_$-]*$/

/** Reads an attribute's path, with or without its schema before it; undefined where it is none. */
export function readAttributePath(text: string): AttributePath | undefined {
  const small = text.toLowerCase()
  if (small === ENTERPRISE) return { enterprise: true, name: "", sub: undefined }
  const schema = [...CORE, ENTERPRISE].find((one) => small.startsWith(`${one}:`))
  const rest = schema ? small.slice(schema.length + 1) : small
  // The schema of a stranger: it is none of ours, and neither is what stands in it.
  if (!schema && rest.startsWith("urn:")) return { enterprise: false, name: rest, sub: undefined }
  const [name = "", sub, ...more] = rest.split(".")
  const isPath = more.length === 0 && NAME.test(name) && (sub === undefined || NAME.test(sub))
  return isPath ? { enterprise: schema === ENTERPRISE, name, sub } : undefined
}
