import type { TrustTermsView } from "@tabard/api"
import type { ReactNode } from "react"
import { Icon } from "../../components/icon.tsx"
import { Said } from "../../components/said.tsx"
import { count, listed } from "../../words/count.ts"
import { windowWords } from "../../words/window-words.ts"

/** What a token has to say to be taken, line by line, and what to know of that. */
export function TrustTerms({ terms }: { terms: TrustTermsView }): ReactNode {
  const { issuer, audience, keys, conditions, oneTime, maxLifeSeconds, networks, hours, warnings } = terms
  return (
    <div className="min-w-0 space-y-1 text-small wrap-anywhere text-soft">
      <p>
        issued by <Value text={issuer} /> for <Value text={audience} />
      </p>
      {keys.kind === "address" && (
        <p>
          signed by a key that is at <Value text={keys.url} />
        </p>
      )}
      {keys.kind === "inline" && (
        <p>
          signed by {keys.keys.length === 1 ? "the key" : `one of ${count(keys.keys.length, "key")}`} put in
          by hand
        </p>
      )}
      {conditions.map(({ said }) => (
        <p key={said}>
          <Said text={said} />
        </p>
      ))}
      <p className="text-faint">
        {oneTime ? "each token counts once" : "a token counts as often as it lives"}, and lives at most{" "}
        {life(maxLifeSeconds)}
      </p>
      {networks.length > 0 && (
        <p>
          its workloads may act only from <Value text={networks.join(", ")} />
        </p>
      )}
      {hours.length > 0 && <p>its workloads may act only {listed(hours.map(windowWords))}</p>}
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
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60]
  if (minutes === 0) return count(rest, "second")
  return rest === 0 ? count(minutes, "minute") : `${count(minutes, "minute")} and ${count(rest, "second")}`
}
