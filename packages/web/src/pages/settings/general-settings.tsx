import { GRACE_DAYS } from "@tabard/core"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { Definition, Definitions } from "../../components/definitions.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { TextField } from "../../components/field.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { Said } from "../../components/said.tsx"
import { usePutSettings, useSettings } from "../../data/settings-query.ts"
import { useSignedIn } from "../../shell/signed-in-context.ts"
import { count } from "../../words/count.ts"

/** What the organisation is called, and what it settled for all of its agents. */
export function GeneralSettings(): ReactNode {
  const { organisation, user } = useSignedIn()
  return (
    <Definitions>
      <Definition name="Organisation">
        <Said text={organisation.name} />
      </Definition>
      <Definition name="Address">
        <code className="font-mono text-small">{window.location.origin}</code>
      </Definition>
      <Definition
        name="Grace period"
        hint="After this, a discovered agent that nobody has adopted or dismissed is shadow: it shows as such and is a finding."
      >
        <Loaded
          reading={readingOf(useSettings())}
          what="The settings"
          loading={<SkeletonLines lines={1} />}
          isEmpty={() => false}
          empty={null}
          partial={() => null}
        >
          {({ graceDays }) =>
            user.role === "administrator" ? <GraceForm kept={graceDays} /> : <>{count(graceDays, "day")}</>
          }
        </Loaded>
      </Definition>
    </Definitions>
  )
}

function GraceForm({ kept }: { kept: number }): ReactNode {
  const [typed, setTyped] = useState<number>()
  const days = typed ?? kept
  const { mutate, isPending, isSuccess, error } = usePutSettings()
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    mutate({ graceDays: days }, { onSuccess: () => setTyped(undefined) })
  }
  return (
    <form onSubmit={submit} className="space-y-2">
      <div className="flex items-end gap-2">
        <div className="w-24">
          <TextField
            label="Days"
            type="number"
            required
            min={GRACE_DAYS.min}
            max={GRACE_DAYS.max}
            value={Number.isNaN(days) ? "" : days}
            onChange={(event) => setTyped(event.target.valueAsNumber)}
          />
        </div>
        <Button type="submit" busy={isPending} disabled={days === kept}>
          Settle it for everybody
        </Button>
      </div>
      <p role="status" className="text-small text-faint empty:hidden">
        {isSuccess && typed === undefined ? "Settled." : ""}
      </p>
      <ProblemNote error={error} />
    </form>
  )
}
