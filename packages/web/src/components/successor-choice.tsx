import type { PersonView } from "@tabard/api"
import type { ReactNode } from "react"
import { usePeople } from "../data/people-query.ts"
import { plainText } from "../words/plain-text.ts"
import { ProblemNote } from "./problem-note.tsx"
import { SelectBox } from "./select-box.tsx"

/** Lets somebody be named who is asked first to own what an owner leaves behind. */
export function SuccessorChoice(props: {
  /** For whoever does not see the words beside it. */
  label: string
  successor: PersonView | null
  /** Who cannot follow: the owner themselves. */
  except: string | undefined
  busy: boolean
  error: unknown
  onName: (successor: string | null) => void
}): ReactNode {
  const { successor, except } = props
  const everybody = usePeople().data?.items ?? []
  const offered = everybody.filter(({ id, active }) => id !== except && (active || id === successor?.id))
  return (
    <span className="block min-w-0 space-y-1">
      <SelectBox
        className="max-w-full"
        aria-label={props.label}
        value={successor?.id ?? ""}
        disabled={props.busy}
        onChange={(event) => props.onName(event.target.value || null)}
      >
        <option value="">Nobody named</option>
        {offered.map(({ id, name }) => (
          <option key={id} value={id}>
            {plainText(name)}
          </option>
        ))}
      </SelectBox>
      <ProblemNote error={props.error} />
    </span>
  )
}
