import { type Call, LOOKUP, type Value } from "../syntax/value.ts"

const READS = new Set([
  "os.getenv",
  "getenv",
  "os.environ.get",
  "environ.get",
  "os.environ.[]",
  "environ.[]",
  "process.env.[]",
  "Deno.env.get",
  "Bun.env.[]",
  "import.meta.env.[]",
  "System.getenv",
  "Environment.GetEnvironmentVariable",
  "System.Environment.GetEnvironmentVariable",
  "os.Getenv",
  "os.LookupEnv",
  "userdata.get",
  "st.secrets.[]",
  "st.secrets.get",
  "Secret.from_env_var",
  "config",
])
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]{1,100}$/

/** A variable of the environment that source code reads, and what it takes where there is none. */
export interface Variable {
  readonly name: string
  readonly fallback: Value | undefined
}

/** Answers the variable that a value is read from; `resolve` says what a name stands for. */
export function variableOf(value: Value, resolve: (value: Value) => Value): Variable | undefined {
  if (value.kind === "name") return memberVariable(value.path)
  if (value.kind !== "call") return undefined
  return READS.has(value.callee.join(".")) ? calledVariable(value, resolve) : undefined
}

/** `process.env.NAME` */
function memberVariable(path: readonly string[]): Variable | undefined {
  const name = path.at(-1) ?? ""
  const isEnvironment = /^(?:process|Bun|import\.meta)\.env$/.test(path.slice(0, -1).join("."))
  return isEnvironment && VARIABLE.test(name) ? { name, fallback: undefined } : undefined
}

function calledVariable(call: Call, resolve: (value: Value) => Value): Variable | undefined {
  const [first, second] = call.args
  const name = first && resolve(first)
  if (name?.kind !== "text" || !VARIABLE.test(name.text)) return undefined
  // `config("NAME")` may be anybody's: only a name in capitals is a variable's.
  if (call.callee.at(-1) === "config" && name.text !== name.text.toUpperCase()) return undefined
  const given = call.named.find((entry) => entry.name === "default")?.value
  return { name: name.text, fallback: call.callee.at(-1) === LOOKUP ? undefined : (second ?? given) }
}
