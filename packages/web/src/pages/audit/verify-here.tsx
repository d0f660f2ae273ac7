import type { EventDetail } from "@tabard/api"
import { useMutation } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { Button } from "../../components/button.tsx"
import { Icon } from "../../components/icon.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { Said } from "../../components/said.tsx"
import { useClient } from "../../data/client-context.ts"
import { useClock } from "../../data/clock-context.ts"
import { keepKey, keptKey } from "./kept-key.ts"
import { type VerificationStep, verifyEvent } from "./verify-event.ts"

/** Verifies an event in this browser, and shows each step with what it was held against. */
export function VerifyHere({ event }: { event: EventDetail }): ReactNode {
  const client = useClient()
  const now = useClock()
  const { mutate, data, isPending, error } = useMutation({
    mutationFn: async () => {
      const [proof, log] = await Promise.all([client.getEventProof({ id: event.id }), client.getLog({})])
      const kept = keptKey(localStorage, proof.origin)
      const steps = await verifyEvent({ proof, shown: event.body, kept, witnesses: log.witnesses })
      const since = new Date(now()).toISOString()
      // Only a log that has verified is remembered, and one that is remembered is never forgotten by itself.
      if (!kept && holds(steps)) keepKey(localStorage, proof.origin, { key: proof.verifierKey, since })
      return steps
    },
  })
  return (
    <div className="space-y-2">
      <Button look="primary" icon="proof" busy={isPending} onClick={() => mutate()}>
        Verify in this browser
      </Button>
      <ProblemNote error={error} />
      {data && !isPending && <Steps steps={data} />}
    </div>
  )
}

function holds(steps: readonly VerificationStep[]): boolean {
  return steps.every(({ ok }) => ok)
}

function outcomeOf(steps: readonly VerificationStep[]): string {
  if (holds(steps)) return "It verifies: this is what was logged"
  return steps.some(({ unchecked }) => unchecked) ? "It could not be verified here" : "It does not verify"
}

function Steps({ steps }: { steps: readonly VerificationStep[] }): ReactNode {
  const ok = holds(steps)
  return (
    <section
      aria-label="What was checked"
      className={`rounded-md px-3 py-2.5 ${ok ? "bg-permit-wash" : "bg-deny-wash"}`}
    >
      <p role="status" className={`font-medium ${ok ? "text-permit" : "text-deny"}`}>
        {outcomeOf(steps)}
      </p>
      <ol className="mt-1.5 space-y-1.5">
        {steps.map(({ ok: good, said, against }) => (
          <li key={said} className="flex items-start gap-2">
            <Icon
              name={good ? "check" : "cross"}
              className={`mt-0.5 size-4 ${good ? "text-permit" : "text-deny"}`}
            />
            <span className="min-w-0">
              <span className="block text-pretty wrap-anywhere">
                <Said text={said} />
              </span>
              <span className="block text-small text-pretty wrap-anywhere text-soft">
                Held against <Said text={against} />
              </span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
