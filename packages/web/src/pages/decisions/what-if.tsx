import type { DecisionDetail, WhatIfView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { SkeletonLines } from "../../components/faces.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { Said } from "../../components/said.tsx"
import { useWhatIf } from "../../data/decisions-query.ts"
import { useSettled } from "../../data/use-settled.ts"
import { EffectMark } from "../audit/effect-mark.tsx"
import { Chain } from "./chain.tsx"
import { asItWas, supposedCall, whyNotYet } from "./supposed-call.ts"
import { WhatIfForm } from "./what-if-form.tsx"

/** How long a change has to stand before it is asked. */
const PAUSE_MS = 400

/** The same question with anything changed: the answer follows each change, and what differs is marked. Nothing is done. */
export function WhatIf({ decision }: { decision: DecisionDetail }): ReactNode {
  const [supposing, setSupposing] = useState(() => asItWas(decision))
  const settled = useSettled(supposing, PAUSE_MS)
  const notYet = whyNotYet(settled)
  const { data, error, isPending } = useWhatIf(supposedCall(decision, settled), notYet === undefined)
  return (
    <div>
      <section aria-label="What would be decided" aria-live="polite" className="contents">
        {notYet !== undefined ? (
          <p className="sticky -top-5 z-[5] mb-5 border-b bg-ground py-2.5 pr-10 text-pretty text-soft lg:top-0">
            {notYet}
          </p>
        ) : error ? (
          <div className="mb-5">
            <ProblemNote error={error} />
          </div>
        ) : isPending ? (
          <div className="mb-5 border-b">
            <SkeletonLines lines={3} />
          </div>
        ) : (
          <Answered supposed={data} />
        )}
      </section>
      <WhatIfForm
        decision={decision}
        supposing={supposing}
        onChange={(change) => setSupposing({ ...supposing, ...change })}
        onReset={() => setSupposing(asItWas(decision))}
      />
    </div>
  )
}

function Answered({ supposed: { answer, before, difference } }: { supposed: WhatIfView }): ReactNode {
  const changed = before !== null && before.effect !== answer.effect
  const [first, ...further] = difference
  return (
    <>
      {/* The form is longer than a screen: the answer stays in sight while it is filled. */}
      <div className="sticky -top-5 z-[5] space-y-1 border-b bg-ground pt-2.5 pr-10 pb-2.5 lg:top-0">
        <p className="flex flex-wrap items-center gap-x-2 text-small">
          {changed && (
            <>
              <EffectMark effect={before.effect} />
              <span aria-hidden="true" className="text-faint">
                →
              </span>
              <span className="sr-only">becomes</span>
            </>
          )}
          <EffectMark effect={answer.effect} />
        </p>
        {first !== undefined && (
          <p className="font-medium text-pretty wrap-anywhere">
            <Said text={first} />.
          </p>
        )}
      </div>
      <div className="mb-6 space-y-2 pt-2">
        {further.length > 0 && (
          <ul className="list-disc space-y-0.5 pl-4 text-small wrap-anywhere text-soft">
            {further.map((line) => (
              <li key={line}>
                <Said text={line} />
              </li>
            ))}
          </ul>
        )}
        <Chain links={answer.links} before={before?.links} />
      </div>
    </>
  )
}
