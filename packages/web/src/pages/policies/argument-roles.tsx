import type { ToolDetail } from "@tabard/api"
import type { ArgumentRole } from "@tabard/core"
import { type ReactNode, useMemo } from "react"
import { Said } from "../../components/said.tsx"
import { type ToolArgument, toolArguments } from "./tool-arguments.ts"

const WORDS: Readonly<Record<ArgumentRole, string>> = {
  target: "what it acts on",
  amount: "how much",
  content: "what is sent",
  code: "code that runs",
  path: "a path",
}

type Roles = ToolDetail["roles"]

/** What each argument of a tool is for; limits of manifests speak of that, and spending is counted by it. */
export function ArgumentRoles(props: {
  definition: string
  roles: Roles
  onChange: (roles: Roles) => void
}): ReactNode {
  const { definition, roles, onChange } = props
  const known = useMemo(() => toolArguments(definition), [definition])
  if (known.length === 0) return null
  return (
    <fieldset>
      <legend className="mb-1 font-medium">What its arguments are for</legend>
      <ul className="border-t">
        {known.map((argument) => (
          <li key={argument.name} className="space-y-1 border-b py-2">
            <Argument
              argument={argument}
              own={roles[argument.name] ?? []}
              onChange={(own) => onChange({ ...roles, [argument.name]: own })}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

function Argument(props: {
  argument: ToolArgument
  own: readonly ArgumentRole[]
  onChange: (own: readonly ArgumentRole[]) => void
}): ReactNode {
  const { argument, own, onChange } = props
  const toggle = (role: ArgumentRole): void =>
    onChange(own.includes(role) ? own.filter((one) => one !== role) : [...own, role])
  return (
    <>
      <code className="block font-mono wrap-anywhere">
        <Said text={argument.name} />
      </code>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {argument.roles.map((role) => (
          <label key={role} className="flex items-center gap-2">
            <input
              type="checkbox"
              className="size-4 accent-accent-fill"
              aria-label={`${argument.name}: ${WORDS[role]}`}
              checked={own.includes(role)}
              onChange={() => toggle(role)}
            />
            {WORDS[role]}
          </label>
        ))}
      </div>
    </>
  )
}
