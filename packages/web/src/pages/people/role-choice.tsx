import type { DirectoryPersonView } from "@tabard/api"
import { ROLES } from "@tabard/core"
import type { ReactNode } from "react"
import { ProblemNote } from "../../components/problem-note.tsx"
import { SelectBox } from "../../components/select-box.tsx"
import { useChangeRole } from "../../data/people-acts.ts"
import { oneOf } from "../../shell/read-address.ts"
import { plainText } from "../../words/plain-text.ts"
import { ROLE_WORDS } from "./role-words.ts"

/** Lets an administrator give a person another role, in force at their next request. */
export function RoleChoice({ person: { id, name, role } }: { person: DirectoryPersonView }): ReactNode {
  const { mutate, isPending, error } = useChangeRole()
  const choose = (value: string): void => {
    const chosen = oneOf(ROLE_WORDS)(value)
    if (chosen) mutate({ id, role: chosen })
  }
  return (
    <span className="min-w-0 space-y-1">
      <SelectBox
        aria-label={`Role of ${plainText(name)}`}
        value={role}
        disabled={isPending}
        onChange={(event) => choose(event.target.value)}
      >
        {ROLES.map((one) => (
          <option key={one} value={one}>
            {ROLE_WORDS[one]}
          </option>
        ))}
      </SelectBox>
      <ProblemNote error={error} />
    </span>
  )
}
