import type { TrustTermsView } from "@tabard/api"
import type { ReactNode } from "react"
import { Icon } from "../../components/icon.tsx"
import { Said } from "../../components/said.tsx"
import { count } from "../../words/count.ts"

/** What a token has to say to be taken, line by line, and what to know of that. */
export function TrustTerms({ terms }: { terms: TrustTermsView }): ReactNode {
  const { issuer, audience, conditions, oneTime, maxLifeSeconds, warnings } = terms
  return (
    <div className="min-w-0 space-y-1 text-small wrap-anywhere text-soft">
      <p>
        issued by <Value text={issuer} /> for <Value text={audience} />
      </p>
      {conditions.map(({ said }) => (
        <p key={said}>
          <Said text={said} />
        </p>
      ))}
      <p className="text-faint">
        {oneTime ? "each token counts once" : "a token counts as often as it lives"}, and lives at most{" "}
        {life(maxLifeSeconds)}
      </p>
      {warnings.map(({ code, said }) => (
        <p key={code} className="flex items-start gap-1.5 text-ask">
          <Icon name="warning" className="mt-0.5 size-3.5" />
          <span className="min-w-0">
            <Said text={said} />
          </span>
        </p>
      ))}
    </div>
  )
}

function Value({ text }: { text: string }): ReactNode {
  return (
    <code className="font-mono text-ink">
      <Said text={text} />
    </code>
  )
}

function life(seconds: number): string {
  return seconds % 60 === 0 ? count(seconds / 60, "minute") : count(seconds, "second")
}
