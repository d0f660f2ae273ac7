import { ARGUMENT_ROLES, type ArgumentRole } from "@tabard/core"

/** An argument of a tool, with the roles that a value of it could play. */
export interface ToolArgument {
  readonly name: string
  readonly roles: readonly ArgumentRole[]
}

const TEXT_ROLES: readonly ArgumentRole[] = ["target", "path"]

/** The arguments that a tool's definition names, in its order; none where it cannot be read. */
export function toolArguments(definition: string): readonly ToolArgument[] {
  const schema = member(read(definition), "inputSchema")
  const properties = member(schema, "properties")
  if (typeof properties !== "object" || properties === null) return []
  return Object.entries(properties).map(([name, shape]) => ({ name, roles: rolesOf(shape) }))
}

/** A shape that this does not know may play every role: the server says which it cannot. */
function rolesOf(shape: unknown): readonly ArgumentRole[] {
  const type = member(shape, "type")
  const items = member(member(shape, "items"), "type")
  const known = typeof type === "string"
  return ARGUMENT_ROLES.filter((role) => {
    if (!known || role === "content" || role === "code") return true
    if (TEXT_ROLES.includes(role)) return type === "string" || (type === "array" && items === "string")
    return type === "string" || type === "number" || type === "integer"
  })
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}

function read(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
