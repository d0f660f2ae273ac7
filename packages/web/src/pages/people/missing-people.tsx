import type { PeopleReport } from "@tabard/api"
import type { ReactNode } from "react"
import { CheckField } from "../../components/field.tsx"
import { Said } from "../../components/said.tsx"
import { count } from "../../words/count.ts"

const NAMED = 12

/** Who is not in the file: told, and left alone unless their switching off is asked for. */
export function MissingPeople(props: {
  report: PeopleReport
  off: boolean
  onOff: (off: boolean) => void
}): ReactNode {
  const { missing, missingPeople } = props.report
  if (missing === 0) return null
  const named = missingPeople.slice(0, NAMED).map(({ name }) => name)
  const more = missing - named.length
  return (
    <div className="space-y-2">
      <p className="text-soft wrap-anywhere">
        {count(missing, "active person is", "active people are")} not in the file:{" "}
        <Said text={named.join(", ")} />
        {more > 0 && ` and ${more} more`}. {!props.off && "They are left alone."}
      </p>
      <CheckField
        label={`Switch ${missing === 1 ? "this person" : `these ${missing} people`} off`}
        hint="Their sessions end at once, and the agents that they own stop until somebody takes them over."
        checked={props.off}
        onChange={(event) => props.onOff(event.target.checked)}
      />
    </div>
  )
}
