import type { SettingsInput, SettingsView } from "@tabard/api"
import type { Bounds } from "@tabard/core"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { TextField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { usePutSettings } from "../../data/settings-query.ts"

/** What is settled in days: a number, or several. */
export type SettledDays = "graceDays" | "idleDays" | "leaverGraceDays" | "warnDays"

/** Lets an administrator settle a number of days, or several where several are kept. */
export function DaysForm(props: {
  of: SettledDays
  name: string
  kept: SettingsView[SettledDays]
  bounds: Bounds
}): ReactNode {
  const { of, name, kept, bounds } = props
  const shown = typeof kept === "number" ? String(kept) : kept.join(", ")
  const [typed, setTyped] = useState<string>()
  const text = typed ?? shown
  const { mutate, isPending, isSuccess, error } = usePutSettings()
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    mutate(wishOf(of, kept, text), { onSuccess: () => setTyped(undefined) })
  }
  return (
    <form onSubmit={submit} className="space-y-2" aria-label={name}>
      <div className="flex items-end gap-2">
        <div className="w-24">
          <TextField
            label="Days"
            required
            {...(typeof kept === "number" ? { type: "number", ...bounds } : SEVERAL)}
            value={text}
            onChange={(event) => setTyped(event.target.value)}
          />
        </div>
        <Button type="submit" busy={isPending} disabled={text === shown}>
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

/** What a field takes that holds several numbers; their bounds are the server's to say. */
const SEVERAL = {
  pattern: " *[0-9]{1,3} *(, *[0-9]{1,3} *){0,4}",
  title: "Numbers of days, parted by commas",
} as const

function wishOf(of: SettledDays, kept: SettingsView[SettledDays], text: string): SettingsInput {
  return { [of]: typeof kept === "number" ? Number(text) : text.split(",").map(Number) }
}
