import { type ReactNode, useId } from "react"
import { Button } from "../../components/button.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { usePutSettings } from "../../data/settings-query.ts"
import { wideningWords } from "../../words/widening-words.ts"

/** Lets an administrator settle who widens what agents may do. */
export function WideningForm({ another }: { readonly another: boolean }): ReactNode {
  const { mutate, isPending, isSuccess, error } = usePutSettings()
  const told = useId()
  return (
    <div className="space-y-2">
      <p id={told} className="text-small">
        {wideningWords(another)}
      </p>
      <Button busy={isPending} aria-describedby={told} onClick={() => mutate({ widenedByAnother: !another })}>
        {another ? "Let owners widen alone" : "Ask for another person from now on"}
      </Button>
      <p role="status" className="text-small text-faint empty:hidden">
        {isSuccess ? "Settled." : ""}
      </p>
      <ProblemNote error={error} />
    </div>
  )
}
