import type { PersonDetail } from "@tabard/api"
import type { ReactNode } from "react"
import { ProblemNote } from "../../components/problem-note.tsx"
import { SelectBox } from "../../components/select-box.tsx"
import { useSetManager } from "../../data/people-acts.ts"
import { usePeople } from "../../data/people-query.ts"
import { plainText } from "../../words/plain-text.ts"

/** Lets an administrator say whom a person answers to. */
export function ManagerChoice({ person: { id, name, manager } }: { person: PersonDetail }): ReactNode {
  const { mutate, isPending, error } = useSetManager()
  const everybody = usePeople().data?.items ?? []
  const offered = everybody.filter((one) => one.id !== id && (one.active || one.id === manager?.id))
  return (
    <span className="block min-w-0 space-y-1">
      <SelectBox
        className="max-w-full"
        aria-label={`Manager of ${plainText(name)}`}
        value={manager?.id ?? ""}
        disabled={isPending}
        onChange={(event) => mutate({ id, manager: event.target.value || null })}
      >
        <option value="">Nobody</option>
        {offered.map((one) => (
          <option key={one.id} value={one.id}>
            {plainText(one.name)}
          </option>
        ))}
      </SelectBox>
      <ProblemNote error={error} />
    </span>
  )
}
